import type { AcknowledgmentStatus, ChangedLine, OrderedLine } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { type Draft, emptyDraft } from './draft.js'
import { PO1, POC } from './layouts.js'
import { productIds, productIdsAt } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

const FIRST_ID_OF_PO1 = 6
const FIRST_ID_OF_POC = 8

/** PO101..PO105 and the id pairs from PO106: the line as 850 and 855 both write it. */
export function orderedLine(reader: SegmentReader, po1: DecodedSegment, sequence: number): Draft<OrderedLine> {
  const line: Draft<OrderedLine> = reader.fields(po1, PO1, Object.assign(emptyDraft<OrderedLine>(), { sequence }))
  line.ids = productIds(po1, FIRST_ID_OF_PO1)
  line.span = po1.span
  return line
}

/** POC01..POC07 and the id pairs from POC08: the line as 860 and 865 both write it. */
export function changedLine(reader: SegmentReader, poc: DecodedSegment, sequence: number): Draft<ChangedLine> {
  const line: Draft<ChangedLine> = reader.fields(poc, POC, Object.assign(emptyDraft<ChangedLine>(), { sequence }))
  line.ids = productIds(poc, FIRST_ID_OF_POC)
  line.span = poc.span
  return line
}

/** The same with room for the answers to it, on an acknowledgment. */
export const answered =
  <Line extends object>(lineOf: (reader: SegmentReader, segment: DecodedSegment, sequence: number) => Line) =>
  (reader: SegmentReader, segment: DecodedSegment, sequence: number): Line & { statuses: AcknowledgmentStatus[] } =>
    Object.assign(lineOf(reader, segment, sequence), { statuses: [] })

export const po1Segment = (line: OrderedLine): WrittenSegment =>
  writeSegment(PO1, line, productIdsAt(FIRST_ID_OF_PO1, line.ids))

export const pocSegment = (line: ChangedLine): WrittenSegment =>
  writeSegment(POC, line, productIdsAt(FIRST_ID_OF_POC, line.ids))
