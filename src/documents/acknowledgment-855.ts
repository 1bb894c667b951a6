import type { Acknowledgment, AcknowledgmentLine, AcknowledgmentStatus } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { given } from './given.js'
import { Header } from './header.js'
import { type Draft, readDescription, readLineCount } from './line.js'
import { orderedLine } from './ordered-line.js'
import { outsideLoops } from './outside-loops.js'
import { productIds } from './product-ids.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

type LineDraft = Draft<AcknowledgmentLine> & { statuses: AcknowledgmentStatus[] }

/** X12 855. A header without lines is a whole answer too: BAK02 says what silence about a line means. */
export function readAcknowledgment(transaction: Transaction): ReadDocument<Acknowledgment> {
  const reader = new SegmentReader()
  const header = new Header(reader)
  const lines: LineDraft[] = []
  let bak: DecodedSegment | undefined
  let line: LineDraft | undefined

  for (const segment of outsideLoops(transaction.segments)) {
    switch (segment.id) {
      case 'BAK':
        bak ??= segment
        break
      case 'PO1':
        line = { ...orderedLine(reader, segment, lines.length + 1), statuses: [] }
        lines.push(line)
        break
      case 'PID':
        if (line !== undefined) readDescription(reader, line, segment)
        break
      case 'ACK':
        line?.statuses.push(statusOf(reader, segment))
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        break
      default:
        if (line === undefined) header.read(segment)
    }
  }

  if (bak === undefined) {
    reader.missing(transaction.span, 'BAK', 'the beginning segment for purchase order acknowledgment')
    return reader.refuse()
  }
  return reader.finish(
    given({
      kind: 'acknowledgment' as const,
      envelope: transaction.envelope,
      span: transaction.span,
      poNumber: reader.required(bak, 3, 'purchase order number'),
      poDate: reader.date(bak, 4, 'purchase order date'),
      acknowledgedOn: reader.date(bak, 9, 'acknowledgment date'),
      purpose: reader.required(bak, 1, 'purpose'),
      type: reader.required(bak, 2, 'acknowledgment type'),
      parties: header.parties,
      lines,
      references: header.references,
      unmapped: reader.unmapped(transaction.segments),
    }),
  )
}

/** ACK01..ACK05 and the id pairs from ACK07. */
const statusOf = (reader: SegmentReader, segment: DecodedSegment): AcknowledgmentStatus =>
  given({
    status: reader.required(segment, 1, 'line item status'),
    quantity: reader.decimal(segment, 2, 'acknowledged quantity'),
    uom: reader.text(segment, 3),
    dateQualifier: reader.text(segment, 4),
    date: reader.date(segment, 5, 'date'),
    ids: productIds(reader, segment, 7),
    span: segment.span,
  })
