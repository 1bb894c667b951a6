import type { ElementGuide } from '../guide/guide.js'

/** How the values of an element are looked at. What is not simple is left to the careful check. */
export const STRING = 0
export const DECIMAL = 1
export const WHOLE = 2
export const DATE = 3
export const BINARY = 4
export const CODE = 5
export const OTHER = 6
const KIND_OF_TYPE = { AN: STRING, ID: STRING, R: DECIMAL, N: WHOLE, DT: DATE, B: BINARY, TM: OTHER, C: OTHER } as const

// What an element has to be, as one number: its kind in the lowest bits, then the least length, then the greatest.
export const KIND_MASK = 0x7
export const LEAST_SHIFT = 3
export const LEAST_MASK = 0xff
export const MOST_SHIFT = 11
/** Where there is no greatest length: what is longer is left to the careful check. */
const LONGEST = 0x7ffff

export function wantedOf({ type, codes, unused, composite, min, max }: ElementGuide): number {
  if (unused === true || composite !== undefined || min > LEAST_MASK) return OTHER
  if (type === 'B') return BINARY | (LONGEST << MOST_SHIFT)
  // A code of the list has the right length.
  if (type === 'ID' && codes !== undefined) return CODE | (LONGEST << MOST_SHIFT)
  return KIND_OF_TYPE[type] | (min << LEAST_SHIFT) | (Math.min(max, LONGEST) << MOST_SHIFT)
}
