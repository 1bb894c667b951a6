import { absolute, type Charge, compare, type Invoice, type InvoiceLine, type Terms, ZERO } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { chargeOfSac, chargeOfTxi } from './charge.js'
import { directed } from './direction.js'
import { given } from './given.js'
import { Header, terms } from './header.js'
import { type InvoiceLineDraft, invoiceLine, readLineReference } from './invoice-line.js'
import { readDescription, readLineCount } from './line.js'
import { outsideLoops } from './outside-loops.js'
import type { ReadDocument } from './read-document.js'
import { SegmentReader } from './segment-reader.js'

/** Element 640: credit memo, credit invoice, consolidated credit invoice and memo, credit commission invoice. */
const CREDITS = ['CR', 'CN', 'CE', 'CG', 'CC']

/**
 * X12 810. BIG07 and the sign of TDS01 together say the direction: a credit type, or a negative total, makes a credit. Header charges
 * and taxes stand after TDS.
 */
export function readInvoice(transaction: Transaction): ReadDocument<Invoice> {
  const reader = new SegmentReader()
  const header = new Header(reader)
  const charges: Charge[] = []
  const lines: InvoiceLineDraft[] = []
  let big: DecodedSegment | undefined
  let tds: DecodedSegment | undefined
  let currency: string | undefined
  let agreed: Terms | undefined
  let line: InvoiceLineDraft | undefined

  for (const segment of outsideLoops(transaction.segments)) {
    switch (segment.id) {
      case 'BIG':
        big ??= segment
        break
      case 'IT1':
        line = invoiceLine(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'TDS':
        tds ??= segment
        line = undefined
        break
      case 'SAC':
        ;(line?.charges ?? charges).push(chargeOfSac(reader, segment))
        break
      case 'TXI':
        ;(line?.charges ?? charges).push(chargeOfTxi(reader, segment))
        break
      case 'PID':
        if (line !== undefined) readDescription(reader, line, segment)
        break
      case 'CUR':
        if (line === undefined) currency ??= currencyOf(reader, segment)
        break
      case 'ITD':
        if (line === undefined) agreed ??= terms(reader, segment)
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        break
      default:
        if (line === undefined) header.read(segment)
        else if (segment.id === 'REF') readLineReference(reader, line, segment)
    }
  }

  if (big === undefined) reader.missing(transaction.span, 'BIG', 'the beginning segment for invoice')
  if (tds === undefined) reader.missing(transaction.span, 'TDS', 'the invoice total')
  if (big === undefined || tds === undefined) return reader.refuse()

  reader.required(tds, 1, 'invoice total')
  const total = reader.implied(tds, 1, 2, 'invoice total') ?? ZERO
  const type = reader.text(big, 7)
  const credit = CREDITS.includes(type ?? '') || compare(total, ZERO) < 0
  const poNumber = reader.text(big, 4) ?? header.only('PO')
  const amounts = directed({ lines, charges }, credit)
  return reader.finish(
    given({
      kind: 'invoice' as const,
      envelope: transaction.envelope,
      span: transaction.span,
      invoiceNumber: reader.required(big, 2, 'invoice number'),
      invoiceDate: reader.requiredDate(big, 1, 'invoice date'),
      poNumber,
      release: reader.text(big, 5),
      poDate: reader.date(big, 3, 'purchase order date'),
      type,
      credit,
      currency,
      parties: header.parties,
      terms: agreed,
      lines: amounts.lines.map((each) => withOwnOrder(each, poNumber)),
      charges: amounts.charges,
      total: absolute(total),
      references: header.references,
      unmapped: reader.unmapped(transaction.segments),
    }),
  )
}

/** CUR02. That it is the seller's or the buyer's (CUR01) goes without saying. */
function currencyOf(reader: SegmentReader, segment: DecodedSegment): string | undefined {
  reader.expect(segment, 1, 'SE', 'BY')
  return reader.text(segment, 2)
}

/** A line names its order only where it differs from the document's. */
function withOwnOrder(line: InvoiceLine, ofDocument: string | undefined): InvoiceLine {
  if (line.poNumber === undefined || line.poNumber !== ofDocument) return line
  const { poNumber, ...rest } = line
  return rest
}
