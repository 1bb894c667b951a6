import type { Acknowledgment, ItemDetails } from '../canonical/index.js'
import type { Transaction } from '../formats/x12/index.js'
import { currencySegments } from './currency.js'
import type { DetailWriters } from './detail-writers.js'
import { itemSegments } from './item-details.js'
import { ANSWER_LOOPS } from './order-loops.js'
import { beginningOf, type OrderSet, readOrderSet } from './order-set.js'
import { answeredLine, po1Segment } from './ordered-line.js'
import { partySegments } from './party.js'
import type { ReadDocument } from './read-document.js'
import { date, layout, required, text } from './segment-layout.js'
import { headerSegments, summarySegments } from './write-order.js'
import { type WrittenSegment, writeSegment } from './write-segment.js'

export const BAK = layout<Acknowledgment>('BAK', {
  purpose: required(1, 'purpose'),
  type: required(2, 'acknowledgment type'),
  poNumber: required(3, 'purchase order number'),
  poDate: date(4, 'purchase order date'),
  release: text(5),
  request: text(6),
  contract: text(7),
  supplierOrder: text(8),
  acknowledgedOn: date(9, 'acknowledgment date'),
  transactionType: text(10),
})

const HEADER = 'REF PER FOB CSH SAC ITD DTM LDT MEA PKG TD5 TXI CTB N9 N1'.split(' ')
const LINE = 'CTP MEA PID PO4 REF PER SAC CSH ITD FOB SDQ DTM LDT TD5 ACK AMT CTB TXI QTY PKG SCH N9 N1 SLN'.split(' ')

const OWN: DetailWriters<ItemDetails> = {
  N1: ({ parties = [] }) => parties.flatMap((party) => partySegments(party, true)),
}

/** X12 855. A header without lines is a whole answer too: BAK02 says what silence about a line means. */
export const readAcknowledgment = (transaction: Transaction): ReadDocument<Acknowledgment> =>
  readOrderSet(transaction, ANSWER)

const ANSWER: OrderSet<Acknowledgment> = {
  kind: 'acknowledgment',
  beginning: beginningOf(BAK),
  beginningName: 'the beginning segment for purchase order acknowledgment',
  item: 'PO1',
  lineLoops: ANSWER_LOOPS,
  lineOf: answeredLine,
  charged: false,
}

export const writeAcknowledgment = (acknowledgment: Acknowledgment): WrittenSegment[] => [
  writeSegment(BAK, acknowledgment),
  ...headerSegments(acknowledgment, 'SE', HEADER),
  ...acknowledgment.lines.flatMap((line) => [
    po1Segment(line),
    ...currencySegments(line, 'SE'),
    ...itemSegments(line, LINE, OWN),
  ]),
  ...summarySegments(acknowledgment, HEADER),
]
