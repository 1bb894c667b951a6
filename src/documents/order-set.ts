import type { AcknowledgmentStatus, OrderedLine, OrderHeader } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { readStatus, readStatusDate } from './acknowledgment-status.js'
import { readCurrency } from './currency.js'
import type { Draft } from './draft.js'
import { readItemDetail } from './item-details.js'
import { readLineCount } from './line-count.js'
import { Loops } from './loops.js'
import { readDetail } from './order-details.js'
import { HEADER_LOOPS, LINE_LOOPS } from './order-loops.js'
import { SegmentReader } from './segment-reader.js'

/** The lines of an acknowledgment have statuses from the start, those of an order none at all. */
type LineDraft = Draft<OrderedLine> & { statuses?: AcknowledgmentStatus[] }

export interface OrderParts<Line> {
  readonly reader: SegmentReader
  /** The beginning segment, if there is one. */
  readonly first: DecodedSegment | undefined
  readonly header: Draft<OrderHeader>
  readonly lines: Line[]
}

/** The segments of an 850, 855, 860 or 865 as header and lines. `beginning` and `item` are the ids of the segments that open them. */
export function readOrderParts<Line extends LineDraft>(
  transaction: Transaction,
  beginning: string,
  item: string,
  lineOf: (reader: SegmentReader, segment: DecodedSegment, sequence: number) => Line,
): OrderParts<Line> {
  const reader = new SegmentReader(transaction)
  const loops = new Loops(HEADER_LOOPS)
  const header: Draft<OrderHeader> = { parties: [], references: {} }
  const lines: Line[] = []
  let first: DecodedSegment | undefined
  let line: Line | undefined
  let summary = false

  for (const segment of transaction.segments) {
    if (loops.holds(segment)) continue
    switch (segment.id) {
      case beginning:
        first ??= segment
        break
      case item:
        if (line === undefined) loops.use(LINE_LOOPS)
        line = lineOf(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'ACK':
        if (line?.statuses !== undefined) readAnswer(reader, loops, line.statuses, segment)
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        summary = true
        break
      case 'CUR':
        if (!summary) readCurrency(reader, line ?? header, segment)
        break
      default:
        if (line === undefined && !summary) readDetail(reader, loops, header, segment)
        else if (line !== undefined && !summary) readItemDetail(reader, loops, line, segment)
        else if (segment.id === 'AMT') readDetail(reader, loops, header, segment)
    }
  }
  return { reader, first, header, lines }
}

function readAnswer(
  reader: SegmentReader,
  loops: Loops,
  statuses: AcknowledgmentStatus[],
  segment: DecodedSegment,
): void {
  const status = readStatus(reader, segment)
  statuses.push(status)
  loops.give((dtm) => readStatusDate(reader, status, dtm))
}
