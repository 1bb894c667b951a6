import type { ExceptionCode } from '../../canonical/index.js'
import { type CatalogueEntry, catalogue } from '../../exceptions/index.js'
import type { Book } from './book.js'
import { blank, count, text } from './cell.js'

export const LISTS_SHEET = 'Lists'

export const decisionsOf = (code: ExceptionCode): readonly string[] => {
  const entry: CatalogueEntry = catalogue[code]
  return entry.decisions
}

/** Hidden: one row a code, its name, how many decisions it has, and the decisions. */
export async function writeDecisionLists(book: Book, codes: readonly ExceptionCode[], footer: string): Promise<void> {
  const width = Math.max(1, ...codes.map((code) => decisionsOf(code).length))
  const columns = Array.from({ length: width + 2 }, () => ({ width: 22 }))
  const sheet = book.sheet(LISTS_SHEET, { hidden: true, columns, footer })
  await sheet.row([text('code'), text('decisions'), text('allowed')])
  for (const code of codes) {
    const decisions = decisionsOf(code)
    await sheet.row([text(code), count(decisions.length), ...decisions.map((decision) => text(decision)), blank()])
  }
  sheet.close()
  book.define('decision_start', `${LISTS_SHEET}!$C$1`)
  book.define('decision_codes', `${LISTS_SHEET}!$A$1:$A$${codes.length + 1}`)
  book.define('decision_counts', `${LISTS_SHEET}!$B$1:$B$${codes.length + 1}`)
}

/**
 * The list a Decision cell offers, found by the code in its own row, so that it stays right when people sort the sheet
 * (a validation does not move with a sorted row). A code without decisions offers one empty cell.
 */
export function decisionListFormula(codeCell: string): string {
  const row = `MATCH(${codeCell},decision_codes,0)`
  return `OFFSET(decision_start,${row}-1,0,1,MAX(1,INDEX(decision_counts,${row})))`
}
