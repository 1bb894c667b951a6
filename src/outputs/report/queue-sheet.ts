import { sourceText } from '../../canonical/index.js'
import type { SheetFinish } from './book.js'
import { amount, type Cell, count, formula, instant, text } from './cell.js'
import { decisionListFormula } from './decision-lists.js'
import type { ExceptionRow } from './report-content.js'
import { rowSeal } from './row-seal.js'
import { columnLetter } from './sheet-name.js'
import { colour, money, ruleFill, style } from './style.js'
import { FIRST_ROW, HEADER_ROW, type Table, type TableColumn, type TablePart } from './table-sheet.js'

/** 1-based columns that formulas elsewhere refer to. */
export const queueColumn = {
  status: 1,
  atRisk: 2,
  due: 3,
  code: 4,
  supplier: 5,
  supplierName: 6,
  decision: 12,
  assignee: 13,
  note: 14,
  decidedBy: 15,
  ruleUntil: 16,
  facility: 18,
  age: 25,
  currency: 26,
  id: 27,
  token: 28,
} as const

/** The cells people fill in. */
export const inputColumns = <Row extends Inputs>(): readonly TableColumn<Row>[] => [
  { header: 'Decision', width: 17, look: style.headerInput, cell: ({ decision }) => text(decision, style.input) },
  { header: 'Assignee', width: 14, look: style.headerInput, cell: ({ assignee }) => text(assignee, style.input) },
  { header: 'Note', width: 26, look: style.headerInput, cell: ({ note }) => text(note, style.input) },
  { header: 'Decided by', width: 14, look: style.headerInput, cell: ({ decidedBy }) => text(decidedBy, style.input) },
  { header: 'Rule until', width: 12, look: style.headerInput, cell: ({ ruleUntil }) => text(ruleUntil, style.input) },
]

export type Inputs = Pick<ExceptionRow, 'decision' | 'assignee' | 'note' | 'decidedBy' | 'ruleUntil'>

type EvidenceCell = (row: ExceptionRow) => Cell

/** `last`: what stands beside the cells to fill in: what is proposed, or in a copy that goes back what became of the row. */
export const queueColumns = (
  timezone: string,
  last: 'Proposed' | 'Result',
  evidence: EvidenceCell = ({ evidence }) => text(evidence.map(sourceText).join('; '), style.quiet),
): readonly TableColumn<ExceptionRow>[] => {
  const columns = withoutToken(timezone, last, evidence)
  return [
    ...columns,
    { header: 'Row token', width: 12, hidden: true, cell: (row) => text(sealed(row, columns), style.quiet) },
  ]
}

/** The token of a row with the seal over what is read-only in it. */
export function sealed<Row extends { readonly token: string }>(row: Row, columns: readonly TableColumn<Row>[]): string {
  const seal = rowSeal((header) => {
    const value = columns.find((column) => column.header === header)?.cell(row).value ?? null
    return typeof value === 'string' || typeof value === 'number' ? value : null
  })
  return `${row.token}.${seal}`
}

const withoutToken = (
  timezone: string,
  last: 'Proposed' | 'Result',
  evidence: EvidenceCell,
): readonly TableColumn<ExceptionRow>[] => [
  { header: 'Status', width: 11, cell: ({ status }) => text(status) },
  {
    header: 'At risk',
    width: 14,
    look: style.headerRight,
    cell: ({ amountAtRisk, currency }) => amount(amountAtRisk, currency),
  },
  { header: 'Due', width: 21, cell: ({ dueAt }) => instant(dueAt, timezone) },
  { header: 'Code', width: 22, cell: ({ code }) => text(code, style.code) },
  { header: 'Supplier', width: 11, cell: ({ supplier }) => text(supplier) },
  { header: 'Supplier name', width: 24, cell: ({ supplierName }) => text(supplierName, style.wrapped) },
  { header: 'Invoice', width: 15, cell: ({ invoice }) => text(invoice) },
  { header: 'PO', width: 13, cell: ({ po }) => text(po) },
  { header: 'PO line', width: 7, cell: ({ line }) => text(line) },
  { header: 'Item', width: 12, cell: ({ item }) => text(item) },
  { header: 'What is wrong', width: 52, cell: ({ message }) => text(message, style.wrapped) },
  ...inputColumns<ExceptionRow>(),
  last === 'Proposed'
    ? { header: last, width: 24, cell: ({ proposed }) => text(proposed, style.wrapped) }
    : { header: last, width: 52, cell: ({ result }) => text(result, style.wrapped) },
  { header: 'Facility', width: 14, cell: ({ facility }) => text(facility) },
  { header: 'Company', width: 10, cell: ({ company }) => text(company) },
  { header: 'Invoice line', width: 9, cell: ({ invoiceLine }) => text(invoiceLine) },
  { header: 'Description', width: 36, cell: ({ description }) => text(description) },
  { header: 'Where it stands', width: 60, cell: evidence },
  { header: 'Severity', width: 10, cell: ({ severity }) => text(severity) },
  {
    header: 'First seen',
    width: 17,
    cell: ({ firstSeen }) => instant(firstSeen, timezone),
  },
  { header: 'Age, days', width: 8, look: style.headerRight, cell: ({ ageDays }) => count(ageDays) },
  { header: 'Currency', width: 10, cell: ({ currency }) => text(currency) },
  { header: 'Exception', width: 18, cell: ({ id }) => text(id, style.quiet) },
]

