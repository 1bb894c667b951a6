import type { ExceptionCode, SetEngine } from '../canonical/index.js'
import { physicalLine } from '../formats/delimited/index.js'
import type { ColumnDrift } from './column-drift.js'
import type { Fault } from './file-finding.js'
import type { StagedExtract } from './stage-texts.js'

const faulty = '(FROM reject UNION ALL FROM blanked)'

/** In a smaller file a few wrong records are many percent; all of them are a layout all the same. */
const FEWEST = 20
const FEWEST_ALL = 5
const SHOWN = 5

interface Group {
  readonly code: ExceptionCode
  readonly column_name: string
  readonly reason: string
  readonly records: readonly number[]
  readonly rejected: number
  readonly value: string | null
}

/**
 * A file of which more records are faulty than its contract lets pass has another layout than agreed: what is left of it would be
 * matched as if the rest were not there. The fault names the column that most are rejected for.
 */
export async function changedColumn(
  engine: SetEngine,
  { contract, staged: { records, survey } }: StagedExtract,
  index: number,
): Promise<{ readonly fault: Fault; readonly drift: readonly ColumnDrift[] } | undefined> {
  const [all] = await engine.rows<{ n: number }>(
    `SELECT count(DISTINCT source_record) AS n FROM ${faulty} WHERE source_file = ${index}`,
  )
  const rejected = all?.n ?? 0
  if (records < FEWEST && (rejected < records || records < FEWEST_ALL)) return undefined
  if (rejected * 100 <= records * contract['most-rejected-percent']) return undefined
  const [worst] = await engine.rows<Group>(`
    SELECT code, column_name, first(reason ORDER BY source_record) AS reason, count(DISTINCT source_record) AS rejected,
      list(source_record ORDER BY source_record)[:${SHOWN}] AS records, first(value ORDER BY source_record) AS value
    FROM ${faulty} WHERE source_file = ${index}
    GROUP BY code, column_name ORDER BY rejected DESC, column_name, code LIMIT 1`)
  if (worst === undefined) return undefined
  const { code, column_name: field, reason, value } = worst
  const whole = field === '(record)'
  const lines = worst.records.map((record) => ({ record, line: physicalLine(survey, record) }))
  const shown = value === null || whole ? '' : ` ("${value}" in line ${lines[0]?.line})`
  const said = `${whole ? 'the record' : field} ${reason} in ${worst.rejected} of ${records} records${shown}`
  return {
    fault: {
      code,
      ...(whole ? {} : { field }),
      message: `${said}: the layout has changed; ${rejected} records do not fit, so nothing of the file is used`,
      values: {
        records: String(records),
        rejected: String(rejected),
        'most rejected (%)': String(contract['most-rejected-percent']),
      },
      evidence: lines.map((place) => ({ ...place, ...(whole ? {} : { column: field }) })),
    },
    drift: code === 'DATA-TYPE' && !whole ? [{ kind: 'retyped', column: field, harmful: true, said }] : [],
  }
}
