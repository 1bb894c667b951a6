import type { ExceptionCode } from '../../canonical/index.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { count, instant, text } from './cell.js'
import { writeDecisionLists } from './decision-lists.js'
import { openBook } from './exceljs-book.js'
import { writeMetadata } from './metadata-sheet.js'
import { queueColumn, queueColumns, queueRules } from './queue-sheet.js'
import type { ExceptionRow, Rows } from './report-content.js'
import { colour, style } from './style.js'
import { ROWS_PER_SHEET, type TableColumn, writeTable } from './table-sheet.js'

/** A row or sheet of the workbook that nothing can be decided by as it is. */
export interface NotTaken {
  readonly sheet: string
  /** Null: the whole sheet. */
  readonly row: number | null
  readonly subject: string
  readonly decision: string
  readonly note: string
  readonly said: string
}

export interface ReturnedContent {
  readonly organisation: string
  /** Name of the workbook that came. */
  readonly name: string
  /** ISO instant. */
  readonly takenAt: string
  readonly timezone: string
  /** In words: 12 decided, 3 refused. */
  readonly summary: string
  /** Exceptions as they stand now, each with what became of its row; refused ones with what was filled in. */
  readonly rows: Rows<ExceptionRow>
  readonly codes: readonly ExceptionCode[]
  readonly notTaken: readonly NotTaken[]
}

/** Where the summary of a returned copy is long the name of its first sheet is not. */
const [RETURNED_SHEET, NOT_TAKEN_SHEET] = ['Returned', 'Not taken']

/**
 * The workbook that goes back to whoever sent one: each row that was filled in with its result. It can be mended and sent again, for
 * its rows speak of the exceptions as they are now.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export function writeReturnedCopy(file: string, content: ReturnedContent): Promise<PlacedFile> {
  const { organisation, name, takenAt, timezone, summary } = content
  const footer = `${organisation} · ${name} · ${summary}`
  return placeFile(file, async (temporary) => {
    const book = await openBook(temporary, { title: `${name}, taken in`, created: new Date(takenAt) })
    const parts = await writeTable(
      book,
      {
        title: `What became of ${name}`,
        subtitle: summary,
        columns: queueColumns(timezone, 'Result'),
        rows: content.rows,
        tabColour: colour.accent,
        freezeColumns: 4,
        printColumns: queueColumn.ruleUntil + 1,
        footer,
        rowsPerSheet: ROWS_PER_SHEET,
        above: () => [
          text('taken in', style.label),
          text(''),
          { ...instant(takenAt, timezone), style: style.labelInstant },
        ],
        finish: queueRules,
      },
      (part) => (part === 0 ? RETURNED_SHEET : `${RETURNED_SHEET} (${part + 1})`),
    )
    await writeTable(
      book,
      {
        title: NOT_TAKEN_SHEET,
        subtitle: 'Rows and sheets that nothing can be decided by as they are; mend them in the workbook of tonight.',
        columns: notTakenColumns,
        rows: content.notTaken,
        freezeColumns: 2,
        footer,
        rowsPerSheet: ROWS_PER_SHEET,
      },
      () => NOT_TAKEN_SHEET,
    )
    await writeDecisionLists(book, content.codes, footer)
    await writeMetadata(
      book,
      { organisation, jobTitle: name, runId: 'returned', asOf: takenAt.slice(0, 10), generatedAt: takenAt, timezone },
      parts,
      footer,
    )
    await book.close()
  })
}

const notTakenColumns: readonly TableColumn<NotTaken>[] = [
  { header: 'Sheet', width: 22, cell: ({ sheet }) => text(sheet) },
  { header: 'Row', width: 8, look: style.headerRight, cell: ({ row }) => (row === null ? text('all') : count(row)) },
  { header: 'About', width: 20, cell: ({ subject }) => text(subject, style.code) },
  { header: 'What was decided', width: 20, cell: ({ decision }) => text(decision) },
  { header: 'What was noted', width: 34, cell: ({ note }) => text(note, style.wrapped) },
  { header: 'Why it was not taken', width: 90, cell: ({ said }) => text(said, style.wrapped) },
]
