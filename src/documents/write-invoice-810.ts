import { compare, type Invoice, type InvoiceLine, negate, ZERO } from '../canonical/index.js'
import { accountingSegments } from './accounting.js'
import { taxedSacSegments, txiSegments } from './charge.js'
import { componentSegments } from './component.js'
import { currencySegments } from './currency.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { inAll, turned } from './direction.js'
import { isCreditType } from './invoice-810.js'
import { BIG, CAD, ISS, IT1, IT3, PAM, TDS } from './invoice-layouts.js'
import { FIRST_ID } from './invoice-line.js'
import { COMPONENT } from './invoice-loops.js'
import { itemWriters } from './item-details.js'
import { detailWriters } from './order-details.js'
import { partySegments } from './party.js'
import { productIdsAt } from './product-ids.js'
import { referenceSegments } from './references.js'
import { heldLoop } from './write-loop.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

const HEADER = 'NTE CUR REF PER N1 ITD DTM FOB MEA PKG LM N9 FA1'.split(' ')
const LINE = 'QTY CUR IT3 TXI CTP PAM MEA PID PKG PO4 ITD REF PER SDQ DTM CAD SAC SLN N1 LM FA1'.split(' ')
const SUMMARY = 'TXI CAD AMT SAC ISS'.split(' ')
const PARTY = 'N2 N3 N4 REF PER'.split(' ')

/**
 * The segments of an 810 between ST and SE. A credit that its type does not call one is written negative, so that its total does.
 * @throws MatchbookError X12-WRITE when something is said that an 810 has no place for
 */
export function writeInvoice(invoice: Invoice): WrittenSegment[] {
  const { total, lines, charges } = signed(invoice)
  const { amounts, carrier, shipments, ...header } = invoice
  return [
    writeSegment(BIG, invoice),
    ...inOrder(headerWriters, { ...header, charges: [] }, HEADER),
    ...lines.flatMap((line) => [
      writeSegment(IT1, line, productIdsAt(FIRST_ID, line.ids)),
      ...inOrder(lineWriters, line, LINE),
    ]),
    writeSegment(TDS, { ...invoice, total }),
    ...inOrder(summaryWriters, { ...invoice, charges }, SUMMARY),
    segment('CTT', String(lines.length)),
  ]
}

function signed(invoice: Invoice): Pick<Invoice, 'total' | 'lines' | 'charges'> {
  const { credit, type, total, lines, charges } = invoice
  if (!credit || isCreditType(type)) return { total, lines, charges }
  const amounts = compare(inAll(invoice), ZERO) > 0 ? turned(invoice) : invoice
  return { total: negate(total), lines: amounts.lines, charges: amounts.charges }
}

const headerWriters: DetailWriters<Invoice> = {
  ...detailWriters,
  CUR: (of) => currencySegments(of, 'SE'),
  FA1: accountingSegments,
  N1: ({ parties }) => parties.flatMap((party) => heldLoop(partySegments(party), PARTY)),
}

const summaryWriters: DetailWriters<Invoice> = {
  TXI: txiSegments,
  CAD: ({ carrier }) => (carrier === undefined ? [] : [writeSegment(CAD, carrier)]),
  AMT: detailWriters.AMT ?? (() => []),
  SAC: taxedSacSegments,
  ISS: ({ shipments = [] }) => shipments.map((each) => writeSegment(ISS, each)),
}

const lineWriters: DetailWriters<InvoiceLine> = {
  ...itemWriters,
  SAC: taxedSacSegments,
  CUR: (of) => currencySegments(of, 'SE'),
  IT3: ({ shipments = [] }) => shipments.map((each) => writeSegment(IT3, each)),
  PAM: ({ statedAmounts = [] }) => statedAmounts.map((each) => writeSegment(PAM, each)),
  SLN: ({ components = [] }) =>
    components.flatMap((each) => heldLoop(componentSegments(each, false), COMPONENT.split(' '))),
  REF: (line) => [
    ...(line.poNumber === undefined ? [] : [segment('REF', 'PO', line.poNumber)]),
    ...referenceSegments(line),
  ],
  FA1: accountingSegments,
  CAD: ({ carriers = [] }) => carriers.map((each) => writeSegment(CAD, each)),
  N1: ({ parties = [] }) => parties.flatMap((party) => heldLoop(partySegments(party), PARTY)),
}
