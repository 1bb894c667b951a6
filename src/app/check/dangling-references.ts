import { counted, type Finding, type RelationName, type SetEngine, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { ExtractTotals } from '../run-summary.js'
import type { Tools } from '../tools.js'
import type { SourceFile } from './source-file.js'

/** Records of one extract that name a record of another by its key. Columns are called alike in both. */
interface Reference {
  readonly from: RelationName
  readonly to: RelationName
  readonly key: readonly string[]
  /** For people. */
  readonly text: string
}

const ofMatchers: Partial<Record<JobSettings['matcher'], readonly Reference[]>> = {
  'three-way': [
    {
      from: 'receipt_line',
      to: 'po_line',
      key: ['company', 'po_number', 'release', 'line_number'],
      text: 'a receipt of a PO line',
    },
  ],
  'contract-price-sync': [{ from: 'contract_price', to: 'item', key: ['item'], text: 'a contract price of an item' }],
}

/** What was read so far of the night. */
interface Read {
  readonly engine: SetEngine
  readonly files: readonly SourceFile[]
  readonly findings: readonly Finding[]
  readonly extracts: readonly ExtractTotals[]
}

/** So many keys are told one by one. More are one mistake of an extract's filter, and are told as one. */
const MOST = 100
/** Records that a finding leads to. */
const SHOWN = 20

/**
 * What points to a record that the other extract does not have: one DATA-REFERENCE a key, or one for all where they are many. Nothing is
 * said where the other extract is not tonight's or holds nothing, nor of what was set aside there: that has its exceptions already.
 */
export async function danglingReferences(
  { engine, files, findings, extracts }: Read,
  job: JobSettings,
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<Finding[]> {
  const found: Finding[] = []
  for (const { from, to, key, text } of ofMatchers[job.matcher] ?? []) {
    const inputs = Object.entries(job.inputs).flatMap(([name, input]) =>
      input.kind === 'extract' && fills(input.contract, to, workspace) ? [[name, input.contract] as const] : [],
    )
    const isWhole = inputs.every(
      ([name, contract]) =>
        extracts.some((extract) => extract.input === name && extract.records > 0) &&
        !findings.some(({ code, keys }) => code.startsWith('FILE-') && [name, contract].includes(keys.file ?? '')),
    )
    if (inputs.length === 0 || !isWhole) continue
    const same = key.map((name) => `coalesce(${to}.${name}, '') = coalesce(${from}.${name}, '')`).join(' AND ')
    const named = key.map((name) => `coalesce(${from}.${name}, '')`).join(", '/', ")
    const number = `${from}.${key.includes('po_number') ? 'po_number' : key.at(-1)}`
    await engine.run(`
      CREATE OR REPLACE TEMP TABLE dangling AS
      SELECT concat(${named}) AS key, ${number} AS number, source_file, source_record FROM ${from}
      WHERE NOT EXISTS (SELECT 1 FROM ${to} WHERE ${same})`)
    const here = `reject.source_file IN (${usedBy(inputs, extracts, files)})`
    const [counts] = await engine.rows<{ keys: number; records: number; aside: number }>(`
      SELECT count(DISTINCT key) AS keys, count(*) AS records,
        (SELECT count(DISTINCT (source_file, source_record)) FROM reject WHERE ${here}) AS aside FROM dangling`)
    const reference = { from, to, key, text }
    if (counts !== undefined && counts.keys > MOST) {
      const [places] = await engine.rows<Places>(`SELECT ${PLACES} FROM dangling`)
      if (places !== undefined) found.push(manyDangling(counts, places, reference, files, workspace.settings.currency))
      continue
    }
    const rows = await engine.rows<Dangling>(`
      SELECT key, count(*) AS records, ${PLACES} FROM dangling
      WHERE NOT EXISTS (
        SELECT 1 FROM reject WHERE ${here} AND list_contains(string_split_regex(coalesce(record_key, ''), '[/ ]'), number)
      )
      GROUP BY key ORDER BY key`)
    for (const row of rows) found.push(dangling(row, reference, files, workspace.settings.currency))
  }
  return found
}

/** Places in the night's list of the files that the inputs used; -1 so that the list is never empty. */
function usedBy(
  inputs: readonly (readonly [string, string])[],
  extracts: Read['extracts'],
  files: Read['files'],
): string {
  const names = new Set(inputs.map(([name]) => name))
  const hashes = new Set(extracts.filter(({ input }) => names.has(input)).map(({ sha256 }) => sha256))
  return [-1, ...files.flatMap(({ sha256 }, n) => (hashes.has(sha256) ? [n] : []))].join(', ')
}

const fills = (contract: string, relation: RelationName, { contracts }: Tools['workspace']): boolean =>
  contracts.get(contract)?.projections.some((projection) => projection.relation === relation) === true

interface Places {
  readonly source_files: number[]
  readonly source_records: number[]
}
const PLACES = `list(source_file ORDER BY source_file, source_record)[:${SHOWN}] AS source_files,
        list(source_record ORDER BY source_file, source_record)[:${SHOWN}] AS source_records`

interface Dangling extends Places {
  readonly key: string
  readonly records: number
}

function dangling(row: Dangling, reference: Reference, files: Read['files'], currency: string): Finding {
  const { from, to, key, text } = reference
  const column = key.join(' + ')
  return {
    code: 'DATA-REFERENCE',
    keys: { file: from, field: column, record: row.key },
    message: `${files[row.source_files[0] ?? -1]?.name} has ${text} that no extract of ${to} has: ${row.key}${row.records > 1 ? `, in ${row.records} records` : ''}`,
    amountAtRisk: ZERO,
    currency,
    values: { [column]: row.key, 'should be in': to, records: String(row.records) },
    tolerance: null,
    evidence: evidenceOf(row, files),
  }
}

function manyDangling(
  counts: { readonly keys: number; readonly records: number; readonly aside: number },
  places: Places,
  { from, to, key }: Reference,
  files: Read['files'],
  currency: string,
): Finding {
  const aside = counts.aside === 0 ? '' : `, of which ${counted(counts.aside, 'record')} set aside there may be some`
  return {
    code: 'DATA-REFERENCE',
    keys: { file: from, field: key.join(' + ') },
    message: `${counted(counts.records, 'record')} of ${from} point to ${counted(counts.keys, 'key')} that no extract of ${to} has${aside}: does one of the two leave out what the other has, closed orders for instance?`,
    amountAtRisk: ZERO,
    currency,
    values: { keys: String(counts.keys), records: String(counts.records), 'should be in': to },
    tolerance: null,
    evidence: evidenceOf(places, files),
  }
}

const evidenceOf = ({ source_files, source_records }: Places, files: Read['files']): Finding['evidence'] =>
  source_files.flatMap((index, n) => {
    const file = files[index]
    const record = source_records[n]
    return file === undefined || record === undefined ? [] : [{ file: file.name, sha256: file.sha256, record }]
  })
