import { add, compare, type DecimalText, ZERO } from '../../canonical/index.js'
import { catalogue } from '../../exceptions/index.js'
import type { Book } from './book.js'
import { amount, blank, type Cell, count, formula, instant, text } from './cell.js'
import { isOpen } from './exception-order.js'
import { queueColumn } from './queue-sheet.js'
import type { ExceptionRow, ReportContent } from './report-content.js'
import { quotedSheet } from './sheet-name.js'
import { colour, style, tileMoney } from './style.js'
import { addFigures, type Figures, figuresBy, figuresOf, nothing, type Viewpoint } from './summary-figures.js'
import { formulasOfParts, formulasOfText, type Viewing } from './summary-formulas.js'
import { SUMMARY_COLUMNS, type SummaryLine, SummaryPage, shownNumber } from './summary-page.js'
import { columnRange, type TablePart } from './table-sheet.js'

/** A queue as the Summary sees it: its rows, and the sheets they are about to be written to. */
export interface QueueView {
  readonly title: string
  readonly owner: string
  readonly rows: readonly ExceptionRow[]
  readonly parts: readonly TablePart[]
}

export const SUMMARY_SHEET = 'Summary'
const NOW = '$I$2'
const OVERDUE_TILE = 'D5'
const BELOW_TILES = 6
/** Suppliers and facilities shown by name; the rest is one line. */
const BY_NAME = 20

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
  await page.outcomes('Tonight’s invoices', content.invoices)
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

/** The exceptions from each side they are looked at from. */
class SummaryView {
  readonly rows: readonly ExceptionRow[]
  readonly parts: readonly TablePart[]
  readonly figures: ReadonlyMap<ExceptionRow, Figures>

  constructor(
    readonly queues: readonly QueueView[],
    from: Viewpoint,
    readonly viewing: Viewing,
  ) {
    this.rows = queues.flatMap(({ rows }) => rows)
    this.parts = queues.flatMap(({ parts }) => parts)
    this.figures = new Map(this.rows.map((row) => [row, figuresOf(row, from)]))
  }

  total(rows: readonly ExceptionRow[] = this.rows): Figures {
    return figuresBy(rows, () => '', this.figures).get('') ?? nothing
  }

  queueLines(): SummaryLine[] {
    return this.queues.map(({ title, owner, rows, parts }) => ({
      label: linkTo(title, parts[0]),
      explanation: owner,
      figures: this.total(rows),
      formulas: () => formulasOfParts(parts, this.viewing),
    }))
  }

  codeLines(): SummaryLine[] {
    return mostMoneyFirst(figuresBy(this.rows, ({ code }) => code, this.figures)).map(([code, figures]) => ({
      label: text(code, style.code),
      explanation: catalogue[code].raisedWhen,
      figures,
      formulas: (row) =>
        formulasOfParts(
          this.partsWith((candidate) => candidate.code === code),
          this.viewing,
          `$B${row}`,
        ),
    }))
  }

  supplierLines(): SummaryLine[] {
    const names = new Map(this.rows.map(({ supplier, supplierName }) => [supplier ?? '', supplierName ?? '']))
    const nameOf = (supplier: string): string => names.get(supplier) ?? ''
    return this.textLines(queueColumn.supplier, ({ supplier }) => supplier ?? '', '(no supplier)', nameOf)
  }

  facilityLines(): SummaryLine[] {
    return this.textLines(
      queueColumn.facility,
      ({ facility }) => facility ?? '',
      '(no facility)',
      () => '',
    )
  }

  private textLines(
    column: number,
    keyOf: (row: ExceptionRow) => string,
    none: string,
    explain: (key: string) => string,
  ): SummaryLine[] {
    const groups = mostMoneyFirst(figuresBy(this.rows, keyOf, this.figures))
    const named = groups.slice(0, BY_NAME).map(
      ([key, figures]): SummaryLine => ({
        label: text(key === '' ? none : key, style.code),
        explanation: explain(key),
        figures,
        formulas: (row) =>
          formulasOfText(
            this.partsWith((candidate) => keyOf(candidate) === key),
            this.viewing,
            column,
            key === '' ? '""' : `$B${row}`,
          ),
      }),
    )
    const rest = groups.slice(BY_NAME)
    return rest.length === 0 ? named : [...named, this.others(rest.map(([, figures]) => figures))]
  }

  /** Everything, less the lines above. */
  private others(groups: readonly Figures[]): SummaryLine {
    const whole = formulasOfParts(this.parts, this.viewing)
    return {
      label: text(`${groups.length} more`, style.quiet),
      explanation: '',
      figures: groups.reduce(addFigures, nothing),
      formulas: (row, first) => {
        const less = (total: string, letter: string): string => `${total}-SUM(${letter}${first}:${letter}${row - 1})`
        return {
          open: less(whole.open, 'D'),
          fresh: less(whole.fresh, 'E'),
          overdue: less(whole.overdue, 'F'),
          dueToday: less(whole.dueToday, 'G'),
          atRisk: `ROUND(${less(whole.atRisk, 'H')},2)`,
        }
      },
    }
  }

  /** Sheets of the queues that hold such a row: no formula looks where nothing can be. */
  private partsWith(holds: (row: ExceptionRow) => boolean): readonly TablePart[] {
    return this.queues.filter(({ rows }) => rows.some((row) => isOpen(row) && holds(row))).flatMap(({ parts }) => parts)
  }
}

function mostMoneyFirst<Key extends string>(groups: ReadonlyMap<Key, Figures>): [Key, Figures][] {
  return [...groups].sort(([a, x], [b, y]) => compare(y.atRisk, x.atRisk) || y.open - x.open || a.localeCompare(b))
}

function linkTo(title: string, part: TablePart | undefined): Cell {
  if (part === undefined) return text(title, style.code)
  const address = `#${quotedSheet(part.sheet)}!A1`
  return formula(`HYPERLINK("${address.replaceAll('"', '""')}","${title.replaceAll('"', '""')}")`, title, style.link)
}

async function tiles(
  page: SummaryPage,
  { currency, invoices, loads }: ReportContent,
  view: SummaryView,
): Promise<void> {
  const figures = view.total()
  const formulas = formulasOfParts(view.parts, view.viewing)
  const sent = loads.reduce((sum, load) => sum + load.invoices, 0)
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
    `To the ERP: ${sent} of ${invoices[0]?.count ?? 0} invoices`,
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
      return `SUMPRODUCT(SUMIFS(${risk},${status},{"new","open","reopened"},${held},$B${page.next}))`
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
  await page.heading('Loads to the ERP', ['File', 'Status'], ['Invoices', 'Lines', '', '', 'Amount'])
  for (const load of content.loads) {
    await page.row([
      blank({}),
      text(load.name, { ...style.code, alignment: { vertical: 'top', wrapText: true } }),
      text(load.status, style.wrapped),
      count(load.invoices),
      count(load.lines),
      ...[1, 2].map(() => blank()),
      amount(load.amount, content.currency),
      blank(),
    ])
  }
  if (content.loads.length === 0) await page.row([blank({}), text('Nothing was sent tonight.', style.quiet)])
}
