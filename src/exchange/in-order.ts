import { Quiet } from './quiet.js'

/** Milliseconds in which more may come, so that what is done for each can be done for many: small files come some hundred at a time. */
const PATIENCE = 100
/** So many times at the most: what has come is not left undone while ever more comes. */
const PAUSES = 5

/**
 * Works on so many items ahead side by side, and gives what comes of them in the order of the items, as many at a time as are there.
 * Ends by the first that fails. When it ends, nothing more is begun and nothing is under way any more.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<readonly R[], void, void> {
  const begun: Promise<R>[] = []
  const here = new Map<number, R>()
  const quiet = new Quiet(PATIENCE, PAUSES, () => here.size)
  const begin = (item: T, n: number): void => {
    const coming = work(item)
    begun.push(coming)
    // What fails is looked at when its turn comes; if an earlier one fails first, nobody asks.
    coming.then(
      (result) => {
        here.set(n, result)
        quiet.came()
      },
      () => {},
    )
  }
  try {
    for (let next = 0; next < items.length; ) {
      for (const item of items.slice(begun.length, next + ahead)) begin(item, begun.length)
      await begun[next]
      // With half of them here the others last until the next are begun; and when all have come nobody waits for more.
      await quiet.until(Math.min(ahead / 2, items.length - next))
      const some: R[] = []
      for (; here.has(next); next += 1) {
        some.push(here.get(next) as R)
        here.delete(next)
      }
      yield some
    }
  } finally {
    await Promise.allSettled(begun)
  }
}
