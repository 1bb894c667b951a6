import { BLANK, FULL_STOP, LETTER_A, LETTER_Z, NINE, ZERO } from './character-codes.js'
import type { Delimiters } from './delimiters.js'

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
/** Not noted of an element: the scanner has to stop at the byte. It ends an element or a segment, or is below 0x20. */
export const STOP = 128

/** Capitals and digits, nothing else. */
export const isCode = (kinds: number): boolean => (kinds & ~(DIGIT | CAPITAL)) === 0

function naturalKind(byte: number): number {
  if (byte < BLANK) return UNPRINTABLE | STOP
  if (byte >= 0x7f) return UNPRINTABLE
  if (byte === BLANK) return SPACE
  if (byte === FULL_STOP) return POINT
  if (byte >= ZERO && byte <= NINE) return DIGIT
  return byte >= LETTER_A && byte <= LETTER_Z ? CAPITAL : OTHER
}

const NATURAL = Uint8Array.from({ length: 256 }, (_, byte) => naturalKind(byte))

/** The kinds of each byte where these delimiters hold; without delimiters nothing separates. */
export function kindsOfBytes(delimiters?: Delimiters): Uint8Array {
  const kinds = NATURAL.slice()
  if (delimiters === undefined) return kinds
  const { element, segment, component, repetition } = delimiters
  kinds[component] = naturalKind(component) | SEPARATOR
  if (repetition !== undefined) kinds[repetition] = naturalKind(repetition) | SEPARATOR
  kinds[element] = STOP
  kinds[segment] = STOP
  return kinds
}

/** The kinds of characters in a part of a text, whatever the delimiters. */
export function kindsIn(text: string, from: number, to: number): number {
  let kinds = 0
  for (let at = from; at < to; at++) kinds |= NATURAL[text.charCodeAt(at)] ?? UNPRINTABLE
  return kinds & ~STOP
}
