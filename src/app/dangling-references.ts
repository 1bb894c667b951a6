import { type Finding, type RelationName, type SetEngine, ZERO } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import type { ExtractTotals } from './run-summary.js'
import type { SourceFile } from './source-file.js'
import type { Tools } from './tools.js'

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

/** So many are told one by one; more are one mistake of an extract's filter, and these show it. */
const listed = 1000
const shown = 20

/**
 * What points to a record that the other extract does not have: one DATA-REFERENCE a key. Nothing is said where the other extract is not
 * tonight's or holds nothing, nor of what was set aside there: that has its exceptions already.
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
    const rows = await engine.rows<{ key: string; records: number; source_files: number[]; source_records: number[] }>(`
      WITH lost AS MATERIALIZED (
        SELECT concat(${named}) AS key, ${number} AS number, source_file, source_record FROM ${from}
        WHERE NOT EXISTS (SELECT 1 FROM ${to} WHERE ${same})
      )
      SELECT key, count(*) AS records,
        list(source_file ORDER BY source_file, source_record)[:${shown}] AS source_files,
        list(source_record ORDER BY source_file, source_record)[:${shown}] AS source_records
      FROM lost
      WHERE NOT EXISTS (
        SELECT 1 FROM reject WHERE contains(coalesce(record_key, ''), number) AND reject.source_file IN (${usedBy(inputs, extracts, files)})
      )
      GROUP BY ALL ORDER BY key LIMIT ${listed}`)
    for (const row of rows) found.push(dangling(row, { from, to, key, text }, files, workspace.settings.currency))
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

function dangling(
  row: {
    readonly key: string
    readonly records: number
    readonly source_files: number[]
    readonly source_records: number[]
  },
  { from, to, key, text }: Reference,
  files: Read['files'],
  currency: string,
): Finding {
  const first = files[row.source_files[0] ?? -1]
  const column = key.join(' + ')
  return {
    code: 'DATA-REFERENCE',
    keys: { file: from, field: column, record: row.key },
    message: `${first?.name} has ${text} that no extract of ${to} has: ${row.key}${row.records > 1 ? `, in ${row.records} records` : ''}`,
    amountAtRisk: ZERO,
    currency,
    values: { [column]: row.key, 'should be in': to, records: String(row.records) },
    tolerance: null,
    evidence: row.source_files.flatMap((index, n) => {
      const file = files[index]
      const record = row.source_records[n]
      return file === undefined || record === undefined ? [] : [{ file: file.name, sha256: file.sha256, record }]
    }),
  }
}
