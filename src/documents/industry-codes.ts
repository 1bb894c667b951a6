import type { IndustryCode } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append } from './draft.js'
import { LM, LQ } from './layouts.js'
import type { Loops } from './loops.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

interface Coded {
  industryCodes?: readonly IndustryCode[]
}

/** An LM with the LQs behind it; what else its loop holds stays unread. */
export function readIndustryCodes(reader: SegmentReader, loops: Loops, into: Coded, lm: DecodedSegment): void {
  loops.give((segment) => readIndustryCode(reader, into, lm, segment))
}

/** An LQ, of the LM before it. */
export function readIndustryCode(reader: SegmentReader, into: Coded, lm: DecodedSegment, lq: DecodedSegment): void {
  if (lq.id !== 'LQ') return
  into.industryCodes = append(into.industryCodes, { ...reader.fields(lm, LM), ...reader.fields(lq, LQ) })
}

/** An LM for all codes in a row that are of one agency. */
export const industryCodeSegments = ({ industryCodes = [] }: Coded): WrittenSegment[] =>
  industryCodes.flatMap((each, index) => {
    const before = industryCodes[index - 1]
    const isOfSame = before !== undefined && before.agency === each.agency && before.agencySubset === each.agencySubset
    return [...(isOfSame ? [] : [writeSegment(LM, each)]), writeSegment(LQ, each)]
  })
