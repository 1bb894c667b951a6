import type { Matcher, ResultTable } from '../matcher.js'

const difference: ResultTable = {
  name: 'difference',
  sheet: 'Differences',
  explains: 'every row that differs, a line for each field, as the two extracts have it',
  columns: [
    { name: 'difference', header: 'Difference', kind: 'text', width: 13 },
    { name: 'row_key', header: 'Key', kind: 'text', width: 24 },
    { name: 'field', header: 'Field', kind: 'text' },
    { name: 'left_value', header: 'Left', kind: 'text', width: 28 },
    { name: 'right_value', header: 'Right', kind: 'text', width: 28 },
    { name: 'distance', header: 'Apart', kind: 'text', width: 14 },
    { name: 'tolerance', header: 'Allowed', kind: 'text', width: 14 },
    { name: 'left_lines', header: 'Line on the left', kind: 'text' },
    { name: 'right_lines', header: 'Line on the right', kind: 'text' },
  ],
  key: ['row_key', 'field'],
}

/** Its rules are the job's own declaration; what it compares are extracts as they stand, not canonical relations. */
export const reconcileMatcher: Matcher = {
  name: 'reconcile',
  needs: [],
  documents: [],
  rules: [],
  tables: [difference],
}
