import type { Finding } from '../canonical/index.js'
import { type FileRow, originalOf, saveFileFindings } from './files.js'
import type { StateDatabase } from './store.js'

export interface InnerFile {
  readonly name: string
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/**
 * Books what came out of a wrapper, each as a file of its own with a link to it, and the wrapper as unwrapped; all in one transaction.
 * A wrapper that is unwrapped once more brings only what it did not bring before.
 */
export async function recordUnwrapped(
  database: StateDatabase,
  wrapper: FileRow,
  files: readonly InnerFile[],
  of: { readonly runId: string; readonly reason: string; readonly isSnapshot: boolean },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const before = await transaction
      .selectFrom('files')
      .select(['name', 'sha256'])
      .where('wrapped_in', '=', wrapper.id)
      .execute()
    for (const { name, sha256, size } of files) {
      if (before.some((known) => known.sha256 === sha256 && known.name === name)) continue
      const { job, input, endpoint, folder, partner, modified, taken_at } = wrapper
      const place = { job, input, endpoint, folder, partner, modified, taken_at }
      const original = of.isSnapshot ? undefined : await originalOf(transaction, { job, input, sha256, partner })
      await transaction
        .insertInto('files')
        .values({
          ...place,
          name,
          sha256,
          size,
          run_id: of.runId,
          disposition: original === undefined ? 'taken' : 'duplicate',
          reason: original === undefined ? null : `same bytes as ${original.name}`,
          records: null,
          accepted: null,
          rejected: null,
          wrapped_in: wrapper.id,
        })
        .execute()
    }
    // It may have been refused before.
    await transaction.deleteFrom('file_findings').where('file_id', '=', wrapper.id).execute()
    await transaction
      .updateTable('files')
      .set({ disposition: 'unwrapped', reason: of.reason })
      .where('id', '=', wrapper.id)
      .execute()
  })
}

/** Puts a wrapper of which nothing can be used into quarantine. */
export async function refuseWrapper(
  database: StateDatabase,
  wrapper: FileRow,
  reason: string,
  finding: Finding,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('files')
      .set({ disposition: 'quarantined', reason })
      .where('id', '=', wrapper.id)
      .execute()
    await transaction.deleteFrom('file_findings').where('file_id', '=', wrapper.id).execute()
    await saveFileFindings(transaction, wrapper.id, [finding])
  })
}
