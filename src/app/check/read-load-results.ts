import { type Finding, type SetEngine, ZERO } from '../../canonical/index.js'
import type { JobSettings, LoadResultsInput } from '../../config/index.js'
import { checkExtract } from '../../contracts/index.js'
import { type LoadPlan, writtenRows } from '../../outputs/load/index.js'
import {
  appendAudit,
  type FileRow,
  filesOfInputs,
  type LoadRow,
  listLoads,
  loadPlan,
  type StateDatabase,
  type StoredLoadResult,
  saveFileFindings,
  saveLoadResults,
  setDisposition,
} from '../../state/index.js'
import { templateOfLoad } from '../loads/template-of-load.js'
import { unwrapOf } from '../pull/unwrap-files.js'
import type { Run } from '../run.js'
import type { ExtractTotals } from '../run-summary.js'
import type { Tools } from '../tools.js'
import type { SourceFile } from './source-file.js'

export interface ReadLoadResults {
  readonly results: readonly StoredLoadResult[]
  readonly findings: readonly Finding[]
  readonly extracts: readonly ExtractTotals[]
  /** Keeps what was said, and that the files are read. */
  readonly commit: (database: StateDatabase) => Promise<void>
}

interface ResultRow {
  readonly load: string
  readonly reference: string
  readonly reference_2: string | null
  readonly status: string
  readonly reason_code: string | null
  readonly reason: string | null
  readonly erp_number: string | null
  readonly source_file: number
  readonly source_record: number | string
}

/**
 * What the ERP's result files say of the rows of loads: all files that came and were not read yet, each record held against the load it
 * names. A record that names no row of ours is DATA-REFERENCE.
 */
export async function readLoadResults(
  engine: SetEngine,
  run: Run,
  job: JobSettings,
  files: SourceFile[],
  tools: Tools,
): Promise<ReadLoadResults> {
  const findings: Finding[] = []
  const extracts: ExtractTotals[] = []
  const dispositions: (readonly [FileRow, Parameters<typeof setDisposition>[2]])[] = []
  for (const [name, input] of inputsOf(job)) {
    const contract = tools.workspace.contracts.get(input.contract)
    if (contract === undefined) throw new Error(`job ${job.job} names contract ${input.contract}, which was not loaded`)
    for (const file of await newFiles(run, job, name, tools)) {
      const index = files.push({ name: file.name, sha256: file.sha256 }) - 1
      const source = { index, path: await tools.archive.path(file.sha256, file), name: file.name, sha256: file.sha256 }
      const check = await checkExtract(engine, contract, source, { tempFolder: tools.workFolder })
      for (const finding of check.findings) findings.push(finding)
      const counts = { records: check.records, accepted: check.accepted, rejected: check.rejected }
      const reason = check.usable ? null : (check.findings[0]?.message ?? 'not usable under its contract')
      dispositions.push([file, { disposition: check.usable ? 'read' : 'quarantined', reason, ...counts }])
      if (check.usable) extracts.push({ input: name, file: file.name, sha256: file.sha256, ...counts })
    }
  }
  const rows = extracts.length === 0 ? [] : await engine.rows<ResultRow>(question)
  const told = await heldAgainst(rows, files, tools)
  const all = [...findings, ...told.strangers.map((row) => stranger(row, files, tools))]
  return {
    results: told.results,
    findings: all,
    extracts,
    commit: async (database) => {
      for (const [file, change] of dispositions) {
        await setDisposition(database, file.id, change)
        // Read once, so what is wrong in it has to stand without reading it again.
        await saveFileFindings(database, file.id, findingsOf(file, all))
      }
      await saveLoadResults(database, told.results)
      for (const load of new Set(told.results.map(({ load_id }) => load_id))) {
        const own = told.results.filter(({ load_id }) => load_id === load)
        const count = (status: StoredLoadResult['status']) => own.filter((one) => one.status === status).length
        await appendAudit(database, {
          at: tools.now(),
          actor: `run ${run.id}`,
          action: 'load results read',
          subject: load,
          detail: {
            files: [...new Set(own.map(({ file_name }) => file_name))],
            loaded: count('loaded'),
            rejected: count('rejected'),
            pending: count('pending'),
          },
        })
      }
    },
  }
}

const findingsOf = ({ sha256 }: FileRow, findings: readonly Finding[]): Finding[] =>
  findings.filter(({ evidence }) => evidence.some((source) => source.sha256 === sha256))

const question =
  'SELECT load, reference, reference_2, status, reason_code, reason, erp_number, source_file, source_record FROM load_result ORDER BY source_file, source_record'

const inputsOf = (job: JobSettings): [string, LoadResultsInput][] =>
  Object.entries(job.inputs).filter((entry): entry is [string, LoadResultsInput] => entry[1].kind === 'load-results')

