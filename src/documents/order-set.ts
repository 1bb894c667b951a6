import type {
  Acknowledgment,
  AcknowledgmentStatus,
  DocumentBase,
  OrderChangeAcknowledgment,
  OrderedLine,
  OrderHeader,
  PurchaseOrder,
  PurchaseOrderChange,
} from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { readStatus, readStatusDate } from './acknowledgment-status.js'
import { readCurrency } from './currency.js'
import { descriptionAhead } from './description.js'
import { append, type Draft } from './draft.js'
import { firstSegment } from './first-segment.js'
import { readItemDetail } from './item-details.js'
import { readLineCount } from './line-count.js'
import { Loops, type LoopTable } from './loops.js'
import { readDetail } from './order-details.js'
import { HEADER_LOOPS } from './order-loops.js'
import type { ReadDocument } from './read-document.js'
import { type FramedLayout, framed, type SegmentLayout } from './segment-layout.js'
import { SegmentReader } from './segment-reader.js'

type OrderDocument = PurchaseOrder | Acknowledgment | PurchaseOrderChange | OrderChangeAcknowledgment
type BesideBeginning = 'kind' | 'envelope' | 'span' | 'parties' | 'references'

/** The lines of an acknowledgment have statuses from the start, those of an order none at all. */
type LineDraft = Draft<OrderedLine> & { statuses?: readonly AcknowledgmentStatus[] }

/** What 850, 855, 860 and 865 do not have in common. */
export interface OrderSet<Document extends OrderDocument> {
  readonly kind: Document['kind']
  readonly beginning: FramedLayout<Document, BesideBeginning>
  /** What it is called. */
  readonly beginningName: string
  /** The id of the segment that opens a line. */
  readonly item: string
  readonly lineLoops: LoopTable
  readonly lineOf: (
    reader: SegmentReader,
    segment: DecodedSegment,
    sequence: number,
    description: string | undefined,
  ) => LineDraft
  /** A document without charges says so. */
  readonly charged: boolean
}

export const beginningOf = <Document extends OrderDocument>(
  layout: SegmentLayout<Document>,
): FramedLayout<Document, BesideBeginning> => framed(layout, ['kind', 'envelope', 'span'], ['parties', 'references'])

/** The segments of an 850, 855, 860 or 865 as header and lines. */
export function readOrderSet<Document extends OrderDocument>(
  transaction: Transaction,
  { kind, beginning, beginningName, item, lineLoops, lineOf, charged }: OrderSet<Document>,
): ReadDocument<Document> {
  const { envelope, span, segments } = transaction
  const reader = new SegmentReader(transaction)
  const loops = new Loops(HEADER_LOOPS)
  const first = firstSegment(segments, beginning.id)
  const beside = { kind, envelope, span, parties: [], references: {} }
  const document = (
    first === undefined ? beside : reader.framed(first, beginning, beside as Pick<Document, BesideBeginning>)
  ) as Draft<DocumentBase & OrderHeader & { lines: readonly LineDraft[] }>
  const lines: LineDraft[] = []
  let line: LineDraft | undefined
  let summary = false

  for (let n = 0; n < segments.length; n++) {
    const segment = segments[n] as DecodedSegment
    if (loops.holds(segment)) continue
    switch (segment.shape.id) {
      case beginning.id:
        break
      case item:
        if (line === undefined) loops.use(lineLoops)
        line = lineOf(
          reader,
          segment,
          lines.length + 1,
          summary ? undefined : descriptionAhead(reader, segments[n + 1]),
        )
        lines.push(line)
        break
      case 'ACK':
        if (line?.statuses !== undefined) line.statuses = append(line.statuses, readAnswer(reader, loops, segment))
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        summary = true
        break
      case 'CUR':
        if (!summary) readCurrency(reader, line ?? document, segment)
        break
      default:
        if (line === undefined && !summary) readDetail(reader, loops, document, segment)
        else if (line !== undefined && !summary) readItemDetail(reader, loops, line, segment)
        else if (segment.id === 'AMT') readDetail(reader, loops, document, segment)
    }
  }
  if (first === undefined) {
    reader.missing(span, beginning.id, beginningName)
    return reader.refuse()
  }
  if (charged) document.charges ??= []
  document.lines = lines
  document.unmapped = reader.unmapped(segments)
  return reader.finish(document as unknown as Document)
}

function readAnswer(reader: SegmentReader, loops: Loops, segment: DecodedSegment): AcknowledgmentStatus {
  const status = readStatus(reader, segment)
  loops.give((dtm) => readStatusDate(reader, status, dtm))
  return status
}
