import type { AcknowledgmentLine, ChangeAcknowledgmentLine, ChangedLine, OrderedLine } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { Draft } from './draft.js'
import { PO1, POC } from './layouts.js'
import { productIds, productIdsAt } from './product-ids.js'
import { framed, type SegmentLayout } from './segment-layout.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

const FIRST_ID_OF_PO1 = 6
const FIRST_ID_OF_POC = 8

const PO1_LINE = framed(PO1, ['sequence'], ['ids', 'span'], 'description')
const PO1_ANSWERED = framed(
  PO1 as SegmentLayout<AcknowledgmentLine>,
  ['sequence'],
  ['ids', 'span', 'statuses'],
  'description',
)
const POC_LINE = framed(POC, ['sequence'], ['ids', 'span'], 'description')
const POC_ANSWERED = framed(
  POC as SegmentLayout<ChangeAcknowledgmentLine>,
  ['sequence'],
  ['ids', 'span', 'statuses'],
  'description',
)

/** Makes a line of its first segment; `description` where that is known. */
export type LineOf<Line> = (
  reader: SegmentReader,
  segment: DecodedSegment,
  sequence: number,
  description: string | undefined,
) => Draft<Line>

/** PO101..PO105 and the id pairs from PO106: the line as 850 and 855 both write it. */
export const orderedLine: LineOf<OrderedLine> = (reader, po1, sequence, description) =>
  reader.framed(po1, PO1_LINE, { sequence, ids: productIds(po1, FIRST_ID_OF_PO1), span: po1.span }, description)

/** The same with room for the answers to it, on an acknowledgment. */
export const answeredLine: LineOf<AcknowledgmentLine> = (reader, po1, sequence, description) =>
  reader.framed(
    po1,
    PO1_ANSWERED,
    {
      sequence,
      ids: productIds(po1, FIRST_ID_OF_PO1),
      span: po1.span,
      statuses: [],
    },
    description,
  )

/** POC01..POC07 and the id pairs from POC08: the line as 860 and 865 both write it. */
export const changedLine: LineOf<ChangedLine> = (reader, poc, sequence, description) =>
  reader.framed(poc, POC_LINE, { sequence, ids: productIds(poc, FIRST_ID_OF_POC), span: poc.span }, description)

/** The same with room for the answers to it, on an acknowledgment. */
export const answeredChange: LineOf<ChangeAcknowledgmentLine> = (reader, poc, sequence, description) =>
  reader.framed(
    poc,
    POC_ANSWERED,
    {
      sequence,
      ids: productIds(poc, FIRST_ID_OF_POC),
      span: poc.span,
      statuses: [],
    },
    description,
  )

export const po1Segment = (line: OrderedLine): WrittenSegment =>
  writeSegment(PO1, line, productIdsAt(FIRST_ID_OF_PO1, line.ids))

export const pocSegment = (line: ChangedLine): WrittenSegment =>
  writeSegment(POC, line, productIdsAt(FIRST_ID_OF_POC, line.ids))
