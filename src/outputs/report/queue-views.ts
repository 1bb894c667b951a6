import { type DecimalText, sumOf } from '../../canonical/index.js'
import type { Book } from './book.js'
import type { EvidencePlan } from './evidence-sheet.js'
import { excelNumber } from './excel-number.js'
import { byQueue, isOpen } from './exception-order.js'
import { groupedCount, groupedMoney } from './grouped.js'
import { queueTable } from './queue-sheet.js'
import type { ExceptionRow, ReportContent } from './report-content.js'
import { type SheetNames, titleOf } from './sheet-name.js'
import type { QueueView } from './summary-view.js'
import { FIRST_ROW, type TablePart, writeTable } from './table-sheet.js'

/** The queues in the workspace's order, then any other that has rows; with the sheets their rows will stand on. */
export async function queueViews(
  content: ReportContent,
  names: SheetNames,
  rowsPerSheet: number,
): Promise<QueueView[]> {
  const rows = await byQueue(content.exceptions)
  const owners = new Map(content.queues.map(({ name, owner }) => [name, owner]))
  return [...new Set([...owners.keys(), ...rows.keys()])].map((name) => {
    const own = rows.get(name) ?? []
    const title = titleOf(name)
    return { title, owner: owners.get(name) ?? '', rows: own, parts: partsFor(title, own.length, names, rowsPerSheet) }
  })
}

function partsFor(title: string, rows: number, names: SheetNames, rowsPerSheet: number): TablePart[] {
  return Array.from({ length: Math.ceil(rows / rowsPerSheet) }, (_, part) => ({
    sheet: names.take(title),
    first: FIRST_ROW,
    last: FIRST_ROW + Math.min(rowsPerSheet, rows - part * rowsPerSheet) - 1,
  }))
}

/** One team's sheet. */
export async function writeQueue(
  book: Book,
  content: ReportContent,
  { title, owner, rows, parts }: QueueView,
  evidence: EvidencePlan,
  rowsPerSheet: number,
  footer: string,
): Promise<void> {
  const { currency, timezone, generatedAt } = content
  const open = rows.filter(isOpen)
  const risk = sumAtRisk(open.filter((row) => row.currency === currency))
  const table = queueTable({
    title,
    subtitle: `${groupedCount(open.length)} to decide   ·   ${currency} ${groupedMoney(risk)} at risk   ·   ${owner === '' ? 'no owner' : `owner ${owner}`}`,
    rows,
    evidence: (row) => evidence.linkOf(row),
    timezone,
    currency,
    generatedAt,
    sums: parts.map((_, part) => shownSum(rows.slice(part * rowsPerSheet, (part + 1) * rowsPerSheet))),
    footer,
    rowsPerSheet,
  })
  await writeTable(book, table, (part) => parts[part]?.sheet ?? '')
}

export const sumAtRisk = (rows: readonly ExceptionRow[]): DecimalText =>
  sumOf(rows.map(({ amountAtRisk }) => amountAtRisk))

/** As SUBTOTAL sees the column: what is text, because a double cannot hold it, is passed over. */
const shownSum = (rows: readonly ExceptionRow[]): number =>
  excelNumber(sumAtRisk(rows.filter(({ amountAtRisk }) => excelNumber(amountAtRisk) !== undefined))) ?? 0
