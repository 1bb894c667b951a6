import type { HeldInvoice } from '../load/hold-list.js'
import type { Book } from './book.js'
import type { SheetCheck } from './control-sheet.js'
import { heldColumn, heldColumns, heldRules, matchedColumn, matchedColumns } from './detail-sheets.js'
import type { MatchedRow, ReportContent } from './report-content.js'
import { Tally, tallyChecks } from './sheet-checks.js'
import { type Table, writeTable } from './table-sheet.js'

export const MATCHED_SHEET = 'Matched'
export const HELD_SHEET = 'Held and waiting'

type Shared = Pick<Table<never>, 'footer' | 'rowsPerSheet' | 'subtitle'>

/** The sheets of a three-way match: lines that agree, invoices that are held or wait. Gives back what they must add up to. */
export async function writeInvoices(
  book: Book,
  invoices: NonNullable<ReportContent['invoices']>,
  shared: Shared,
  partNames: (name: string) => (part: number) => string,
  currency: string,
): Promise<SheetCheck[]> {
  const matched = new Tally<MatchedRow>(invoices.matched, currency)
  const matchedTable = {
    ...shared,
    title: MATCHED_SHEET,
    columns: matchedColumns,
    rows: matched,
    freezeColumns: 1,
    printColumns: matchedColumn.printed,
  }
  const matchedParts = await writeTable(book, matchedTable, partNames(MATCHED_SHEET))

  const held = new Tally<HeldInvoice>(invoices.held, currency)
  const heldTable = {
    ...shared,
    title: HELD_SHEET,
    columns: heldColumns,
    rows: held,
    freezeColumns: 2,
    finish: heldRules,
  }
  const heldParts = await writeTable(book, heldTable, partNames(HELD_SHEET))
  return [
    ...tallyChecks(MATCHED_SHEET, matched, matchedParts, matchedColumn, currency),
    ...tallyChecks(HELD_SHEET, held, heldParts, heldColumn, currency),
  ]
}