/** Oldest first, so that the last word stands. A past day is judged without them. */
async function newFiles(run: Run, job: JobSettings, input: string, { state }: Tools): Promise<FileRow[]> {
  if (run.until !== undefined) return []
  const files = await filesOfInputs(state.database, [{ job: job.job, input }], ['taken'])
  return files
    .filter((file) => unwrapOf(file, job) === undefined)
    .sort((a, b) => (a.modified === b.modified ? a.id - b.id : a.modified < b.modified ? -1 : 1))
}

/** Each record to the rows of the load that it names; of several about one row a refusal stands, and else the last. */
async function heldAgainst(
  rows: readonly ResultRow[],
  files: readonly SourceFile[],
  tools: Tools,
): Promise<{ readonly results: readonly StoredLoadResult[]; readonly strangers: readonly ResultRow[] }> {
  const results = new Map<string, StoredLoadResult>()
  const strangers: ResultRow[] = []
  if (rows.length === 0) return { results: [], strangers }
  const loads = new Map(
    (await listLoads(tools.state.database)).flatMap((load) => namesOf(load).map((name) => [name, load])),
  )
  const references = new Map<string, ReadonlyMap<string, readonly string[]>>()
  for (const row of rows) {
    const load = loads.get(row.load.trim())
    const known = load === undefined ? undefined : (references.get(load.id) ?? (await referencesOf(load, tools)))
    if (load !== undefined && known !== undefined) references.set(load.id, known)
    const ids = known?.get(referenceText([row.reference, row.reference_2 ?? ''])) ?? []
    const isKnown = statuses.includes(row.status)
    if (load === undefined || ids.length === 0 || !isKnown) strangers.push(row)
    if (load === undefined || !isKnown) continue
    for (const id of ids) {
      const key = JSON.stringify([load.id, id])
      results.set(key, together(results.get(key), resultOf(load, id, row, files, tools)))
    }
  }
  return { results: [...results.values()], strangers }
}

const statuses: readonly string[] = ['loaded', 'rejected', 'pending'] satisfies StoredLoadResult['status'][]

/** What a result file may call a load: its id, or the group its import was told. */
const namesOf = ({ id, idempotency_key }: LoadRow): string[] => [id, idempotency_key.slice(0, 12).toUpperCase()]

/** Reference in the result file -> what the store knows the rows by. */
async function referencesOf(
  load: LoadRow,
  { state, workspace }: Tools,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const stored = await loadPlan(state.database, load.id)
  const template = templateOfLoad(load, workspace)
  const found = new Map<string, readonly string[]>()
  if (stored === undefined || template === undefined) return found
  const named = new Map(template.files.map((file) => [file.name, file['result-reference']]))
  for (const { file, values, ids } of writtenRows(template, JSON.parse(stored.plan) as LoadPlan)) {
    const columns = named.get(file)
    if (columns === undefined) continue
    const key = referenceText(columns.map((column) => values[column] ?? ''))
    found.set(key, [...(found.get(key) ?? []), ...ids])
  }
  return found
}

const referenceText = (parts: readonly string[]): string =>
  parts
    .map((part) => part.trim().toUpperCase())
    .join('\n')
    .trim()

function resultOf(
  load: LoadRow,
  id: string,
  row: ResultRow,
  files: readonly SourceFile[],
  { now }: Tools,
): StoredLoadResult {
  const file = files[row.source_file]
  return {
    load_id: load.id,
    row_id: id,
    reference: [row.reference, row.reference_2].filter(Boolean).join(' '),
    status: row.status as StoredLoadResult['status'],
    reason_code: row.reason_code,
    reason: row.reason,
    erp_number: row.erp_number,
    file_name: file?.name ?? null,
    file_sha256: file?.sha256 ?? null,
    record: Number(row.source_record),
    told_at: now(),
  }
}

function together(before: StoredLoadResult | undefined, now: StoredLoadResult): StoredLoadResult {
  if (before?.status !== 'rejected' || before.file_sha256 !== now.file_sha256) return now
  const reason = [...new Set([before.reason, now.reason].filter(Boolean))].join('; ')
  return { ...before, reason: reason === '' ? null : reason }
}

function stranger(row: ResultRow, files: readonly SourceFile[], { workspace }: Tools): Finding {
  const file = files[row.source_file]
  const record = Number(row.source_record)
  const name = [row.reference, row.reference_2].filter(Boolean).join(' ')
  const isKnown = statuses.includes(row.status)
  return {
    code: isKnown ? 'DATA-REFERENCE' : 'DATA-TYPE',
    keys: { file: file?.name ?? '', load: row.load, record: name },
    message: `${file?.name} says ${row.status} of ${name} in load ${row.load}: ${isKnown ? 'no load of ours has such a row' : `a status is ${statuses.join(', ')}`}`,
    amountAtRisk: ZERO,
    currency: workspace.settings.currency,
    values: { load: row.load, reference: name, status: row.status },
    tolerance: null,
    evidence: [
      {
        file: file?.name ?? '',
        ...(file === undefined ? {} : { sha256: file.sha256 }),
        record,
        field: isKnown ? 'reference' : 'status',
        value: isKnown ? name : row.status,
      },
    ],
  }
}
