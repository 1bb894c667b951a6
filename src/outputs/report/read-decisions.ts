import { cellDay, type XlsxBook, type XlsxCell, type XlsxRow, type XlsxSheet } from '../../formats/xlsx/index.js'
import { METADATA_SHEET, WORKBOOK_FORMAT } from './metadata-sheet.js'
import { brokenSeal } from './row-seal.js'

/** A row in which somebody filled something in. Texts without outer blanks; '' where a cell is empty. */
export interface DecisionRow {
  readonly sheet: string
  /** 1-based, as the spreadsheet counts. */
  readonly row: number
  /** '' where the row has none. */
  readonly token: string
  readonly decision: string
  readonly assignee: string
  readonly note: string
  readonly decidedBy: string
  /** yyyy-MM-dd, or what was typed instead. */
  readonly ruleUntil: string
  /** Input cells that hold a formula instead of a value. */
  readonly formulas: readonly string[]
  /** Read-only columns whose cells are not what the seal of the token was made over. */
  readonly changed: readonly string[]
}

/** A sheet of which no row can be taken, and why. */
export interface UnusableSheet {
  readonly sheet: string
  readonly said: string
}

const inputs = {
  decision: 'Decision',
  assignee: 'Assignee',
  note: 'Note',
  decidedBy: 'Decided by',
  ruleUntil: 'Rule until',
} as const
const TOKEN = 'Row token'

/** So far down a header is looked for: people insert rows above it. */
const HEADER_WITHIN = 30

/** What is wrong with the workbook as a whole, in a sentence; undefined: nothing. */
export async function unusableWorkbook(book: XlsxBook): Promise<string | undefined> {
  const metadata = book.sheets.find(({ name }) => name === METADATA_SHEET)
  if (metadata === undefined) return `it has no sheet ${METADATA_SHEET}: it is not one that Matchbook wrote`
  for await (const { cells } of metadata.rows()) {
    if (cells.get(1)?.text !== 'format') continue
    const format = cells.get(2)?.text
    return format === WORKBOOK_FORMAT ? undefined : `it was written by another version of Matchbook (format ${format})`
  }
  return `its sheet ${METADATA_SHEET} does not say which format it is of`
}

/** Rows with something filled in, sheet by sheet, wherever people moved, sorted or renamed them. @throws WORKBOOK-REFUSED */
export async function* readDecisions(book: XlsxBook): AsyncGenerator<DecisionRow | UnusableSheet> {
  for (const sheet of book.sheets) {
    if (sheet.name !== METADATA_SHEET) yield* rowsOf(sheet, book.from1904)
  }
}

async function* rowsOf(sheet: XlsxSheet, from1904: boolean): AsyncGenerator<DecisionRow | UnusableSheet> {
  let columns: ReadonlyMap<string, number> | undefined
  let looked = 0
  for await (const row of sheet.rows()) {
    if (columns !== undefined) {
      const found = decisionRow(sheet.name, row, columns, from1904)
      if (found !== undefined) yield found
      continue
    }
    looked += 1
    const headers = headersOf(row)
    const said = headers === undefined ? undefined : unusable(headers)
    if (said !== undefined) {
      yield { sheet: sheet.name, said }
      return
    }
    columns = headers === undefined ? undefined : new Map(headers)
    if (columns === undefined && looked >= HEADER_WITHIN) return
  }
}

type Headers = readonly (readonly [header: string, column: number])[]

/** The row is a header when it names the Decision, or the token. */
function headersOf({ cells }: XlsxRow): Headers | undefined {
  const headers = [...cells].map(([column, { text }]) => [text.trim(), column] as const)
  return headers.some(([header]) => header === inputs.decision || header === TOKEN) ? headers : undefined
}

function unusable(headers: Headers): string | undefined {
  for (const wanted of [TOKEN, ...Object.values(inputs)]) {
    const many = headers.filter(([header]) => header === wanted).length
    if (many === 0) return `its column ${wanted} is missing`
    if (many > 1) return `it has ${many} columns named ${wanted}`
  }
  return undefined
}

function decisionRow(
  sheet: string,
  { number, cells }: XlsxRow,
  columns: ReadonlyMap<string, number>,
  from1904: boolean,
): DecisionRow | undefined {
  const cellOf = (header: string): XlsxCell | undefined => cells.get(columns.get(header) ?? 0)
  const textOf = (header: string): string => cellOf(header)?.text.trim() ?? ''
  if (Object.values(inputs).every((header) => textOf(header) === '')) return undefined
  const [until, token] = [cellOf(inputs.ruleUntil), textOf(TOKEN)]
  return {
    sheet,
    row: number,
    token,
    decision: textOf(inputs.decision),
    assignee: asTyped(textOf(inputs.assignee)),
    note: asTyped(textOf(inputs.note)),
    decidedBy: asTyped(textOf(inputs.decidedBy)),
    ruleUntil: until === undefined ? '' : cellDay(until, from1904),
    formulas: Object.values(inputs).filter((header) => cellOf(header)?.formula),
    changed: brokenSeal(token.slice(token.lastIndexOf('.') + 1), (header) => cellOf(header)?.text ?? null),
  }
}

/** The apostrophe we put before a text that could run as a formula is none of the text. */
const asTyped = (text: string): string => text.replace(/^'(?=[=+\-@＝＋－＠])/, '')
