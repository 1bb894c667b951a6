import { amount, count, text } from './cell.js'
import { decisionListFormula } from './decision-lists.js'
import { inputColumns, sealed } from './queue-sheet.js'
import type { ClusterRow } from './report-content.js'
import { columnLetter } from './sheet-name.js'
import { colour, style } from './style.js'
import type { Table, TableColumn } from './table-sheet.js'

export const CLUSTERS_SHEET = 'Clusters'

/** 1-based. */
const [CODE, DECISION] = [4, 8]

const readOnly: readonly TableColumn<ClusterRow>[] = [
  { header: 'Exceptions', width: 11, look: style.headerRight, cell: (row) => count(row.count) },
  { header: 'At risk', width: 16, look: style.headerRight, cell: (row) => amount(row.amountAtRisk, row.currency) },
  { header: 'Currency', width: 10, cell: ({ currency }) => text(currency) },
  { header: 'Code', width: 22, cell: ({ code }) => text(code, style.code) },
  { header: 'Cause', width: 16, cell: ({ cause }) => text(cause) },
  { header: 'What they share', width: 52, cell: ({ shared }) => text(shared, style.wrapped) },
  { header: 'Queue', width: 16, cell: ({ queue }) => text(queue) },
  ...inputColumns<ClusterRow>(),
  { header: 'Cluster', width: 16, cell: ({ id }) => text(id, style.quiet) },
]

const columns: readonly TableColumn<ClusterRow>[] = [
  ...readOnly,
  { header: 'Row token', width: 12, hidden: true, cell: (row) => text(sealed(row, readOnly), style.quiet) },
]

/** One row a cause that several exceptions share: a decision here is one for each of them. */
export const clustersTable = (
  rows: readonly ClusterRow[],
  footer: string,
  rowsPerSheet: number,
): Table<ClusterRow> => ({
  title: CLUSTERS_SHEET,
  subtitle:
    'One cause, one decision: it settles every exception of the cluster that has no decision of its own in its queue sheet.',
  columns,
  rows,
  tabColour: colour.accent,
  freezeColumns: 4,
  printColumns: DECISION + 2,
  footer,
  rowsPerSheet,
  finish: ({ first, last }) => ({
    lists:
      last < first
        ? []
        : [
            {
              range: `${columnLetter(DECISION)}${first}:${columnLetter(DECISION)}${last}`,
              formula: decisionListFormula(`$${columnLetter(CODE)}${first}`),
              prompt: 'Choose what shall happen with all exceptions of this cause.',
              error: 'Choose one of the decisions in the list; they depend on the code of the row.',
            },
          ],
  }),
})
