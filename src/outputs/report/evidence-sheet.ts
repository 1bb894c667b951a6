import { placeText, type Source, sourceText } from '../../canonical/index.js'
import { safeText } from '../safe-text.js'
import { type Cell, formula, text } from './cell.js'
import type { ExceptionRow } from './report-content.js'
import { quotedSheet, type SheetNames } from './sheet-name.js'
import { style } from './style.js'
import { FIRST_ROW, type Table, type TableColumn } from './table-sheet.js'

const EVIDENCE_SHEET = 'Evidence'

interface EvidenceRow {
  readonly exception: ExceptionRow
  readonly source: Source
}

const columns: readonly TableColumn<EvidenceRow>[] = [
  { header: 'Exception', width: 14, cell: ({ exception }) => text(exception.id, style.code) },
  { header: 'Code', width: 22, cell: ({ exception }) => text(exception.code) },
  { header: 'Invoice', width: 16, cell: ({ exception }) => text(exception.invoice) },
  { header: 'PO', width: 14, cell: ({ exception }) => text(exception.po) },
  { header: 'File', width: 44, cell: ({ source }) => text(source.file) },
  { header: 'Place', width: 28, cell: ({ source }) => text(placeText(source)) },
  { header: 'Field', width: 22, cell: ({ source }) => text(source.field) },
  { header: 'Value', width: 32, cell: ({ source }) => text(source.value, style.wrapped) },
  { header: 'SHA-256 of the file', width: 62, cell: ({ source }) => text(source.sha256, style.quiet) },
]

/** Where the evidence of each row will stand, known before any of it is written. */
export class EvidencePlan {
  readonly #first = new Map<ExceptionRow, number>()
  readonly #sheets: readonly string[]

  /** `rows` in the order in which they are written. */
  constructor(
    readonly rows: readonly ExceptionRow[],
    names: SheetNames,
    private readonly rowsPerSheet: number,
  ) {
    let next = 0
    for (const row of rows) {
      if (row.evidence.length > 0) this.#first.set(row, next)
      next += row.evidence.length
    }
    this.#sheets = Array.from({ length: Math.ceil(next / rowsPerSheet) }, () => names.take(EVIDENCE_SHEET))
  }

  /** What is said of it in the row of the exception, and leads there. */
  linkOf(row: ExceptionRow): Cell {
    const said = row.evidence.map(sourceText).join('; ')
    const at = this.#first.get(row)
    const sheet = at === undefined ? undefined : this.#sheets[Math.floor(at / this.rowsPerSheet)]
    if (at === undefined || sheet === undefined) return text(said, style.quiet)
    const label = shortened(safeText(said))
    const address = `#${quotedSheet(sheet)}!A${FIRST_ROW + (at % this.rowsPerSheet)}`
    return formula(`HYPERLINK(${literal(address)},${literal(label)})`, label, style.quietLink)
  }

  /** Undefined where there is none. */
  table(
    shared: Pick<Table<EvidenceRow>, 'footer'>,
  ): { table: Table<EvidenceRow>; nameOf: (part: number) => string } | undefined {
    if (this.#sheets.length === 0) return undefined
    const { rows } = this
    function* each(): Generator<EvidenceRow> {
      for (const exception of rows) for (const source of exception.evidence) yield { exception, source }
    }
    return {
      table: {
        ...shared,
        title: EVIDENCE_SHEET,
        subtitle:
          'Where each value stands that an exception was raised on. The archive keeps the bytes of each file under its hash.',
        columns,
        rows: each(),
        freezeColumns: 1,
        printColumns: 8,
        rowsPerSheet: this.rowsPerSheet,
      },
      nameOf: (part) => this.#sheets[part] ?? '',
    }
  }
}

/** A text in a formula holds 255 characters at the most. */
const LITERAL = 250
const shortened = (words: string): string => {
  const oneLine = words.replaceAll(/\s+/g, ' ')
  return oneLine.length <= LITERAL ? oneLine : `${oneLine.slice(0, LITERAL - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

const literal = (words: string): string => `"${words.replaceAll('"', '""')}"`
