import type { Delimiters } from './delimiters.js'
import type { Filler } from './filler.js'

/** A segment whose last element is data of a declared length, in which any byte may stand. */
export interface BinaryHeader {
  /** Positions of the element separators; the data begins behind the last. */
  readonly separators: readonly number[]
  /** In bytes, as declared; NaN when what is declared is no number. */
  readonly length: number
}

/** Element 784 has up to 15 digits; element 1570, the filter, three characters. */
const LONGEST_LENGTH = 15
const LONGEST_FILTER = 3

const LETTER_B = 0x42
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39

/** BIN (length, data) or BDS (filter, length, data) where one begins at `at`; undefined for any other segment. Cheap. */
export function binaryHeader(
  bytes: Uint8Array,
  at: number,
  end: number,
  { element, segment }: Delimiters,
): BinaryHeader | undefined {
  if (bytes[at] !== LETTER_B || bytes[at + 3] !== element) return undefined
  const id = String.fromCharCode(bytes[at + 1] as number, bytes[at + 2] as number)
  if (id !== 'IN' && id !== 'DS') return undefined
  const separators = [at + 3]
  if (id === 'DS') {
    const filterEnd = endOfElement(bytes, at + 4, Math.min(end, at + 5 + LONGEST_FILTER), element, segment)
    if (filterEnd === undefined) return undefined
    separators.push(filterEnd)
  }
  const from = (separators.at(-1) as number) + 1
  const lengthEnd = endOfElement(bytes, from, Math.min(end, from + LONGEST_LENGTH + 1), element, segment)
  if (lengthEnd === undefined) return undefined
  separators.push(lengthEnd)
  return { separators, length: numberAt(bytes, from, lengthEnd) }
}

/** Where the element separator stands; undefined when the segment ends before, or too far on. */
function endOfElement(
  bytes: Uint8Array,
  from: number,
  end: number,
  element: number,
  terminator: number,
): number | undefined {
  for (let i = from; i < end; i++) {
    if (bytes[i] === element) return i
    if (bytes[i] === terminator) return undefined
  }
  return undefined
}

function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let number = from === to ? Number.NaN : 0
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number
    number = byte < DIGIT_0 || byte > DIGIT_9 ? Number.NaN : number * 10 + (byte - DIGIT_0)
  }
  return number
}

/**
 * Whether a terminator at `at` ends a segment rather than stand in its data: what follows, behind line ends and blanks, is a
 * segment id and an element separator, or nothing at all.
 */
export function isBoundary(
  bytes: Uint8Array,
  at: number,
  end: number,
  { element, segment }: Delimiters,
  filler: Filler,
): boolean {
  if (bytes[at] !== segment) return false
  const limit = Math.min(end, at + LONGEST_GAP)
  let i = at + 1
  while (i < limit && filler[bytes[i] as number] === 1) i++
  if (i >= end) return true
  const first = i
  while (i < limit && i - first < 3 && isIdByte(bytes[i] as number)) i++
  return i - first >= 2 && (bytes[first] as number) > DIGIT_9 && bytes[i] === element
}

/** More than stands between two segments: blank lines, indentation. */
const LONGEST_GAP = 100

const isIdByte = (byte: number): boolean => (byte >= DIGIT_0 && byte <= DIGIT_9) || (byte >= 0x41 && byte <= 0x5a)
