import { appendAudit, hashesStillKept } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** What a pull put there that long ago, and did not book, is nobody's: milliseconds. */
const FORGOTTEN = 2 * 24 * 60 * 60 * 1000

/**
 * Takes from the archive what the ledger does not know: a pull was killed after it had put it there, and its source never showed it
 * again. Call it while nothing runs. @returns how many files
 */
export async function sweepArchive(
  { state, archive, now }: Pick<Tools, 'state' | 'archive' | 'now'>,
  forgotten = FORGOTTEN,
): Promise<number> {
  const removed: string[] = []
  await archive.settle()
  for await (const batch of archive.stored()) {
    const kept = await hashesStillKept(
      state.database,
      batch.map(({ sha256 }) => sha256),
    )
    for (const { sha256, at } of batch) {
      if (kept.has(sha256) || Date.now() - (await at()) < forgotten) continue
      await archive.remove(sha256)
      removed.push(sha256)
    }
  }
  if (removed.length > 0) {
    await state.database.transaction().execute((database) =>
      appendAudit(database, {
        at: now(),
        actor: 'purge',
        action: 'purged',
        subject: 'archive: never booked',
        detail: { count: removed.length, subjects: removed },
      }),
    )
  }
  return removed.length
}
