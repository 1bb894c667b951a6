import type { Alignment, Border, Borders, Fill, Font, Style } from 'exceljs'

export type CellStyle = Partial<Style>

/** The palette; colours as ARGB. */
export const colour = {
  ink: 'FF1B2733',
  quiet: 'FF6B7885',
  navy: 'FF17324D',
  mist: 'FFF3F6F9',
  line: 'FFD9E0E7',
  white: 'FFFFFFFF',
  input: 'FFFFF9E3',
  inputLine: 'FFE8D9A0',
  accent: 'FF2E7D8C',
  bar: 'FFA9D1D8',
  red: 'FFB3261E',
  redSoft: 'FFFBE4E2',
  amber: 'FF8A5A00',
  amberSoft: 'FFFFEFCF',
  blue: 'FF1D4E89',
  blueSoft: 'FFE1ECF8',
  green: 'FF1E6B3C',
  greenSoft: 'FFE0F2E6',
  grey: 'FF7A8691',
  greySoft: 'FFECEFF2',
} as const

export const fill = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
/** Conditional formats take their colour from the background. */
export const ruleFill = (argb: string): Fill => ({
  type: 'pattern',
  pattern: 'solid',
  fgColor: { argb },
  bgColor: { argb },
})

const font = (more: Partial<Font> = {}): Partial<Font> => ({
  name: 'Arial',
  size: 10,
  color: { argb: colour.ink },
  ...more,
})
const edge = (argb: string): Partial<Border> => ({ style: 'thin', color: { argb } })
const underline = { bottom: edge(colour.line) }
const tileEdge: Partial<Borders> = { left: { style: 'thick', color: { argb: colour.accent } } }
const box = {
  top: edge(colour.inputLine),
  bottom: edge(colour.inputLine),
  left: edge(colour.inputLine),
  right: edge(colour.inputLine),
}
const left: Partial<Alignment> = { vertical: 'middle', horizontal: 'left', indent: 1 }

const INTEGER = '#,##0'
const QUANTITY = '#,##0.####'
const DAY = 'yyyy-mm-dd'
const INSTANT = 'yyyy-mm-dd hh:mm'

/** Amounts with the currency's sign; negative in red. */
const moneyFormat = (currency: string): string => {
  const sign = currency === 'USD' ? '"$"' : `"${currency.replaceAll('"', '')} "`
  return `${sign}#,##0.00;[Red]-${sign}#,##0.00`
}
const priceFormat = (currency: string): string => {
  const sign = currency === 'USD' ? '"$"' : `"${currency.replaceAll('"', '')} "`
  return `${sign}#,##0.00####;[Red]-${sign}#,##0.00####`
}

const right = { alignment: { vertical: 'middle', horizontal: 'right' } } as const

/** Cells of a table body. Kept as single objects: the writer recognises a style it has seen. */
const body = {
  text: { font: font(), alignment: left, border: underline },
  wrapped: { font: font(), alignment: { ...left, wrapText: true }, border: underline },
  quiet: { font: font({ size: 9, color: { argb: colour.quiet } }), alignment: left, border: underline },
  quietLink: {
    font: font({ size: 9, color: { argb: colour.blue }, underline: true }),
    alignment: left,
    border: underline,
  },
  code: { font: font({ bold: true }), alignment: left, border: underline },
  count: { font: font(), ...right, border: underline, numFmt: INTEGER },
  quantity: { font: font(), ...right, border: underline, numFmt: QUANTITY },
  day: { font: font(), alignment: left, border: underline, numFmt: DAY },
  instant: { font: font(), alignment: left, border: underline, numFmt: INSTANT },
  input: { font: font(), alignment: { ...left, wrapText: true }, border: box, fill: fill(colour.input) },
} satisfies Record<string, CellStyle>

