import type { StateDatabase } from './store.js'

/** What of a file is read anew, and what is not touched because it was loaded. */
export interface Unread {
  readonly withdrawn: number
  readonly keptLoaded: number
}

/**
 * Puts a file back as if it had just been taken: the next run reads it again. Its findings go; its documents too, unless they were
 * loaded: those stay for ever, so that nothing is loaded twice. Call it inside a transaction.
 */
export async function unreadFile(database: StateDatabase, fileId: number): Promise<Unread> {
  const documents = await database
    .selectFrom('documents')
    .select(['id', 'state'])
    .where('file_id', '=', fileId)
    .execute()
  const isLoaded = ({ state }: (typeof documents)[number]) => state === 'loaded' || state === 'vouchered'
  const withdrawn = documents.filter((document) => !isLoaded(document))
  for (const { id } of withdrawn) {
    await database.deleteFrom('match_results').where('invoice_id', '=', id).execute()
    await database.deleteFrom('invoice_results').where('invoice_id', '=', id).execute()
    await database.deleteFrom('documents').where('id', '=', id).execute()
  }
  await database.deleteFrom('file_findings').where('file_id', '=', fileId).execute()
  await database
    .updateTable('files')
    .set({ disposition: 'taken', reason: null, records: null, accepted: null, rejected: null })
    .where('id', '=', fileId)
    .execute()
  return { withdrawn: withdrawn.length, keptLoaded: documents.length - withdrawn.length }
}
