import type { AccountCode, Accounting } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { FA1, FA2 } from './invoice-layouts.js'
import type { Loops } from './loops.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

/** An FA1 with the FA2s behind it. */
export function readAccounting(reader: SegmentReader, loops: Loops, fa1: DecodedSegment): Accounting {
  const codes: AccountCode[] = []
  loops.give((fa2) => codes.push(reader.fields(fa2, FA2)))
  return { ...reader.fields(fa1, FA1), codes }
}

export const accountingSegments = ({
  accounting = [],
}: {
  readonly accounting?: readonly Accounting[]
}): WrittenSegment[] =>
  accounting.flatMap((each) => [writeSegment(FA1, each), ...each.codes.map((code) => writeSegment(FA2, code))])
