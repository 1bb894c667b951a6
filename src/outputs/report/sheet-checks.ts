import { add, type DecimalText, decimal, ZERO } from '../../canonical/index.js'
import type { SheetCheck } from './control-sheet.js'
import { queueColumn } from './queue-sheet.js'
import { sumAtRisk } from './queue-views.js'
import type { Rows } from './report-content.js'
import type { QueueView } from './summary-view.js'
import { columnRange, type TablePart } from './table-sheet.js'

/** Passes rows on and counts what went by. */
export class Tally<Row extends { readonly amount: DecimalText; readonly currency: string }> {
  rows = 0
  /** Sum of the rows in the currency of the totals. */
  amount = ZERO
  readonly #source: Rows<Row>
  readonly #currency: string

  constructor(source: Rows<Row>, currency: string) {
    this.#source = source
    this.#currency = currency
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    for await (const row of this.#source) {
      this.rows += 1
      if (row.currency === this.#currency) this.amount = add(this.amount, row.amount)
      yield row
    }
  }
}

/** What was written to the sheets of a table, beside a count and a sum of what they hold. */
export function tallyChecks(
  title: string,
  { rows, amount }: { readonly rows: number; readonly amount: DecimalText },
  parts: readonly TablePart[],
  columns: { readonly filled: number; readonly amount: number; readonly currency: number },
  currency: string,
): SheetCheck[] {
  const counted = parts.map((part) => `COUNTA(${columnRange(part, columns.filled)})`)
  const summed = parts.map(
    (part) => `SUMIFS(${columnRange(part, columns.amount)},${columnRange(part, columns.currency)},"${currency}")`,
  )
  return [
    { name: `Rows on ${title}`, measure: 'count', written: decimal(rows), formula: counted.join('+') },
    { name: `Amount on ${title}`, measure: 'amount', written: amount, formula: `ROUND(${summed.join('+')},2)` },
  ]
}

/** Rows of a queue, and their money: all statuses. */
export function queueChecks({ title, rows, parts }: QueueView, currency: string): SheetCheck[] {
  const amount = sumAtRisk(rows.filter((row) => row.currency === currency))
  const columns = { filled: queueColumn.status, amount: queueColumn.atRisk, currency: queueColumn.currency }
  return parts.length === 0 ? [] : tallyChecks(title, { rows: rows.length, amount }, parts, columns, currency)
}
