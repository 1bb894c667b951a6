import type { Insertable, Selectable } from 'kysely'
import type { DocumentTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type DocumentRow = Selectable<DocumentTable>
export type NewDocument = Insertable<DocumentTable>

/**
 * taken: not seen before. known: the very same document came again (same sender, control numbers and content), or its file is read
 * again: then the same place of it is the same document, also where today's reader reads it otherwise.
 * control-reused: its control numbers were used by this sender for other content.
 */
export type Arrival = 'taken' | 'known' | 'control-reused'

/** How a document stands to those already taken from its sender. */
export async function arrivalOf(database: StateDatabase, document: NewDocument): Promise<Arrival> {
  const same = await database
    .selectFrom('documents')
    .select(['content_hash', 'file_id', 'byte_offset'])
    .where('partner', '=', document.partner)
    .where('kind', '=', document.kind)
    .where('interchange_control', '=', document.interchange_control)
    .where('group_control', '=', document.group_control)
    .where('transaction_control', '=', document.transaction_control)
    .execute()
  if (same.length === 0) return 'taken'
  const isKnown = same.some(
    ({ content_hash, file_id, byte_offset }) =>
      content_hash === document.content_hash || (file_id === document.file_id && byte_offset === document.byte_offset),
  )
  return isKnown ? 'known' : 'control-reused'
}

export async function saveDocument(database: StateDatabase, document: NewDocument): Promise<void> {
  await database.insertInto('documents').values(document).execute()
}

export interface DocumentOfFile extends DocumentRow {
  readonly file_name: string
  readonly sha256: string
}

/** Documents of a kind, of one or several jobs, in one of the states and not purged, oldest first, each with its file. */
export const documentsIn = (
  database: StateDatabase,
  job: string | readonly string[],
  kind: string,
  states: readonly DocumentRow['state'][],
): Promise<DocumentOfFile[]> =>
  database
    .selectFrom('documents')
    .innerJoin('files', 'files.id', 'documents.file_id')
    .selectAll('documents')
    .select(['files.name as file_name', 'files.sha256 as sha256'])
    .where('documents.job', 'in', typeof job === 'string' ? [job] : [...job])
    .where('documents.kind', '=', kind)
    .where('documents.state', 'in', [...states])
    .where('documents.purged_at', 'is', null)
    .orderBy('documents.file_id')
    .orderBy('documents.byte_offset')
    .orderBy('documents.id')
    .execute()

const BATCH = 500

export async function setDocumentState(
  database: StateDatabase,
  ids: readonly string[],
  state: DocumentRow['state'],
): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    await database
      .updateTable('documents')
      .set({ state })
      .where('id', 'in', ids.slice(from, from + BATCH))
      .execute()
  }
}

/** Which of these numbers documents of the jobs have, whatever became of them. */
export async function numbersKnown(
  database: StateDatabase,
  jobs: readonly string[],
  kind: string,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let from = 0; from < numbers.length; from += BATCH) {
    const rows = await database
      .selectFrom('documents')
      .select('business_key')
      .where('job', 'in', [...jobs])
      .where('kind', '=', kind)
      .where('business_key', 'in', numbers.slice(from, from + BATCH))
      .execute()
    for (const { business_key } of rows) known.add(business_key)
  }
  return known
}
