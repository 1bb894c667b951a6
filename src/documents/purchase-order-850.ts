import type { Charge, PurchaseOrder, PurchaseOrderLine, Terms } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { chargeOfSac } from './charge.js'
import { directed } from './direction.js'
import { given } from './given.js'
import { Header, terms } from './header.js'
import { type Draft, readDescription, readLineCount } from './line.js'
import { orderedLine } from './ordered-line.js'
import { outsideLoops } from './outside-loops.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

/** X12 850. */
export function readPurchaseOrder(transaction: Transaction): ReadDocument<PurchaseOrder> {
  const reader = new SegmentReader()
  const header = new Header(reader)
  const charges: Charge[] = []
  const lines: Draft<PurchaseOrderLine>[] = []
  let beg: DecodedSegment | undefined
  let agreed: Terms | undefined
  let line: Draft<PurchaseOrderLine> | undefined

  for (const segment of outsideLoops(transaction.segments)) {
    switch (segment.id) {
      case 'BEG':
        beg ??= segment
        break
      case 'PO1':
        line = orderedLine(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'PID':
        if (line !== undefined) readDescription(reader, line, segment)
        break
      case 'ITD':
        if (line === undefined) agreed ??= terms(reader, segment)
        break
      case 'SAC':
        if (line === undefined) charges.push(chargeOfSac(reader, segment))
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        break
      default:
        if (line === undefined) header.read(segment)
    }
  }

  if (beg === undefined) {
    reader.missing(transaction.span, 'BEG', 'the beginning segment for purchase order')
    return reader.refuse()
  }
  return reader.finish(
    given({
      kind: 'purchase-order' as const,
      envelope: transaction.envelope,
      span: transaction.span,
      poNumber: reader.required(beg, 3, 'purchase order number'),
      release: reader.text(beg, 4),
      poDate: reader.date(beg, 5, 'purchase order date'),
      purpose: reader.required(beg, 1, 'purpose'),
      type: reader.required(beg, 2, 'purchase order type'),
      parties: header.parties,
      terms: agreed,
      lines,
      charges: directed({ lines: [], charges }, false).charges,
      references: header.references,
      unmapped: reader.unmapped(transaction.segments),
    }),
  )
}
