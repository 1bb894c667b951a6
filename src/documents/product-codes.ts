import { gtinCheckDigit } from '../canonical/index.js'

/** Digits of the codes that element 235 defines without their check digit: UI is 1-5-5, UA is 2-5-5. */
const WITHOUT_CHECK_DIGIT: Readonly<Record<string, number>> = { UI: 11, UA: 12 }

/** 8, 12, 13 and 14 digit GTINs name the same thing once padded to 14; anything else stays as sent. */
export function gtin14(qualifier: string, id: string): string {
  if (!isDigits(id)) return id
  const digits = id.length === WITHOUT_CHECK_DIGIT[qualifier] ? id + gtinCheckDigit(id) : id
  const { length } = digits
  return length === 8 || (length >= 12 && length <= 14) ? digits.padStart(14, '0') : id
}

/** Asked of every line, so without a regular expression. */
function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character < 0x30 || character > 0x39) return false
  }
  return text !== ''
}

/** Where the ten digits of N1 (4-4-2), N2 (5-3-2) and N3 (5-4-1) lack the zero that makes them 5-4-2. */
const MISSING_ZERO: Readonly<Record<string, number>> = { N1: 0, N2: 5, N3: 9 }

/** An NDC in one of its ten-digit forms as the eleven digits of 5-4-2; N4, ND and anything else stay as sent. */
export function ndc11(qualifier: string, id: string): string {
  const at = MISSING_ZERO[qualifier]
  const digits = id.replaceAll('-', '')
  return at !== undefined && /^\d{10}$/.test(digits) ? `${digits.slice(0, at)}0${digits.slice(at)}` : id
}

/** An SSCC: 18 digits, or 20 with the application identifier 00 in front, the last of them the right check digit. */
export function isSscc(value: string): boolean {
  const digits = value.length === 20 && value.startsWith('00') ? value.slice(2) : value
  return /^\d{18}$/.test(digits) && gtinCheckDigit(digits.slice(0, -1)) === digits.at(-1)
}
