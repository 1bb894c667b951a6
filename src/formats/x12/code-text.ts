import { LETTER_A, LETTER_Z, NINE, ZERO } from './character-codes.js'

const LONGEST = 3
/** What A counts, behind the digits. */
const FIRST_LETTER = 11
/** Letters and digits, and none. */
const SIGNS = 26 + 10 + 1

export const NO_CODE = 0
export const CODE_NUMBERS = SIGNS ** LONGEST

const SIGN_OF = Uint8Array.from({ length: 256 }, (_, character) => {
  if (isLetter(character)) return character - LETTER_A + FIRST_LETTER
  return isDigit(character) ? character - ZERO + 1 : 0
})

/** By their signs as the digits of a number. */
const known: (string | undefined)[] = new Array(CODE_NUMBERS).fill(undefined)

/**
 * A piece of a text. Ids of segments and short codes and numbers, of which a file has millions, are handed out as one and the same
 * string each time: that takes no memory, and is compared and looked up faster than a new one.
 */
export function codeText(text: string, from: number, to: number): string {
  return textOfCode(codeNumber(text, from, to), text, from, to)
}

/** The same, where the number of the code is known. */
export function textOfCode(number: number, text: string, from: number, to: number): string {
  return number === NO_CODE ? text.substring(from, to) : (known[number] ?? keep(number, text.substring(from, to)))
}

/** A number of its own for each code of up to three letters and digits, below CODE_NUMBERS; NO_CODE for any other text. */
export function codeNumber(text: string, from: number, to: number): number {
  if (to - from > LONGEST) return NO_CODE
  let number = 0
  for (let at = from; at < to; at++) {
    const sign = SIGN_OF[text.charCodeAt(at)] ?? 0
    if (sign === 0) return NO_CODE
    number = number * SIGNS + sign
  }
  return number
}

/** A text that is looked for among keys becomes the engine's own copy of it; here there are none, so it is not found. */
const noKeys: object = Object.create(null)

function keep(number: number, text: string): string {
  if (!(text in noKeys)) known[number] = text
  return text
}

/** The number of a code that is a letter, then one or two letters or digits. */
export const isSegmentId = (number: number): boolean =>
  (number >= FIRST_LETTER * SIGNS && number < SIGNS ** 2) || number >= FIRST_LETTER * SIGNS ** 2

/** Digits, and at least one. */
export function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false
  return text !== ''
}

/** More digits are not a small integer of the engine. */
const MOST_DIGITS = 9

/** What up to nine digits and nothing else come to, zeros in front or not. */
export function wholeNumber(text: string): number | undefined {
  if (text === '' || text.length > MOST_DIGITS) return undefined
  let number = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (!isDigit(character)) return undefined
    number = number * 10 + character - ZERO
  }
  return number
}

function isLetter(character: number): boolean {
  return character >= LETTER_A && character <= LETTER_Z
}

function isDigit(character: number): boolean {
  return character >= ZERO && character <= NINE
}
