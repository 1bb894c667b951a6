import type { DecimalText } from '../../canonical/index.js'
import type { Sheet } from './book.js'
import { blank, type Cell, count, formula, amount as money, text } from './cell.js'
import type { DataBars } from './data-bars.js'
import { excelNumber } from './excel-number.js'
import type { ReportOutcome } from './report-content.js'
import { type CellStyle, money as moneyStyle, style, totalMoney } from './style.js'
import { addFigures, type Figures, nothing } from './summary-figures.js'
import type { FigureFormulas } from './summary-formulas.js'

/** Margin, two labels, open, new, overdue, due today, at risk, bar: widths in characters. */
export const SUMMARY_COLUMNS = [2, 30, 52, 11, 11, 11, 12, 18, 24]

export interface SummaryLine {
  /** What the label says. */
  readonly name: string
  readonly label: Cell
  readonly explanation: string
  readonly figures: Figures
  /** `row` is where the line will stand, `first` where its table begins. */
  formulas(row: number, first: number): FigureFormulas
}

/** A figure as a formula's value; a sum beyond what a double holds is shown as text, as everywhere. */
export const shownNumber = (value: DecimalText): string | number => excelNumber(value) ?? value

/** Where the lines of a table stand, and its total. */
export interface TableRows {
  readonly first: number
  readonly last: number
  readonly total: number
}

/** Writes the Summary downwards and knows which row comes next. */
export class SummaryPage {
  next = 1
  /** Ranges of the last column that are drawn as bars. */
  readonly bars: DataBars[] = []

  constructor(
    readonly sheet: Sheet,
    readonly currency: string,
  ) {}

  async row(cells: readonly Cell[], options?: Parameters<Sheet['row']>[1]): Promise<void> {
    await this.sheet.row(cells, options)
    this.next += 1
  }

  async band(label: string, look: CellStyle, height: number, last: Cell = blank(look)): Promise<void> {
    const between = SUMMARY_COLUMNS.slice(2).map(() => blank(look))
    await this.row([text(label, look), ...between, last], { height })
  }

  async heading(title: string, labels: readonly [string, string], figures: readonly string[]): Promise<void> {
    await this.row([blank({}), text(title, style.section)], { height: 32 })
    const cells = [
      ...labels.map((label) => text(label, style.header)),
      ...figures.map((name) => text(name, style.headerRight)),
    ]
    await this.row([blank({}), ...cells, blank(style.header)], { height: 20 })
  }

  /** Rows that are left to a drawing. */
  async space(rows: number): Promise<void> {
    for (let n = 0; n < rows; n += 1) await this.row([], { height: n === 0 ? 8 : 20 })
  }

  /** A cell that is drawn as a bar of the money beside it. */
  bar(row: number, value: string | number): Cell {
    return formula(
      `IF(ISNUMBER(H${row}),MAX(0,H${row}),0)`,
      typeof value === 'number' ? Math.max(0, value) : 0,
      style.bar,
    )
  }

  drawBars(first: number, last: number): void {
    if (first <= last) this.bars.push({ range: `I${first}:I${last}` })
  }

  /** A table of exceptions with its total. */
  async lines(title: string, labels: readonly [string, string], lines: readonly SummaryLine[]): Promise<TableRows> {
    await this.heading(title, labels, ['Open', 'New', 'Overdue', 'Due today', 'At risk'])
    const [first, last] = [this.next, this.next + lines.length - 1]
    for (const { label, explanation, figures, formulas } of lines) {
      const row = this.next
      const { open, fresh, overdue, dueToday, atRisk } = formulas(row, first)
      const shown = shownNumber(figures.atRisk)
      await this.row([
        blank({}),
        label,
        text(explanation, style.wrapped),
        formula(open, figures.open, style.count),
        formula(fresh, figures.fresh, style.count),
        formula(overdue, figures.overdue, style.count),
        formula(dueToday, figures.dueToday, style.count),
        formula(atRisk, shown, moneyStyle(this.currency)),
        this.bar(row, shown),
      ])
    }
    const sum = lines.reduce((total, { figures }) => addFigures(total, figures), nothing)
    const under = (letter: string): string => (lines.length === 0 ? '0' : `SUM(${letter}${first}:${letter}${last})`)
    await this.row([
      blank({}),
      text('Total', style.totalText),
      blank(style.totalText),
      formula(under('D'), sum.open, style.totalCount),
      formula(under('E'), sum.fresh, style.totalCount),
      formula(under('F'), sum.overdue, style.totalCount),
      formula(under('G'), sum.dueToday, style.totalCount),
      formula(`ROUND(${under('H')},2)`, shownNumber(sum.atRisk), totalMoney(this.currency)),
      blank(style.totalText),
    ])
    this.drawBars(first, last)
    return { first, last, total: last + 1 }
  }

  /** What became of what was compared: counts and money as the run found them. */
  async outcomes(title: string, outcomes: readonly ReportOutcome[]): Promise<void> {
    await this.heading(title, ['Outcome', 'What that means'], ['Number', '', '', '', 'Amount'])
    const [first, last] = [this.next, this.next + outcomes.length - 1]
    for (const { label, explanation, count: number, amount } of outcomes) {
      const row = this.next
      await this.row([
        blank({}),
        text(label, style.code),
        text(explanation, style.wrapped),
        count(number),
        ...[1, 2, 3].map(() => blank()),
        money(amount, this.currency),
        amount === null ? blank(style.bar) : this.bar(row, shownNumber(amount)),
      ])
    }
    this.drawBars(first, last)
  }
}
