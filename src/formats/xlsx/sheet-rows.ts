import type { XlsxLimits } from './limits.js'
import { plainText } from './plain-text.js'
import { refusedWorkbook } from './refused-workbook.js'
import type { WorkbookParts } from './workbook-parts.js'
import { attribute, xmlPieces } from './xml-events.js'

/** A cell that is not empty, as it is stored: what a formula gave when the workbook was saved. */
export interface XlsxCell {
  readonly kind: 'text' | 'number' | 'boolean' | 'error'
  readonly text: string
  readonly formula: boolean
  /** The number is shown as a date. */
  readonly date: boolean
}

export interface XlsxRow {
  /** 1-based. */
  readonly number: number
  /** By 1-based column; empty cells are absent. */
  readonly cells: ReadonlyMap<number, XlsxCell>
}

const kinds: Readonly<Record<string, XlsxCell['kind']>> = {
  s: 'text',
  str: 'text',
  inlineStr: 'text',
  d: 'text',
  b: 'boolean',
  e: 'error',
}

/** The rows of a sheet that hold anything, from top to bottom; a piece of the part in memory at a time. @throws WORKBOOK-REFUSED */
export async function* sheetRows(
  parts: WorkbookParts,
  name: string,
  { shared, dates }: { readonly shared: readonly string[]; readonly dates: ReadonlySet<number> },
  { columns }: XlsxLimits,
): AsyncGenerator<XlsxRow> {
  let ready: XlsxRow[] = []
  let cells = new Map<number, XlsxCell>()
  let [row, column, type, value] = [0, 0, 'n', '']
  let [inValue, inReading, formula] = [false, false, false]
  let style = 0

  const store = (): void => {
    if (value === '' || column > columns) return
    const text = type === 's' ? shared[Number(value)] : plainText(value)
    if (text === undefined) throw refusedWorkbook(parts.file, `its sheet names text ${value}, which is not there`)
    const kind = kinds[type] ?? 'number'
    if (text !== '') cells.set(column, { kind, text, formula, date: kind === 'number' && dates.has(style) })
  }
  const pieces = xmlPieces(parts, name, {
    open(tag, attributes) {
      if (tag === 'row') {
        row = rowNumber(attribute(attributes, 'r'), row, parts.file)
        column = 0
        cells = new Map()
      } else if (tag === 'c') {
        column = columnNumber(attribute(attributes, 'r')) ?? column + 1
        type = attribute(attributes, 't') ?? 'n'
        style = Number(attribute(attributes, 's') ?? 0)
        value = ''
        formula = false
      } else if (tag === 'f') formula = true
      else if (tag === 'rPh') inReading = true
      else if (tag === 'v' || tag === 't') inValue = true
    },
    text(text) {
      if (!inValue || inReading) return
      value += text
      if (value.length > LONGEST_VALUE)
        throw refusedWorkbook(parts.file, `a cell of its row ${row} has more than ${LONGEST_VALUE} characters`)
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inValue = false
      else if (tag === 'rPh') inReading = false
      else if (tag === 'c') store()
      else if (tag === 'row' && cells.size > 0) ready.push({ number: row, cells })
    },
  })
  for await (const _ of pieces) {
    const some = ready
    ready = []
    yield* some
  }
}

/** A cell holds 32,767 characters, each of which may be spelt with seven (_x000D_). */
const LONGEST_VALUE = 7 * 32_767

/** The last row a sheet can have. */
const LAST_ROW = 1_048_576

function rowNumber(given: string | undefined, before: number, file: string): number {
  const number = given === undefined ? before + 1 : Number(given)
  if (!Number.isInteger(number) || number <= before || number > LAST_ROW)
    throw refusedWorkbook(file, `its row ${given ?? number} is out of order`)
  return number
}

/** B5 -> 2. */
function columnNumber(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}
