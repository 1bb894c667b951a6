import {
  absolute,
  decimal,
  type ExceptionCode,
  type Finding,
  type FindingKeys,
  roundHalfUp,
  type Source,
  ZERO,
} from '../../canonical/index.js'
import type { ReconcileSettings } from '../../config/index.js'
import type { FieldDifference, SideName } from '../../match/index.js'
import { linesText, type RowLines, type ShownDifference } from '../diff/diff-result.js'
import type { Both } from '../diff/read-input.js'

/** What a side is called, and the file it was read from. */
export interface NamedSide {
  readonly input: string
  readonly file: string
  readonly sha256: string
}

/** The exceptions a difference is: one a field that differs, one for any other kind, none where the job wants none. */
export function differenceFindings(
  difference: ShownDifference,
  settings: Pick<ReconcileSettings, 'codes' | 'fields'>,
  sides: Both<NamedSide>,
  currency: string,
): Finding[] {
  const { kind } = difference
  if (kind === 'changed') {
    const differing = difference.fields.filter(({ verdict }) => verdict === 'differs')
    return differing.map((field) => changed(difference, field, settings, sides, currency))
  }
  const code: ExceptionCode | 'none' = settings.codes[kind]
  if (code === 'none') return []
  const keys = knownBy(difference)
  const place = (side: SideName) => places(difference[side], sides[side], {})
  return [
    {
      code,
      keys,
      message: `${nameOf(keys)} ${sentence(difference, sides)}`,
      amountAtRisk: ZERO,
      currency,
      values: Object.fromEntries(
        (['left', 'right'] as const).map((side) => [
          `rows in ${sides[side].input}`,
          String(difference[side]?.rows ?? 0),
        ]),
      ),
      tolerance: null,
      evidence: [...place('left'), ...place('right')],
    },
  ]
}

function changed(
  difference: ShownDifference,
  { field, left, right, distance, tolerance }: FieldDifference,
  { codes, fields }: Pick<ReconcileSettings, 'codes' | 'fields'>,
  sides: Both<NamedSide>,
  currency: string,
): Finding {
  const { code = codes.changed, money = false } = fields[field] ?? {}
  const keys = knownBy(difference)
  const values = { left, right }
  const said = (side: SideName) => `${values[side] ?? 'empty'} in ${sides[side].input}`
  const apart = distance === null ? '' : `, ${absolute(decimal(distance))} apart`
  const allowed = tolerance === 'exact' ? '' : `; allowed is ${tolerance}`
  const place = (side: SideName) => places(difference[side], sides[side], { field, value: values[side] ?? '' })
  return {
    code,
    keys: { ...keys, field },
    message: `${nameOf(keys)}: ${field} is ${said('left')} and ${said('right')}${apart}${allowed}`,
    amountAtRisk: money && distance !== null ? roundHalfUp(absolute(decimal(distance)), 2) : ZERO,
    currency,
    values: { [`${field} in ${sides.left.input}`]: left, [`${field} in ${sides.right.input}`]: right },
    tolerance: tolerance === 'exact' ? null : { [field]: tolerance },
    evidence: [...place('left'), ...place('right')],
  }
}

const knownBy = ({ keys }: ShownDifference): FindingKeys =>
  Object.fromEntries(Object.entries(keys).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

const nameOf = (keys: FindingKeys): string => {
  const said = Object.entries(keys).map(([name, value]) => `${name} ${value}`)
  return said.length === 0 ? 'the row without a key' : said.join(', ')
}

function sentence({ kind, left, right }: ShownDifference, sides: Both<NamedSide>): string {
  const [here, there] = kind === 'only-right' ? [sides.right, sides.left] : [sides.left, sides.right]
  if (kind === 'only-left' || kind === 'only-right')
    return `is in ${here.input} (${where(left ?? right)}) and not in ${there.input}`
  if (kind === 'undated')
    return 'has days that cannot be read: nobody knows whether it is in force, so it is not compared'
  const times = (place: RowLines | null) =>
    place === null ? 'not at all' : `${place.rows === 1 ? 'once' : `${place.rows} times`} (${where(place)})`
  return `stands ${times(left)} in ${sides.left.input} and ${times(right)} in ${sides.right.input}: nothing tells which is meant, so none is compared`
}

const where = (place: RowLines | null): string => `line${place?.rows === 1 ? '' : 's'} ${linesText(place)}`

const places = (
  rows: RowLines | null,
  { file, sha256 }: NamedSide,
  value: Pick<Source, 'field' | 'value'>,
): Source[] =>
  rows === null
    ? []
    : rows.lines.map((line, n) => ({
        file,
        sha256,
        line,
        ...(rows.records[n] === undefined ? {} : { record: rows.records[n] }),
        ...value,
      }))
