import type { Invoice, RelationName, SetEngine } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { documentsOf, type MatchedDocument } from '../../match/index.js'
import { type DocumentOfFile, documentsIn, invoicesLoadedBy } from '../../state/index.js'
import { decidedNoDuplicates } from '../deciding/no-duplicates.js'
import { documentRelations, type PlacedDocument } from '../document-relations/index.js'
import type { Tools } from '../tools.js'
import { documentJobs } from '../workspace/shared-inputs.js'
import { bindRows, type RelationRow } from './bind-rows.js'
import type { SourceFile } from './source-file.js'

/** The run that documents are judged in: `until` ends the past day of a backfill. */
export interface Judging {
  readonly id: string
  readonly until: string | undefined
  readonly row: { readonly as_of: string }
}

/** Brings the documents that the job's matcher compares into the set engine, whichever job took their files. */
export async function bindDocuments(
  engine: SetEngine,
  run: Judging,
  job: JobSettings,
  files: SourceFile[],
  tools: Tools,
): Promise<void> {
  const place = placer(files)
  const { units } = tools.workspace.settings
  for (const kind of documentsOf(job.matcher)) {
    const documents = (await documentsFor(kind, run, job, tools)).map((document) => place(document))
    for (const [relation, rowsOf] of Object.entries(documentRelations[kind] ?? {})) {
      if (!isRead(relation as RelationName, job)) continue
      const rows = function* (): Generator<RelationRow> {
        for (const document of documents) yield* rowsOf(document, units)
      }
      await bindRows(engine, relation as RelationName, rows())
    }
  }
}

/** Of an 855 the three-way match asks for its substitutions alone, and nobody else does. */
const isRead = (relation: RelationName, { matcher }: JobSettings): boolean =>
  matcher === 'three-way' ? !relation.startsWith('acknowledgment') : relation !== 'substitution'

type Unplaced = Omit<PlacedDocument, 'fileIndex'>

/** Invoices not yet settled and those loaded and not yet vouchered; of other kinds whatever is kept. */
async function documentsFor(kind: MatchedDocument, run: Judging, job: JobSettings, tools: Tools): Promise<Unplaced[]> {
  const { database } = tools.state
  const jobs = documentJobs(job, tools.workspace)
  if (kind !== 'invoice' || job.matcher !== 'three-way') {
    const states = kind === 'invoice' ? (['open', 'loaded', 'vouchered'] as const) : (['open'] as const)
    return (await documentsIn(database, jobs, kind, states)).map((row) => ({ row, loaded: false }))
  }
  const loadedNow = await invoicesLoadedBy(database, run.id)
  const noDuplicates = await decidedNoDuplicates(database, job.job)
  return (await documentsIn(database, jobs, kind, ['open', 'loaded']))
    .filter((row) => run.until === undefined || knownOn(row, run.row.as_of))
    .map((row) => ({
      row,
      loaded: row.state === 'loaded' && !loadedNow.has(row.id),
      noDuplicate: noDuplicates.has(row.id),
    }))
}

/** Whether a backfill of that day sees an invoice: it had come, or comes late and bears that date or an earlier one. */
function knownOn(row: DocumentOfFile, day: string): boolean {
  const { invoiceDate }: Invoice = JSON.parse(row.body)
  return row.received_on <= day || invoiceDate <= day
}

function placer(files: SourceFile[]): (document: Unplaced) => PlacedDocument {
  const places = new Map<string, number>()
  return (document) => {
    const { sha256, file_name: name } = document.row
    const known = places.get(sha256)
    if (known !== undefined) return { ...document, fileIndex: known }
    const fileIndex = files.push({ name, sha256 }) - 1
    places.set(sha256, fileIndex)
    return { ...document, fileIndex }
  }
}
