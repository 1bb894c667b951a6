import { BLANK, FULL_STOP, LETTER_A, LETTER_Z, NINE, ZERO } from './character-codes.js'

// What kinds of characters stand in an element, as bits. The scanner sees every byte: what it notes here nobody has to look for again.
export const DIGIT = 1
export const CAPITAL = 2
export const POINT = 4
export const SPACE = 8
/** Any other character of printable ASCII. */
export const OTHER = 16
/** Separates components or repetitions. */
export const SEPARATOR = 32
/** A control character, or beyond ASCII. */
export const UNPRINTABLE = 64
/** Not noted of an element: a control character below 0x20, maybe a line end. */
export const STOP = 128

function naturalKind(byte: number): number {
  if (byte < BLANK) return UNPRINTABLE | STOP
  if (byte >= 0x7f) return UNPRINTABLE
  if (byte === BLANK) return SPACE
  if (byte === FULL_STOP) return POINT
  if (byte >= ZERO && byte <= NINE) return DIGIT
  return byte >= LETTER_A && byte <= LETTER_Z ? CAPITAL : OTHER
}

const NATURAL = Uint8Array.from({ length: 256 }, (_, byte) => naturalKind(byte))

/** The kinds of characters in a part of a text, whatever the delimiters. */
export function kindsIn(text: string, from: number, to: number): number {
  let kinds = 0
  for (let at = from; at < to; at++) kinds |= NATURAL[text.charCodeAt(at)] ?? UNPRINTABLE
  return kinds & ~STOP
}
