import type { Insertable, Selectable } from 'kysely'
import { eachBatch } from './each-batch.js'
import type { DocumentTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type DocumentRow = Selectable<DocumentTable>
export type NewDocument = Insertable<DocumentTable>

/**
 * taken: not seen before. known: the very same document came again (same sender, control numbers and content), or its file is read
 * again: then the same place of it is the same document, also where today's reader reads it otherwise.
 * control-reused: its control numbers were used between the same two ISA ids for other content.
 */
export type Arrival = 'taken' | 'known' | 'control-reused'

/** Judges documents in their order, each against those already taken from its sender, and keeps those that are new. @returns how each stands */
export async function takeDocuments(database: StateDatabase, documents: readonly NewDocument[]): Promise<Arrival[]> {
  const taken = new Map<string, KnownDocument[]>()
  for (const { partner, kind } of onceEach(documents, senderOf)) {
    const theirs = documents.filter((one) => one.partner === partner && one.kind === kind)
    const controls = [...new Set(theirs.map(({ interchange_control }) => interchange_control))]
    const rows = await eachBatch(controls, (some) =>
      database
        .selectFrom('documents')
        .select(['partner', 'kind', 'interchange_control', 'group_control', 'transaction_control'])
        .select(['numbered_between', 'content_hash', 'file_id', 'byte_offset'])
        .where('partner', '=', partner)
        .where('kind', '=', kind)
        .where('interchange_control', 'in', some)
        .orderBy('id')
        .execute(),
    )
    for (const row of rows) taken.set(controlsOf(row), [...(taken.get(controlsOf(row)) ?? []), row])
  }
  const fresh: NewDocument[] = []
  const arrivals = documents.map((document) => {
    const same = taken.get(controlsOf(document)) ?? []
    const arrival = arrivalAmong(same, document)
    if (arrival === 'taken') {
      taken.set(controlsOf(document), [...same, document])
      fresh.push(document)
    }
    return arrival
  })
  await eachBatch(fresh, async (some) => {
    await database.insertInto('documents').values(some).execute()
    return []
  })
  return arrivals
}

type Controls = Pick<NewDocument, 'partner' | 'kind' | 'interchange_control' | 'group_control' | 'transaction_control'>
type KnownDocument = Pick<NewDocument, 'numbered_between' | 'content_hash' | 'file_id' | 'byte_offset'>

const senderOf = ({ partner, kind }: Pick<Controls, 'partner' | 'kind'>): string => JSON.stringify([partner, kind])
const controlsOf = ({ partner, kind, interchange_control, group_control, transaction_control }: Controls): string =>
  JSON.stringify([partner, kind, interchange_control, group_control, transaction_control])

const onceEach = <T>(all: readonly T[], keyOf: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
]

function arrivalAmong(same: readonly KnownDocument[], document: KnownDocument): Arrival {
  const isKnown = same.some(
    ({ content_hash, file_id, byte_offset }) =>
      content_hash === document.content_hash || (file_id === document.file_id && byte_offset === document.byte_offset),
  )
  if (isKnown) return 'known'
  // Whoever sends to several of our ids counts for each of them apart.
  const between = document.numbered_between ?? null
  const isReused = same.some(
    (one) => one.numbered_between == null || between === null || one.numbered_between === between,
  )
  return isReused ? 'control-reused' : 'taken'
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
