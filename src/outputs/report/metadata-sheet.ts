import type { Book } from './book.js'
import { text } from './cell.js'
import { queueColumn } from './queue-sheet.js'
import type { ReportContent } from './report-content.js'
import { columnLetter } from './sheet-name.js'
import { HEADER_ROW, type TablePart } from './table-sheet.js'

export const METADATA_SHEET = 'Matchbook'
export const WORKBOOK_FORMAT = '1'

/** Hidden: what the workbook is of, and where on which sheet decisions stand, for whoever reads it back. */
export async function writeMetadata(
  book: Book,
  content: ReportContent,
  parts: readonly TablePart[],
  footer: string,
): Promise<void> {
  const sheet = book.sheet(METADATA_SHEET, { hidden: true, columns: [{ width: 20 }, { width: 60 }], footer })
  const letters = (['token', 'code', 'decision', 'assignee', 'note'] as const).map(
    (name) => `${name}=${columnLetter(queueColumn[name])}`,
  )
  const facts: readonly (readonly [string, string])[] = [
    ['format', WORKBOOK_FORMAT],
    ['organisation', content.organisation],
    ['job', content.jobTitle],
    ['run', content.runId],
    ['as-of', content.asOf],
    ['generated-at', content.generatedAt],
    ['timezone', content.timezone],
    ['header-row', String(HEADER_ROW)],
    ['columns', letters.join(' ')],
    ...parts.map(({ sheet }): [string, string] => ['queue-sheet', sheet]),
  ]
  for (const [name, value] of facts) await sheet.row([text(name), text(value)])
  sheet.close()
}
