import type { OrderChangeAcknowledgment } from '../canonical/index.js'
import type { Transaction } from '../formats/x12/index.js'
import { currencySegments } from './currency.js'
import { itemSegments } from './item-details.js'
import { LINE_LOOPS } from './order-loops.js'
import { beginningOf, type OrderSet, readOrderSet } from './order-set.js'
import { answeredChange, pocSegment } from './ordered-line.js'
import type { ReadDocument } from './read-document.js'
import { date, layout, required, text } from './segment-layout.js'
import { headerSegments, inVersion, is005010, summarySegments } from './write-order.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

export const BCA = layout<OrderChangeAcknowledgment>('BCA', {
  purpose: required(1, 'purpose'),
  type: text(2),
  poNumber: required(3, 'purchase order number'),
  release: text(4),
  changeNumber: text(5),
  poDate: date(6, 'purchase order date'),
  request: text(7),
  contract: text(8),
  supplierOrder: text(9),
  acknowledgedOn: date(10, 'acknowledgment date'),
  changedOn: date(11, 'date of the change'),
  orderType: text(13),
  securityLevel: text(14),
  transactionType: text(15),
})

const HEADER = 'REF PER FOB CSH SAC ITD DTM LDT MEA PKG TD5 TXI CTB N9 N1 AMT LM'.split(' ')
const LINE =
  'CTP MEA PID PKG PO4 REF PER SAC CSH ITD FOB SDQ DTM TD5 TXI ACK MSG CTB LM AMT QTY SCH LDT N9 N1 SLN'.split(' ')

/** Codes of a list have a place from 005010 on. */
const placesIn = (places: readonly string[], version: string): readonly string[] =>
  is005010(version) ? places : places.filter((id) => id !== 'LM')

/** X12 865. Also the supplier's own wish to change an order: BCA02 says which. */
export const readOrderChangeAcknowledgment = (transaction: Transaction): ReadDocument<OrderChangeAcknowledgment> =>
  readOrderSet(transaction, CHANGE_ANSWER)

const CHANGE_ANSWER: OrderSet<OrderChangeAcknowledgment> = {
  kind: 'order-change-acknowledgment',
  beginning: beginningOf(BCA),
  beginningName: 'the beginning segment for purchase order change acknowledgment',
  item: 'POC',
  lineLoops: LINE_LOOPS,
  lineOf: answeredChange,
  charged: false,
}

export const writeOrderChangeAcknowledgment = (
  acknowledgment: OrderChangeAcknowledgment,
  version: string,
): WrittenSegment[] => [
  writeSegment(BCA, acknowledgment),
  ...headerSegments(acknowledgment, 'SE', inVersion(placesIn(HEADER, version), version)),
  ...acknowledgment.lines.flatMap((line) => [
    pocSegment(line),
    ...currencySegments(line, 'SE'),
    ...itemSegments(line, placesIn(LINE, version)),
  ]),
  ...summarySegments(acknowledgment, HEADER),
]
