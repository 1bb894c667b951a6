/** Codes of products with their check characters. SQL says the same of them in match/words.sql. */

/** GS1 General Specifications 7.9: from the right, the digits count three times and once in turn; it fills up to a multiple of ten. */
export function gtinCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, n) => total + Number(digit) * (n % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** A GTIN of 8, 12, 13 or 14 digits as 14, its check digit proved; blanks and hyphens do not count. Undefined: it is none. */
export function gtin14(id: string): string | undefined {
  const digits = id.replaceAll(/[\s-]/g, '')
  if (!/^(\d{8}|\d{12,14})$/.test(digits) || /^0+$/.test(digits)) return undefined
  return gtinCheckDigit(digits.slice(0, -1)) === digits.at(-1) ? digits.padStart(14, '0') : undefined
}

/**
 * An NDC as the eleven digits of 5-4-2. With hyphens the ten-digit forms 4-4-2, 5-3-2 and 5-4-1 get the zero they lack; ten digits without
 * hyphens may be any of the three, and are undefined like everything else that is no NDC.
 */
export function ndc11(id: string): string | undefined {
  const text = id.trim()
  if (/^\d{11}$/.test(text)) return text
  const [, labeler = '', product = '', pack = ''] = /^(\d{4,5})-(\d{3,4})-(\d{1,2})$/.exec(text) ?? []
  const { length } = labeler + product + pack
  return length === 10 || length === 11
    ? labeler.padStart(5, '0') + product.padStart(4, '0') + pack.padStart(2, '0')
    : undefined
}

const HIBC_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'

/** Modulo 43 over all characters before it, the + among them (ANSI/HIBC 2.6). */
export const hibcCheckCharacter = (body: string): string =>
  HIBC_CHARACTERS[[...body].reduce((total, character) => total + HIBC_CHARACTERS.indexOf(character), 0) % 43] ?? ''

/**
 * A HIBC primary code without what labels add: start and stop asterisks, case, the + and the check character, which is proved. One that has
 * no + is taken to be without a check character. Undefined: it is none.
 */
export function hibcPrimary(id: string): string | undefined {
  const text = id
    .replaceAll(/^\s*\*?|\*$/g, '')
    .replace(/\s+$/, (blanks) => blanks[0] ?? '')
    .toUpperCase()
  const primary = text.startsWith('+') ? withoutCheckCharacter(text)?.slice(1) : text.trim()
  return primary !== undefined && /^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]$/.test(primary) ? primary : undefined
}

/** A check character may be a blank, which may have been cut off. */
function withoutCheckCharacter(text: string): string | undefined {
  if (hibcCheckCharacter(text.slice(0, -1)) === text.at(-1)) return text.slice(0, -1)
  return hibcCheckCharacter(text) === ' ' ? text : undefined
}
