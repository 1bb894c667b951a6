import type { Delimiters } from './delimiters.js'

/** From here on a byte is the first of several in UTF-8; those that follow it begin with 0x80. */
const FIRST_OF_SEVERAL = 0xc0
const CONTINUATION = 0x80

/** Between segments: blanks, line ends, NUL and the end-of-file mark of old systems. */
const FILLER = [0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** By byte, 1 for what may stand between segments and says nothing. */
export type Filler = Uint8Array

/** Within an interchange. Terminators in a row are skipped like filler. */
export function fillerWithin({ element, segment }: Delimiters): Filler {
  const filler = tableOf(FILLER, segment)
  filler[element] = 0
  filler[segment] = 1
  return filler
}

/** Between interchanges. What follows the last terminator may belong to it, or be another one. */
export const fillerBetween = (terminator = 0): Filler =>
  tableOf([...FILLER, ...BYTE_ORDER_MARK, terminator], terminator)

/** A terminator beyond ASCII may be the first byte of a UTF-8 character, whose other bytes follow it. */
function tableOf(bytes: readonly number[], terminator: number): Filler {
  const table = new Uint8Array(256)
  if (terminator >= FIRST_OF_SEVERAL) table.fill(1, CONTINUATION, FIRST_OF_SEVERAL)
  for (const byte of bytes) table[byte] = 1
  return table
}