export interface QueueSheet {
  readonly title: string
  readonly subtitle: string
  readonly rows: readonly ExceptionRow[]
  readonly timezone: string
  readonly currency: string
  readonly evidence: EvidenceCell
  /** ISO instant from which overdue is seen. */
  readonly generatedAt: string
  /** Sum at risk of the rows on each part, in the currency of the totals or not: what SUBTOTAL gives before anyone filters. */
  readonly sums: readonly number[]
  readonly footer: string
  readonly rowsPerSheet: number
}

/** The sheet a team works in: what is wrong, for how much, until when, and the cells to decide in. */
export function queueTable(sheet: QueueSheet): Table<ExceptionRow> {
  const parts = Math.max(1, Math.ceil(sheet.rows.length / sheet.rowsPerSheet))
  const rowsOn = (part: number): number =>
    part === parts - 1 ? sheet.rows.length - part * sheet.rowsPerSheet : sheet.rowsPerSheet
  return {
    title: sheet.title,
    subtitle: sheet.subtitle,
    columns: queueColumns(sheet.timezone, 'Proposed', sheet.evidence),
    rows: sheet.rows,
    tabColour: colour.accent,
    freezeColumns: 4,
    printColumns: queueColumn.note,
    footer: sheet.footer,
    rowsPerSheet: sheet.rowsPerSheet,
    above: (part) => [
      ...shown(rowsOn(part), sheet.sums[part] ?? 0, sheet.currency),
      { ...instant(sheet.generatedAt, sheet.timezone), style: style.labelInstant },
    ],
    finish: queueRules,
  }
}

/** How many rows a filter leaves, and their money. */
function shown(rows: number, sum: number, currency: string): Cell[] {
  const last = FIRST_ROW + rows - 1
  return [
    formula(`SUBTOTAL(103,A${FIRST_ROW}:A${last})&" shown"`, `${rows} shown`, style.label),
    formula(`ROUND(SUBTOTAL(109,B${FIRST_ROW}:B${last}),2)`, sum, { ...money(currency), border: {} }),
  ]
}

/** Overdue is seen from the instant above the column. */
const NOW = `$C$${HEADER_ROW - 1}`

/** Colours and lists of a sheet with these columns. */
export function queueRules({ first, last }: TablePart): SheetFinish {
  if (last < first) return {}
  const range = (from: number, to = from): string => `${columnLetter(from)}${first}:${columnLetter(to)}${last}`
  const is = (status: string): string => `$A${first}="${status}"`
  const open = `OR(${is('new')},${is('open')},${is('reopened')},${is('proposed')})`
  const status = (name: string, text: string, back: string) => ({
    range: range(queueColumn.status),
    formula: is(name),
    style: { font: { color: { argb: text }, bold: true }, fill: ruleFill(back) },
  })
  return {
    rules: [
      status('new', colour.amber, colour.amberSoft),
      status('open', colour.blue, colour.blueSoft),
      status('reopened', colour.red, colour.redSoft),
      status('proposed', colour.amber, colour.amberSoft),
      status('decided', colour.grey, colour.greySoft),
      status('healed', colour.green, colour.greenSoft),
      {
        range: range(queueColumn.due),
        formula: `AND(${open},$C${first}<>"",$C${first}<${NOW})`,
        style: { font: { color: { argb: colour.red }, bold: true } },
      },
      {
        range: range(queueColumn.atRisk, queueColumn.decision - 1),
        formula: `NOT(${open})`,
        style: { font: { color: { argb: colour.grey } } },
      },
    ],
    lists: [
      {
        range: range(queueColumn.decision),
        formula: decisionListFormula(`$D${first}`),
        prompt: 'Choose what shall happen. Leave it empty to decide later.',
        error: 'Choose one of the decisions in the list; they depend on the code of the row.',
      },
    ],
  }
}
