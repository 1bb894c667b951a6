import { absolute, type Invoice, type InvoiceLine, ZERO } from '../canonical/index.js'
import { CodeSet, type DecodedSegment, type Transaction } from '../formats/x12/index.js'
import { readAccounting } from './accounting.js'
import { chargeOfTxi, taxedCharge } from './charge.js'
import { readCurrency } from './currency.js'
import { descriptionAhead } from './description.js'
import { directed } from './direction.js'
import { append, type Draft } from './draft.js'
import { firstSegment } from './first-segment.js'
import { BIG, CAD, ISS, TDS, type Totals } from './invoice-layouts.js'
import { type InvoiceLineDraft, invoiceLine, readIntoLine } from './invoice-line.js'
import { HEADER_LOOPS, LINE_LOOPS } from './invoice-loops.js'
import { readLineCount } from './line-count.js'
import { Loops } from './loops.js'
import { readDetail } from './order-details.js'
import type { ReadDocument } from './read-document.js'
import { onlyReference } from './references.js'
import { countedOnce, withTaxesOfTotal } from './repeated-charges.js'
import { framed } from './segment-layout.js'
import { SegmentReader } from './segment-reader.js'

/** Element 640: credit memo, credit invoice, consolidated credit invoice and memo, credit commission invoice. */
const CREDITS = ['CR', 'CN', 'CE', 'CG', 'CC']
export const isCreditType = (type: string | undefined): boolean => type !== undefined && CREDITS.includes(type)

/** What the standard has from those details that any order may have. */
const DETAILS = new CodeSet(['NTE', 'REF', 'PER', 'N1', 'ITD', 'DTM', 'FOB', 'N9', 'AMT', 'MEA', 'PKG', 'LM'])

type InvoiceDraft = Draft<Invoice>

const BIG_INVOICE = framed(BIG, ['kind', 'envelope', 'span'], ['credit', 'parties', 'references', 'charges'])

/**
 * X12 810. BIG07 and the sign of TDS01 together say the direction: a credit type, or a negative total, makes a credit. Header charges
 * and taxes stand after TDS.
 */
export function readInvoice(transaction: Transaction): ReadDocument<Invoice> {
  const reader = new SegmentReader(transaction)
  const loops = new Loops(HEADER_LOOPS)
  const { segments } = transaction
  const big = firstSegment(segments, 'BIG')
  const tds = firstSegment(segments, 'TDS')
  const invoice = startedInvoice(reader, transaction, tds && big)
  const lines: InvoiceLineDraft[] = []
  let line: InvoiceLineDraft | undefined

  for (let n = 0; n < segments.length; n++) {
    const segment = segments[n] as DecodedSegment
    if (loops.holds(segment)) continue
    switch (segment.shape.id) {
      case 'BIG':
        break
      case 'IT1':
        if (line === undefined) loops.use(LINE_LOOPS)
        line = invoiceLine(reader, segment, lines.length + 1, descriptionAhead(reader, segments[n + 1]))
        lines.push(line)
        break
      case 'TDS':
        loops.use(HEADER_LOOPS)
        line = undefined
        break
      case 'ISS':
        // Of the whole shipment also where it stands in front of the TDS.
        readIntoHeader(reader, loops, invoice, segment)
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        break
      default:
        if (line === undefined) readIntoHeader(reader, loops, invoice, segment)
        else readIntoLine(reader, loops, line, segment)
    }
  }

  if (big === undefined) reader.missing(transaction.span, 'BIG', 'the beginning segment for invoice')
  if (tds === undefined) reader.missing(transaction.span, 'TDS', 'the invoice total')
  if (big === undefined || tds === undefined) return reader.refuse()
  return finishedInvoice(reader, transaction, invoice, lines, tds)
}

/** Without `big` only something to read into: it will not be handed over. */
function startedInvoice(
  reader: SegmentReader,
  { envelope, span }: Transaction,
  big: DecodedSegment | undefined,
): InvoiceDraft {
  const beside = { kind: 'invoice', envelope, span, credit: false, parties: [], references: {}, charges: [] } as const
  if (big === undefined) return { ...beside } as unknown as InvoiceDraft
  reader.required(big, 1, 'invoice date')
  return reader.framed(big, BIG_INVOICE, beside)
}

function finishedInvoice(
  reader: SegmentReader,
  transaction: Transaction,
  invoice: InvoiceDraft,
  drafts: readonly InvoiceLineDraft[],
  tds: DecodedSegment,
): ReadDocument<Invoice> {
  reader.required(tds, 1, 'invoice total')
  const stated: Partial<Totals> = reader.fields(tds, TDS)
  // What could not be read makes no sum.
  if (reader.foundFault) return reader.refuse()
  invoice.credit = isCreditType(invoice.type) || stated.total?.startsWith('-') === true
  const totals = unsigned(stated)
  const amounts = directed({ lines: drafts, charges: invoice.charges }, invoice.credit)
  const counted = withTaxesOfTotal(countedOnce(amounts, totals.total), totals.total)
  const poNumber = invoice.poNumber ?? onlyReference(invoice, 'PO')
  if (poNumber !== undefined) invoice.poNumber = poNumber
  if (counted.chargesRepeated !== undefined) invoice.chargesRepeated = counted.chargesRepeated
  invoice.charges = counted.charges
  invoice.lines = withOwnOrders(counted.lines, poNumber)
  Object.assign(invoice, totals)
  invoice.unmapped = reader.unmapped(transaction.segments)
  return reader.finish(invoice)
}

function unsigned(stated: Partial<Totals>): Totals {
  const amounts: Draft<Totals> = { total: ZERO }
  for (const { key } of TDS.fields) {
    const amount = stated[key]
    if (amount !== undefined) amounts[key] = amount.startsWith('-') ? absolute(amount) : amount
  }
  return amounts
}

function readIntoHeader(reader: SegmentReader, loops: Loops, invoice: InvoiceDraft, segment: DecodedSegment): void {
  switch (segment.id) {
    case 'SAC':
      invoice.charges = append(invoice.charges, taxedCharge(reader, loops, segment))
      break
    case 'TXI':
      invoice.charges = append(invoice.charges, chargeOfTxi(reader, segment))
      break
    case 'CUR':
      readCurrency(reader, invoice, segment)
      break
    case 'CAD':
      invoice.carrier ??= reader.fields(segment, CAD)
      break
    case 'FA1':
      invoice.accounting = append(invoice.accounting, readAccounting(reader, loops, segment))
      break
    case 'ISS':
      invoice.shipments = append(invoice.shipments, reader.fields(segment, ISS))
      break
    default:
      if (DETAILS.hasNumber(segment.idNumber)) readDetail(reader, loops, invoice, segment)
  }
}

/** A line names its order only where it differs from the document's. */
function withOwnOrders(lines: readonly InvoiceLine[], ofDocument: string | undefined): readonly InvoiceLine[] {
  if (lines.every(({ poNumber }) => poNumber === undefined || poNumber !== ofDocument)) return lines
  return lines.map((line) => {
    const { poNumber, ...rest } = line
    return poNumber === ofDocument ? rest : line
  })
}
