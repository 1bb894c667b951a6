import { add, type DecimalText, ZERO } from '../../canonical/index.js'
import type { Book } from './book.js'
import { amount, blank, type Cell, count, formula, instant, text } from './cell.js'
import { isOpen } from './exception-order.js'
import { queueColumn } from './queue-sheet.js'
import type { ReportContent } from './report-content.js'
import { colour, style, tileMoney } from './style.js'
import type { Viewpoint } from './summary-figures.js'
import { formulasOfParts } from './summary-formulas.js'
import { SUMMARY_COLUMNS, SummaryPage, shownNumber } from './summary-page.js'
import { type QueueView, SummaryView } from './summary-view.js'
import { columnRange } from './table-sheet.js'

export const SUMMARY_SHEET = 'Summary'
const NOW = '$I$2'
const OVERDUE_TILE = 'D5'
const BELOW_TILES = 6

/** The first page: what needs whom, for how much. Every figure of exceptions is a formula over the queue sheets, with its exact value. */
export async function writeSummary(
  book: Book,
  content: ReportContent,
  queues: readonly QueueView[],
  from: Viewpoint,
  footer: string,
): Promise<void> {
  const sheet = book.sheet(SUMMARY_SHEET, {
    columns: SUMMARY_COLUMNS.map((width) => ({ width })),
    freeze: { rows: 2, columns: 0 },
    tabColour: colour.navy,
    footer,
  })
  const page = new SummaryPage(sheet, content.currency)
  const view = new SummaryView(queues, from, { now: NOW, currency: content.currency })
  await page.band(`${content.organisation} — ${content.jobTitle}`, style.title, 30)
  const day = `Business day ${content.asOf}   ·   run ${content.runId}   ·   times in ${content.timezone}`
  const generated = { ...instant(content.generatedAt, content.timezone), style: style.bandInstant }
  await page.band(day, style.subtitle, 20, generated)
  await tiles(page, content, view)
  await page.lines('By queue', ['Queue', 'Owner'], view.queueLines())
  await page.outcomes(content.invoices === undefined ? 'Tonight’s outcome' : 'Tonight’s invoices', content.outcomes)
  await page.lines('By exception code', ['Code', 'Raised when'], view.codeLines())
  await page.lines('By supplier', ['Supplier', 'Name'], view.supplierLines())
  await page.lines('By facility', ['Facility', ''], view.facilityLines())
  await otherCurrencies(page, view)
  await loads(page, content)
  const last = page.next - 1
  const alarm = { font: { color: { argb: colour.red }, bold: true } }
  sheet.close({
    printArea: `A$1:I$${last}`,
    rules: [
      {
        range: `F${BELOW_TILES}:F${last}`,
        formula: `AND(ISNUMBER($F${BELOW_TILES}),$F${BELOW_TILES}>0)`,
        style: alarm,
      },
      { range: OVERDUE_TILE, formula: `${OVERDUE_TILE}>0`, style: alarm },
    ],
  })
}

async function tiles(
  page: SummaryPage,
  { currency, invoices, outcomes, loads }: ReportContent,
  view: SummaryView,
): Promise<void> {
  const figures = view.total()
  const formulas = formulasOfParts(view.parts, view.viewing)
  const sent = loads.reduce((sum, load) => sum + (invoices === undefined ? load.lines : load.invoices), 0)
  const label = (words: string): Cell => (words === '' ? empty : text(words, style.tileLabel))
  const empty = blank(style.tileEmpty)
  const figure = (expression: string, value: number): Cell => formula(expression, value, style.tileFigure)
  const merge = [
    [4, 5],
    [6, 7],
    [8, 9],
  ] as const
  await page.row([], { height: 10 })
  const labels = [
    'Money at risk',
    'Exceptions to decide',
    'Overdue',
    '',
    'Due today',
    '',
    invoices === undefined ? `To the ERP: ${sent} rows` : `To the ERP: ${sent} of ${outcomes[0]?.count ?? 0} invoices`,
    '',
  ]
  await page.row([blank({}), ...labels.map(label)], { height: 20, merge })
  const loaded = loads.reduce<DecimalText>((sum, load) => add(sum, load.amount), ZERO)
  await page.row(
    [
      blank({}),
      formula(formulas.atRisk, shownNumber(figures.atRisk), tileMoney(currency)),
      figure(formulas.open, figures.open),
      figure(formulas.overdue, figures.overdue),
      empty,
      figure(formulas.dueToday, figures.dueToday),
      empty,
      { ...amount(loaded, currency), style: tileMoney(currency) },
      empty,
    ],
    { height: 34, merge },
  )
}

/** Money in other currencies is never added to the totals; it stands here. */
async function otherCurrencies(page: SummaryPage, view: SummaryView): Promise<void> {
  const others = new Map<string, { open: number; atRisk: DecimalText }>()
  for (const row of view.rows) {
    if (!isOpen(row) || row.currency === page.currency) continue
    const { open, atRisk } = others.get(row.currency) ?? { open: 0, atRisk: ZERO }
    others.set(row.currency, { open: open + 1, atRisk: add(atRisk, row.amountAtRisk) })
  }
  if (others.size === 0) return
  await page.heading('Other currencies, not in the totals', ['Currency', ''], ['Open', '', '', '', 'At risk'])
  for (const [currency, { open, atRisk }] of [...others].sort(([a], [b]) => a.localeCompare(b))) {
    const sums = view.parts.map((part) => {
      const [risk, status, held] = [queueColumn.atRisk, queueColumn.status, queueColumn.currency].map((column) =>
        columnRange(part, column),
      )
      return `SUMPRODUCT(SUMIFS(${risk},${status},{"new","open","reopened","proposed"},${held},$B${page.next}))`
    })
    await page.row([
      blank({}),
      text(currency, style.code),
      blank(),
      count(open),
      ...[1, 2, 3].map(() => blank()),
      formula(`ROUND(${sums.join('+')},2)`, shownNumber(atRisk), amount(atRisk, currency).style),
      blank(),
    ])
  }
}

async function loads(page: SummaryPage, content: ReportContent): Promise<void> {
  const ofInvoices = content.invoices !== undefined
  await page.heading(
    'Loads to the ERP',
    ['File', 'Status'],
    ofInvoices ? ['Invoices', 'Lines', '', '', 'Amount'] : ['', 'Rows', '', '', 'Amount'],
  )
  for (const load of content.loads) {
    await page.row([
      blank({}),
      text(load.name, { ...style.code, alignment: { vertical: 'top', wrapText: true } }),
      text(load.status, style.wrapped),
      ofInvoices ? count(load.invoices) : blank(),
      count(load.lines),
      ...[1, 2].map(() => blank()),
      amount(load.amount, content.currency),
      blank(),
    ])
  }
  if (content.loads.length === 0) await page.row([blank({}), text('Nothing was sent tonight.', style.quiet)])
}
