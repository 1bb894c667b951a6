import { type DecimalText, sumOf, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { decimalOf } from './element-values.js'
import type { SegmentReader } from './segment-reader.js'

/** CTT01 says nothing new where it is the number of lines, nor CTT02 where it is the sum of their quantities; else they stay unread. */
export function readLineCount(reader: SegmentReader, ctt: DecodedSegment, lines: readonly object[]): void {
  if (Number(reader.peek(ctt, 1)) === lines.length) reader.passOver(ctt, 1)
  const hash = reader.peek(ctt, 2)
  if (hash === undefined) return
  const sum = sumOf(lines.map(quantityOf))
  if (decimalOf(hash) === sum) reader.passOver(ctt, 2)
}

const quantityOf = (line: { readonly quantity?: DecimalText }): DecimalText => line.quantity ?? ZERO
