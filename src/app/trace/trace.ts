import { MatchbookError } from '../../errors/index.js'
import { matchedAt } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { partnerOfVendor } from '../suppliers/partner-of-vendor.js'
import { documentBytes } from './document-bytes.js'
import { documentEntry, resultEntry } from './document-entries.js'
import { exceptionEntries } from './exception-entries.js'
import { fileEntries } from './file-entries.js'
import { type Gathered, gather } from './gathered.js'
import { loadEntries, sentEntries } from './load-entries.js'
import { nearMisses } from './near-misses.js'
import { inOrder, type Subject, type Timeline, type TraceEntry } from './timeline.js'
import { type Which, whichOne } from './which-one.js'

export interface TraceRequest extends Which {
  readonly subject: Subject
  readonly number: string
  /** Entries shown at most. */
  readonly limit: number
  readonly bytes: boolean
}

/** By what two of one number are told apart. */
const toldApartBy: Readonly<Record<Subject, readonly (keyof Which)[]>> = {
  po: ['company', 'release'],
  invoice: ['company', 'partner'],
  item: [],
  file: [],
  case: [],
}

/**
 * One timeline over all the store holds about a thing.
 * @throws TRACE-UNKNOWN with near misses, TRACE-AMBIGUOUS when the number is that of several
 */
export async function trace(reading: Reading, request: TraceRequest): Promise<Timeline> {
  const { database } = reading.state
  const { subject, number } = request
  const found = await gather[subject](database, number)
  const sent = subject === 'po' ? await sentEntries(database, number) : []
  if (isEmpty(found) && sent.length === 0) {
    const near = await nearMisses(database, subject, number)
    throw new MatchbookError(
      'TRACE-UNKNOWN',
      `the store knows no ${subject} ${number}`,
      near.length === 0 ? {} : { hint: `Near: ${near.join(', ')}` },
    )
  }
  const tell = toldApartBy[subject]
  const one =
    tell.length === 0 ? found : whichOne(found, request, tell, partnerOfVendor(reading.workspace.settings.partners))
  const entries = inOrder([...sent, ...(await entriesOf(reading, one))], reading.workspace.settings.timezone)
  return {
    subject,
    number,
    company: request.company ?? (tell.length === 0 ? null : companyOf(one)),
    release: request.release ?? null,
    timezone: reading.workspace.settings.timezone,
    total: entries.length,
    entries: entries.slice(-request.limit),
    bytes: request.bytes ? await documentBytes(reading, one) : null,
  }
}

const companyOf = ({ documents }: Gathered): string | null =>
  documents.find(({ company }) => company !== null)?.company ?? null

const isEmpty = (found: Gathered): boolean => Object.values(found).every((some) => some.length === 0)

async function entriesOf({ state: { database } }: Reading, found: Gathered): Promise<TraceEntry[]> {
  const files = new Map(found.files.map((file) => [file.id, file]))
  const documents = new Map(found.documents.map((document) => [document.id, document]))
  const runs = [...new Set([...found.results, ...found.rows].map(({ run_id }) => run_id))]
  const times = new Map((await matchedAt(database, runs)).map((run) => [run.id, run.at]))
  const at = (run: string): string => times.get(run) ?? ''
  return [
    ...(await fileEntries(database, found.files)),
    ...found.documents.map((document) => documentEntry(document, files)),
    ...found.results.map((result) => resultEntry(result, documents.get(result.invoice_id), files, at(result.run_id))),
    ...found.rows.map(
      ({ job, table_name, sequence, run_id, row }): TraceEntry => ({
        at: at(run_id),
        stage: 'row',
        id: run_id,
        said: `${job}, ${table_name}: ${columnsSaid(JSON.parse(row))}`,
        run: run_id,
        actor: null,
        places: [{ file: `${job}/${table_name}`, record: sequence }],
      }),
    ),
    ...(await exceptionEntries(database, found.exceptions)),
    ...(await loadEntries(
      database,
      found.documents.filter(({ kind }) => kind === 'invoice'),
      found.loadRows,
    )),
  ]
}

const columnsSaid = (row: Readonly<Record<string, string | number | boolean | null>>): string =>
  Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([column, value]) => `${column} ${value}`)
    .join(', ')
