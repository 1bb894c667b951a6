import type { PurchaseOrderChange } from '../canonical/index.js'
import type { Transaction } from '../formats/x12/index.js'
import { currencySegments } from './currency.js'
import { itemSegments } from './item-details.js'
import { LINE_LOOPS } from './order-loops.js'
import { beginningOf, type OrderSet, readOrderSet } from './order-set.js'
import { changedLine, pocSegment } from './ordered-line.js'
import type { ReadDocument } from './read-document.js'
import { date, layout, required, text } from './segment-layout.js'
import { headerSegments, inVersion, summarySegments, WITHIN_LS } from './write-order.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

export const BCH = layout<PurchaseOrderChange>('BCH', {
  purpose: required(1, 'purpose'),
  type: required(2, 'purchase order type'),
  poNumber: required(3, 'purchase order number'),
  release: text(4),
  changeNumber: text(5),
  poDate: date(6, 'purchase order date'),
  request: text(7),
  contract: text(8),
  supplierOrder: text(9),
  acknowledgedOn: date(10, 'acknowledgment date'),
  changedOn: date(11, 'date of the change'),
  contractType: text(12),
  securityLevel: text(13),
  acknowledgmentType: text(14),
  transactionType: text(15),
  purchaseCategory: text(16),
})

const HEADER = 'REF PER FOB CSH SAC ITD DTM LDT MEA PKG TD5 CTB TXI AMT N9 N1 LM'.split(' ')
const LINE = 'CTP MEA PID PKG PO4 REF PER SAC CSH ITD FOB SDQ DTM TD5 CTB TXI MSG QTY SCH N9 LDT N1 SLN AMT LM'.split(
  ' ',
)

/** X12 860. Without lines it changes the header: BCH01 says whether the order is cancelled, changed or replaced. */
export const readOrderChange = (transaction: Transaction): ReadDocument<PurchaseOrderChange> =>
  readOrderSet(transaction, CHANGE)

const CHANGE: OrderSet<PurchaseOrderChange> = {
  kind: 'purchase-order-change',
  beginning: beginningOf(BCH),
  beginningName: 'the beginning segment for purchase order change',
  item: 'POC',
  lineLoops: LINE_LOOPS,
  lineOf: changedLine,
  charged: true,
}

export const writeOrderChange = (change: PurchaseOrderChange, version: string): WrittenSegment[] => [
  writeSegment(BCH, change),
  ...headerSegments(change, 'BY', inVersion(HEADER, version)),
  ...change.lines.flatMap((line) => [
    pocSegment(line),
    ...currencySegments(line, 'BY'),
    ...itemSegments(line, LINE, WITHIN_LS),
  ]),
  ...summarySegments(change, HEADER),
]
