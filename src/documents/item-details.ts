import type { AcknowledgmentStatus, ItemDetails } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { statusSegments } from './acknowledgment-status.js'
import { componentSegments, readComponent } from './component.js'
import { descriptionSegments, readDescription } from './description.js'
import { destinationSegments, readDestinations } from './destination.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { append, type Draft } from './draft.js'
import { CTP, PO4, QTY, SCH } from './layouts.js'
import type { Loops } from './loops.js'
import { detailWriters, readDetail } from './order-details.js'
import type { SegmentReader } from './segment-reader.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

/** Reads a segment behind the first one of a line, of whatever transaction set, into the line. */
export function readItemDetail(
  reader: SegmentReader,
  loops: Loops,
  line: Draft<ItemDetails>,
  segment: DecodedSegment,
): void {
  switch (segment.id) {
    case 'PID':
      readDescription(reader, line, segment)
      break
    case 'PO4':
      line.packs = append(line.packs, reader.fields(segment, PO4))
      break
    case 'CTP':
      line.prices = append(line.prices, reader.fields(segment, CTP))
      break
    case 'SCH':
      line.schedules = append(line.schedules, reader.fields(segment, SCH))
      break
    case 'QTY':
      line.quantities = append(line.quantities, reader.fields(segment, QTY))
      break
    case 'SDQ':
      for (const each of readDestinations(reader, segment)) line.destinations = append(line.destinations, each)
      break
    case 'SLN':
      line.components = append(line.components, readComponent(reader, loops, segment))
      break
    default:
      readDetail(reader, loops, line, segment)
  }
}

/** On an acknowledgment. */
interface Answered {
  readonly statuses?: readonly AcknowledgmentStatus[]
}

export const itemWriters: DetailWriters<ItemDetails & Answered> = {
  ...detailWriters,
  ACK: ({ statuses }) => statusSegments(statuses),
  PID: descriptionSegments,
  PO4: ({ packs = [] }) => packs.map((pack) => writeSegment(PO4, pack)),
  CTP: ({ prices = [] }) => prices.map((price) => writeSegment(CTP, price)),
  SCH: ({ schedules = [] }) => schedules.map((schedule) => writeSegment(SCH, schedule)),
  QTY: ({ quantities = [] }) => quantities.map((quantity) => writeSegment(QTY, quantity)),
  SDQ: ({ destinations }) => destinationSegments(destinations),
  SLN: ({ components = [], statuses }) => components.flatMap((each) => componentSegments(each, statuses !== undefined)),
}

/**
 * What stands behind the first segment of a line, in the order of its set; `own` are the segments that the set writes in a way of its own.
 * @throws MatchbookError X12-WRITE
 */
export const itemSegments = (
  item: ItemDetails & Answered,
  order: readonly string[],
  own: DetailWriters<ItemDetails> = {},
): WrittenSegment[] => inOrder({ ...itemWriters, ...own }, item, order)