const page = {
  title: {
    font: font({ size: 16, bold: true, color: { argb: colour.white } }),
    fill: fill(colour.navy),
    alignment: left,
  },
  subtitle: {
    font: font({ color: { argb: 'FFC9D6E2' } }),
    fill: fill(colour.navy),
    alignment: left,
  },
  verdict: { font: font({ size: 12, bold: true, color: { argb: colour.navy } }), alignment: left },
  section: { font: font({ size: 12, bold: true, color: { argb: colour.navy } }), alignment: { vertical: 'bottom' } },
  paragraph: { font: font(), alignment: { vertical: 'top', wrapText: true } },
  label: { font: font({ size: 9, color: { argb: colour.quiet } }), alignment: left },
  labelInstant: {
    font: font({ size: 9, color: { argb: colour.quiet } }),
    alignment: left,
    numFmt: `"as of "${INSTANT}`,
  },
  bandInstant: {
    font: font({ color: { argb: 'FFC9D6E2' } }),
    fill: fill(colour.navy),
    alignment: { vertical: 'middle', horizontal: 'right', indent: 1 },
    numFmt: INSTANT,
  },
  header: {
    font: font({ bold: true, color: { argb: colour.white } }),
    fill: fill(colour.accent),
    alignment: { ...left, wrapText: true },
    border: { bottom: edge(colour.navy) },
  },
  headerRight: {
    font: font({ bold: true, color: { argb: colour.white } }),
    fill: fill(colour.accent),
    alignment: { vertical: 'middle', horizontal: 'right', wrapText: true },
    border: { bottom: edge(colour.navy) },
  },
  headerCentre: {
    font: font({ bold: true, color: { argb: colour.white } }),
    fill: fill(colour.accent),
    alignment: { vertical: 'middle', horizontal: 'center', wrapText: true },
    border: { bottom: edge(colour.navy) },
  },
  headerInput: {
    font: font({ bold: true, color: { argb: colour.ink } }),
    fill: fill('FFF2DE9B'),
    alignment: { ...left, wrapText: true },
    border: { bottom: edge(colour.navy) },
  },
  tileLabel: {
    font: font({ size: 9, color: { argb: colour.quiet } }),
    fill: fill(colour.mist),
    alignment: { ...left, vertical: 'bottom' },
    border: tileEdge,
  },
  tileEmpty: { fill: fill(colour.mist) },
  tileFigure: {
    border: tileEdge,
    font: font({ size: 18, bold: true, color: { argb: colour.navy } }),
    fill: fill(colour.mist),
    alignment: left,
    numFmt: INTEGER,
  },
  bar: { font: font({ size: 8, color: { argb: colour.accent } }), alignment: left, border: underline },
  link: {
    font: font({ bold: true, color: { argb: colour.blue }, underline: true }),
    alignment: left,
    border: underline,
  },
  totalText: {
    font: font({ bold: true }),
    fill: fill(colour.mist),
    alignment: left,
    border: { top: edge(colour.navy) },
  },
  totalCount: {
    font: font({ bold: true }),
    fill: fill(colour.mist),
    ...right,
    border: { top: edge(colour.navy) },
    numFmt: INTEGER,
  },
  check: { font: font({ bold: true }), alignment: { vertical: 'middle', horizontal: 'center' }, border: underline },
} satisfies Record<string, CellStyle>

export const style = { ...body, ...page }

const byCurrency = new Map<string, CellStyle>()
function forCurrency(name: string, currency: string, base: CellStyle, numFmt: string): CellStyle {
  const key = `${name} ${currency}`
  let made = byCurrency.get(key)
  if (made === undefined) {
    made = { ...base, numFmt }
    byCurrency.set(key, made)
  }
  return made
}
export const money = (currency: string): CellStyle => forCurrency('money', currency, body.count, moneyFormat(currency))
export const price = (currency: string): CellStyle => forCurrency('price', currency, body.count, priceFormat(currency))
export const totalMoney = (currency: string): CellStyle =>
  forCurrency('total', currency, page.totalCount, moneyFormat(currency))
export const tileMoney = (currency: string): CellStyle =>
  forCurrency('tile', currency, page.tileFigure, moneyFormat(currency))
