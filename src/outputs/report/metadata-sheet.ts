import type { Book } from './book.js'
import { text } from './cell.js'
import type { ReportContent } from './report-content.js'
import { HEADER_ROW, type TablePart } from './table-sheet.js'

export const METADATA_SHEET = 'Matchbook'
export const WORKBOOK_FORMAT = '2'

/** Hidden: what the workbook is of, and which sheets hold decisions, for whoever reads it back. */
export async function writeMetadata(
  book: Book,
  content: Pick<ReportContent, 'organisation' | 'jobTitle' | 'runId' | 'asOf' | 'generatedAt' | 'timezone'>,
  parts: readonly TablePart[],
  footer: string,
): Promise<void> {
  const sheet = book.sheet(METADATA_SHEET, { hidden: true, columns: [{ width: 20 }, { width: 60 }], footer })
  const facts: readonly (readonly [string, string])[] = [
    ['format', WORKBOOK_FORMAT],
    ['organisation', content.organisation],
    ['job', content.jobTitle],
    ['run', content.runId],
    ['as-of', content.asOf],
    ['generated-at', content.generatedAt],
    ['timezone', content.timezone],
    ['header-row', String(HEADER_ROW)],
    ...parts.map(({ sheet }): [string, string] => ['queue-sheet', sheet]),
  ]
  for (const [name, value] of facts) await sheet.row([text(name), text(value)])
  sheet.close()
}
