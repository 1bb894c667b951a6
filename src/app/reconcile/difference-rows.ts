import type { StoredRow } from '../../state/index.js'
import { linesText, type ShownDifference } from '../diff/diff-result.js'

/** The rows of the result table `difference`: one for each field that differs, or one for the row as a whole. */
export function differenceRows({ kind, keys, fields, left, right }: ShownDifference): StoredRow[] {
  const row = {
    difference: kind,
    row_key: Object.values(keys)
      .map((value) => value ?? '(empty)')
      .join(' / '),
    left_lines: linesText(left),
    right_lines: linesText(right),
  }
  const whole = { field: null, left_value: null, right_value: null, distance: null, tolerance: null }
  if (kind !== 'changed') return [{ ...row, ...whole }]
  return fields
    .filter(({ verdict }) => verdict === 'differs')
    .map(({ field, left: left_value, right: right_value, distance, tolerance }) => ({
      ...row,
      field,
      left_value,
      right_value,
      distance,
      tolerance,
    }))
}
