import type { AcknowledgmentStatus } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { ACK, DTM } from './layouts.js'
import { productIds, productIdsAt } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

const FIRST_ID = 7

export function readStatus(reader: SegmentReader, ack: DecodedSegment): Draft<AcknowledgmentStatus> {
  const status: Draft<AcknowledgmentStatus> = reader.fields(ack, ACK)
  status.ids = productIds(ack, FIRST_ID)
  status.span = ack.span
  return status
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
