import { add, compare, compareText, type DecimalText, subtract, ZERO } from '../../canonical/index.js'
import type { Book } from './book.js'
import { amount, blank, type Cell, count, formula, instant, text } from './cell.js'
import type { Chart } from './chart.js'
import type { Drawn } from './drawn-parts.js'
import { isOpen } from './exception-order.js'
import { groupedCount, groupedMoney } from './grouped.js'
import { queueColumn } from './queue-sheet.js'
import type { ReportContent, TrendNight } from './report-content.js'
import { quotedSheet } from './sheet-name.js'
import { colour, style, tileMoney } from './style.js'
import type { Viewpoint } from './summary-figures.js'
import { formulasOfParts } from './summary-formulas.js'
import { SUMMARY_COLUMNS, type SummaryLine, SummaryPage, shownNumber, type TableRows } from './summary-page.js'
import { type QueueView, SummaryView } from './summary-view.js'
import { columnRange } from './table-sheet.js'

export const SUMMARY_SHEET = 'Summary'
const NOW = '$I$2'
const OVERDUE_TILE = 'D5'
const BELOW_TILES = 6

/** Rows of the charts below the tiles. */
const CHART_ROWS = 13

/** Charts are drawn over so many queues and nights at most: more would not be read. */
const [CHARTED_QUEUES, CHARTED_NIGHTS] = [12, 14]

/** The first page: what needs whom, for how much. Every figure of exceptions is a formula over the queue sheets, with its exact value. */
export async function writeSummary(
  book: Book,
  content: ReportContent,
  queues: readonly QueueView[],
  from: Viewpoint,
  footer: string,
): Promise<Drawn> {
  const sheet = book.sheet(SUMMARY_SHEET, {
    columns: SUMMARY_COLUMNS.map((width) => ({ width })),
    freeze: { rows: 2, columns: 0 },
    tabColour: colour.navy,
    footer,
  })
  const page = new SummaryPage(sheet, content.currency)
  const view = new SummaryView(queues, from, { now: NOW, currency: content.currency })
  const whose = content.part === undefined ? '' : `, ${content.part.name}`
  await page.band(`${content.organisation} — ${content.jobTitle}${whose}`, style.title, 30)
  const day = `Business day ${content.asOf}   ·   run ${content.runId}   ·   times in ${content.timezone}`
  const generated = { ...instant(content.generatedAt, content.timezone), style: style.bandInstant }
  await page.band(day, style.subtitle, 20, generated)
  await tiles(page, content, view)
  const drawing = page.next
  const hasCharts = queues.some(({ rows }) => rows.some(isOpen))
  if (hasCharts) await page.space(CHART_ROWS + 2)
  const queueLines = view.queueLines()
  const byQueue = await page.lines('By queue', ['Queue', 'Owner'], queueLines)
  const nights = await trend(page, content, view, byQueue)
  if (content.outcomes.length > 0)
    await page.outcomes(content.invoices === undefined ? 'Tonight’s outcome' : 'Tonight’s invoices', content.outcomes)
  await page.lines('By exception code', ['Code', 'Raised when'], view.codeLines())
  await page.lines('By age', ['First seen', ''], view.ageLines())
  await page.lines('By supplier', ['Supplier', 'Vendor numbers'], view.supplierLines())
  await page.lines('By facility', ['Facility', ''], view.facilityLines())
  await otherCurrencies(page, view)
  if (content.part === undefined) await loads(page, content)
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
  const charts = hasCharts
    ? [...queueChart(queueLines, byQueue, drawing, content), ...nightChart(nights, drawing, content)]
    : []
  return { charts, bars: page.bars }
}

interface Nights {
  readonly rows: { readonly first: number; readonly last: number }
  readonly days: readonly string[]
  readonly atRisk: readonly (string | number)[]
}

