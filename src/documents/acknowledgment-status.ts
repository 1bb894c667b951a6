import type { AcknowledgmentStatus } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { ACK, DTM } from './layouts.js'
import { productIds, productIdsAt } from './product-ids.js'
import { framed } from './segment-layout.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

const FIRST_ID = 7
const ACK_STATUS = framed(ACK, [], ['ids', 'span'])

export function readStatus(reader: SegmentReader, ack: DecodedSegment): Draft<AcknowledgmentStatus> {
  return reader.framed(ack, ACK_STATUS, { ids: productIds(ack, FIRST_ID), span: ack.span })
}

/** The DTM behind an ACK. */
export function readStatusDate(reader: SegmentReader, status: Draft<AcknowledgmentStatus>, dtm: DecodedSegment): void {
  status.dates = append(status.dates, reader.fields(dtm, DTM))
}

export const statusSegments = (statuses: readonly AcknowledgmentStatus[] = []): WrittenSegment[] =>
  statuses.flatMap((status) => [
    writeSegment(ACK, status, productIdsAt(FIRST_ID, status.ids)),
    ...(status.dates ?? []).map((date) => writeSegment(DTM, date)),
  ])
