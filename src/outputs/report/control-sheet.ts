import { type DecimalText, subtract, sumOf } from '../../canonical/index.js'
import type { Book } from './book.js'
import { blank, type Cell, formula, text } from './cell.js'
import { excelNumber } from './excel-number.js'
import type { ControlTotal } from './report-content.js'
import { type CellStyle, colour, money, ruleFill, style } from './style.js'
import { HEADER_ROW } from './table-sheet.js'

export const CONTROL_SHEET = 'Control totals'

/** A figure of the run beside what a sheet of this workbook holds, counted by a formula. */
export interface SheetCheck {
  readonly name: string
  readonly measure: ControlTotal['measure']
  readonly written: DecimalText
  /** What is on the sheet. */
  readonly formula: string
}

const COLUMNS = [24, 52, 16, 16, 16, 16, 16, 16, 14, 14]
const HEADERS = [
  'Section',
  'What',
  'In',
  'Matched or accepted',
  'In exceptions',
  'Waiting',
  'Duplicate',
  'Quarantined or rejected',
  'Difference',
  'Check',
]

/** Everything that came in and where it went; each row ties by a formula. */
export async function writeControlTotals(
  book: Book,
  subtitle: string,
  totals: readonly ControlTotal[],
  checks: readonly SheetCheck[],
  currency: string,
  footer: string,
): Promise<void> {
  const sheet = book.sheet(CONTROL_SHEET, {
    columns: COLUMNS.map((width) => ({ width })),
    freeze: { rows: HEADER_ROW, columns: 2 },
    printHeader: HEADER_ROW,
    footer,
  })
  const band = (label: string, look: CellStyle): Cell[] => [
    text(label, look),
    ...COLUMNS.slice(1).map(() => blank(look)),
  ]
  const first = HEADER_ROW + 1
  const last = first + totals.length + checks.length - 1
  const rows = last - first + 1
  const allTie = [...totals.map(differenceOf), ...checks.map(() => '0')].every((difference) => difference === '0')
  await sheet.row(band('Control totals', style.title), { height: 28 })
  await sheet.row(band(subtitle, style.subtitle), { height: 18 })
  await sheet.row(
    [
      formula(
        `IF(COUNTIF(J${first}:J${Math.max(first, last)},"ties")=${rows},"All ${rows} totals tie","NOT ALL TOTALS TIE")`,
        allTie ? `All ${rows} totals tie` : 'NOT ALL TOTALS TIE',
        style.verdict,
      ),
    ],
    { height: 26 },
  )
  await sheet.row(
    HEADERS.map((header, index) => text(header, headerLook(index))),
    { height: 32 },
  )
  let row = first
  for (const total of totals) {
    const look = total.measure === 'amount' ? money(total.currency ?? currency) : style.quantity
    const number = (value: DecimalText): Cell => ({ value: excelNumber(value) ?? value, style: look })
    const parts = [total.matched, total.exception, total.waiting, total.duplicate, total.quarantined]
    await sheet.row([
      text(total.section, style.code),
      text(total.name, style.wrapped),
      number(total.in),
      ...parts.map(number),
      ...verdict(row, `C${row}-SUM(D${row}:H${row})`, differenceOf(total), look),
    ])
    row += 1
  }
  for (const check of checks) {
    const look = check.measure === 'amount' ? money(currency) : style.quantity
    const written = excelNumber(check.written) ?? check.written
    await sheet.row([
      text('This workbook', style.code),
      text(`${check.name}: written, and found on the sheet`, style.wrapped),
      { value: written, style: look },
      formula(check.formula, written, look),
      ...[1, 2, 3, 4].map(() => blank()),
      ...verdict(row, `C${row}-D${row}`, '0' as DecimalText, look),
    ])
    row += 1
  }
  const range = `J${first}:J${Math.max(first, last)}`
  sheet.close({
    printArea: `A$1:J$${Math.max(first, last)}`,
    rules: [
      {
        range,
        formula: `$J${first}="ties"`,
        style: { font: { color: { argb: colour.green } }, fill: ruleFill(colour.greenSoft) },
      },
      {
        range,
        formula: `$J${first}<>"ties"`,
        style: { font: { color: { argb: colour.white } }, fill: ruleFill(colour.red) },
      },
    ],
  })
}

const headerLook = (index: number): CellStyle => {
  if (index < 2) return style.header
  return index === COLUMNS.length - 1 ? style.headerCentre : style.headerRight
}

const differenceOf = (total: ControlTotal): DecimalText =>
  subtract(total.in, sumOf([total.matched, total.exception, total.waiting, total.duplicate, total.quarantined]))

/** Rounded to what money and quantities can have, so that the sum of doubles does not cry wolf. */
function verdict(row: number, difference: string, value: DecimalText, look: CellStyle): Cell[] {
  return [
    formula(`ROUND(${difference},4)`, excelNumber(value) ?? value, look),
    formula(`IF(I${row}=0,"ties","does not tie")`, value === '0' ? 'ties' : 'does not tie', style.check),
  ]
}