/** The last nights under each other, tonight last and live; nothing in the first night. */
async function trend(
  page: SummaryPage,
  { nights, healed, asOf, currency }: ReportContent,
  view: SummaryView,
  byQueue: TableRows,
): Promise<Nights | undefined> {
  const before = nights.slice(-CHARTED_NIGHTS)
  if (before.length === 0) return undefined
  await page.heading(
    'Night by night',
    ['Business day', 'Against the night before'],
    ['Open', 'New', '', 'Gone', 'At risk'],
  )
  const first = page.next
  const number = (value: number | null): Cell => (value === null ? blank() : count(value))
  const change = (row: number): string =>
    `TEXT(D${row}-D${row - 1},"+#,##0;-#,##0;0")&" open, "&TEXT(H${row}-H${row - 1},"+#,##0.00;-#,##0.00;0.00")&" at risk"`
  const shown = before.map(({ atRisk }) => shownNumber(atRisk))
  const { open, fresh, atRisk } = view.total()
  for (const [n, night] of before.entries()) {
    const [row, earlier] = [page.next, before[n - 1]]
    await page.row([
      blank({}),
      text(night.day, style.code),
      earlier === undefined ? blank() : formula(change(row), changeWords(earlier, night), style.text),
      count(night.open),
      number(night.fresh),
      blank(),
      number(night.healed),
      amount(night.atRisk, currency),
      page.bar(row, shown[n] ?? 0),
    ])
  }
  const row = page.next
  const last = before.at(-1)
  await page.row([
    blank({}),
    text(`${asOf}, tonight`, style.code),
    last === undefined ? blank() : formula(change(row), changeWords(last, { open, atRisk }), style.text),
    formula(`D${byQueue.total}`, open, style.count),
    formula(`E${byQueue.total}`, fresh, style.count),
    blank(),
    number(healed),
    formula(`H${byQueue.total}`, shownNumber(atRisk), amount(atRisk, currency).style),
    page.bar(row, shownNumber(atRisk)),
  ])
  page.drawBars(first, row)
  return {
    rows: { first, last: row },
    days: [...before.map(({ day }) => day), `${asOf}, tonight`],
    atRisk: [...shown, shownNumber(atRisk)],
  }
}

type Night = Pick<TrendNight, 'open' | 'atRisk'>

function changeWords(before: Night, after: Night): string {
  const open = after.open - before.open
  const money = subtract(after.atRisk, before.atRisk)
  const sign = (isAbove: boolean): string => (isAbove ? '+' : '')
  const words = `${sign(compare(money, ZERO) > 0)}${groupedMoney(money)}`
  return `${sign(open > 0)}${groupedCount(open)} open, ${words} at risk`
}

const onSummary = (column: string, { first, last }: { readonly first: number; readonly last: number }): string =>
  `${quotedSheet(SUMMARY_SHEET)}!$${column}$${first}:$${column}$${last}`

/** Column numbers are 0-based, as drawings count; B and C lie left of the figures. */
const [LEFT, MIDDLE, RIGHT] = [1, 3, 9]

function queueChart(lines: readonly SummaryLine[], rows: TableRows, row: number, { currency }: ReportContent): Chart[] {
  const shown = lines.slice(0, CHARTED_QUEUES)
  const range = { first: rows.first, last: rows.first + shown.length - 1 }
  return [
    {
      kind: 'bars',
      title: `Money at risk by queue, ${currency}`,
      description:
        'Bars: money at risk of the unsettled exceptions of each queue; the same figures stand in the table By queue.',
      place: { from: [LEFT, row], to: [MIDDLE, row + CHART_ROWS] },
      names: { range: onSummary('B', range), now: shown.map(({ name }) => name) },
      values: {
        range: onSummary('H', range),
        now: shown.map(({ figures }) => numberOrNull(shownNumber(figures.atRisk))),
        format: '#,##0',
      },
    },
  ]
}

function nightChart(nights: Nights | undefined, row: number, { currency }: ReportContent): Chart[] {
  if (nights === undefined) return []
  return [
    {
      kind: 'line',
      title: `Money at risk, night by night, ${currency}`,
      description:
        'A line: money at risk at the end of each night; the same figures stand in the table Night by night.',
      place: { from: [MIDDLE, row], to: [RIGHT, row + CHART_ROWS] },
      names: { range: onSummary('B', nights.rows), now: nights.days },
      values: { range: onSummary('H', nights.rows), now: nights.atRisk.map(numberOrNull), format: '#,##0' },
    },
  ]
}

const numberOrNull = (value: string | number): number | null => (typeof value === 'number' ? value : null)

async function tiles(
  page: SummaryPage,
  { currency, invoices, outcomes, loads, part, clusters }: ReportContent,
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
    part !== undefined
      ? 'Causes behind several'
      : invoices === undefined
        ? `To the ERP: ${sent} rows`
        : `To the ERP: ${sent} of ${outcomes[0]?.count ?? 0} invoices`,
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
      part === undefined
        ? { ...amount(loaded, currency), style: tileMoney(currency) }
        : count(clusters.length, style.tileFigure),
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
  for (const [currency, { open, atRisk }] of [...others].sort(([a], [b]) => compareText(a, b))) {
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

const wrappedCode = { ...style.code, alignment: style.wrapped.alignment }

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
      text(load.name, wrappedCode),
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
