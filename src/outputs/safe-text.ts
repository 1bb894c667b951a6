/** What a spreadsheet takes as the start of a formula (OWASP, CSV injection), full-width forms included. */
const STARTS_FORMULA = /^[=+\-@＝＋－＠]/

/** A cell of a workbook holds no more (UTF-16 units). */
const CELL_LIMIT = 32_767
const CUT = ' … [cut]'

/**
 * Text as it may stand in what people open in a spreadsheet: control characters and what XML cannot hold removed, spaces in front
 * dropped, an apostrophe before what could run as a formula, and what a cell cannot hold cut with a mark.
 * Never for what an ERP loads.
 */
export function safeText(text: string): string {
  const clean = printable(text).replace(/^\s+/, '')
  const harmless = STARTS_FORMULA.test(clean) ? `'${clean}` : clean
  return harmless.length <= CELL_LIMIT ? harmless : `${wholeCharacters(harmless, CELL_LIMIT - CUT.length)}${CUT}`
}

function printable(text: string): string {
  let kept = ''
  for (const char of text.replaceAll('\r\n', '\n')) {
    const code = char.codePointAt(0) ?? 0
    const control = (code < 0x20 && code !== 0x09 && code !== 0x0a) || (code >= 0x7f && code < 0xa0)
    const notXml = code === 0xfffe || code === 0xffff || (code >= 0xd800 && code < 0xe000)
    if (!control && !notXml) kept += char
  }
  return kept
}

/** Cut without leaving half of a surrogate pair. */
const wholeCharacters = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
