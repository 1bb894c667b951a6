/** Rows of one statement: SQLite takes 32,766 values in one, and every table here has fewer than 60 columns. */
const BATCH = 512

/** Does `work` for some at a time, one after the other. @returns what it gave, in order */
export async function eachBatch<T, R>(all: readonly T[], work: (some: T[]) => Promise<readonly R[]>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < all.length; from += BATCH) results.push(...(await work(all.slice(from, from + BATCH))))
  return results
}
