import type { PurchaseOrder } from '../canonical/index.js'
import type { Transaction } from '../formats/x12/index.js'
import { currencySegments } from './currency.js'
import { itemSegments } from './item-details.js'
import { LINE_LOOPS } from './order-loops.js'
import { beginningOf, type OrderSet, readOrderSet } from './order-set.js'
import { orderedLine, po1Segment } from './ordered-line.js'
import type { ReadDocument } from './read-document.js'
import { date, layout, required, text } from './segment-layout.js'
import { headerSegments, inVersion, summarySegments, WITHIN_LS } from './write-order.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

export const BEG = layout<PurchaseOrder>('BEG', {
  purpose: required(1, 'purpose'),
  type: required(2, 'purchase order type'),
  poNumber: required(3, 'purchase order number'),
  release: text(4),
  poDate: date(5, 'purchase order date'),
  contract: text(6),
  acknowledgmentType: text(7),
  invoiceType: text(8),
  contractType: text(9),
  purchaseCategory: text(10),
  securityLevel: text(11),
  transactionType: text(12),
})

const HEADER = 'REF PER FOB CSH SAC ITD DTM LDT MEA PKG TD5 CTB TXI AMT N9 N1 LM'.split(' ')
const LINE = 'CTP MEA PID PO4 REF PER SAC CSH ITD FOB SDQ DTM TD5 MSG TXI CTB QTY SCH PKG LDT N9 N1 SLN AMT LM'.split(
  ' ',
)

/** X12 850. */
export const readPurchaseOrder = (transaction: Transaction): ReadDocument<PurchaseOrder> =>
  readOrderSet(transaction, ORDER)

const ORDER: OrderSet<PurchaseOrder> = {
  kind: 'purchase-order',
  beginning: beginningOf(BEG),
  beginningName: 'the beginning segment for purchase order',
  item: 'PO1',
  lineLoops: LINE_LOOPS,
  lineOf: orderedLine,
  charged: true,
}

export const writePurchaseOrder = (order: PurchaseOrder, version: string): WrittenSegment[] => [
  writeSegment(BEG, order),
  ...headerSegments(order, 'BY', inVersion(HEADER, version)),
  ...order.lines.flatMap((line) => [
    po1Segment(line),
    ...currencySegments(line, 'BY'),
    ...itemSegments(line, LINE, WITHIN_LS),
  ]),
  ...summarySegments(order, HEADER),
]
