import { absolute, type Invoice, type InvoiceCharge, type InvoiceLine, ZERO } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { chargeOfSac, chargeOfTxi } from './charge.js'
import { readCurrency } from './currency.js'
import { directed } from './direction.js'
import { append, type Draft } from './draft.js'
import { BIG, CAD, ISS, TDS, type Totals } from './invoice-layouts.js'
import { type InvoiceLineDraft, invoiceLine, readIntoLine } from './invoice-line.js'
import { HEADER_LOOPS, LINE_LOOPS } from './invoice-loops.js'
import { readLineCount } from './line-count.js'
import { Loops } from './loops.js'
import { readDetail } from './order-details.js'
import type { ReadDocument } from './read-document.js'
import { onlyReference } from './references.js'
import { countedOnce } from './repeated-charges.js'
import { SegmentReader } from './segment-reader.js'

/** Element 640: credit memo, credit invoice, consolidated credit invoice and memo, credit commission invoice. */
const CREDITS = ['CR', 'CN', 'CE', 'CG', 'CC']
export const isCreditType = (type: string | undefined): boolean => type !== undefined && CREDITS.includes(type)

/** What the standard has from those details that any order may have. */
const DETAILS = new Set(['NTE', 'REF', 'PER', 'N1', 'ITD', 'DTM', 'FOB', 'N9', 'AMT'])

type HeaderDraft = Draft<Partial<Invoice>> &
  Pick<Invoice, 'parties' | 'references'> & {
    readonly charges: InvoiceCharge[]
  }

/**
 * X12 810. BIG07 and the sign of TDS01 together say the direction: a credit type, or a negative total, makes a credit. Header charges
 * and taxes stand after TDS.
 */
export function readInvoice(transaction: Transaction): ReadDocument<Invoice> {
  const reader = new SegmentReader(transaction)
  const loops = new Loops(HEADER_LOOPS)
  const header: HeaderDraft = { parties: [], references: {}, charges: [] }
  const lines: InvoiceLineDraft[] = []
  let big: DecodedSegment | undefined
  let tds: DecodedSegment | undefined
  let line: InvoiceLineDraft | undefined

  for (const segment of transaction.segments) {
    if (loops.holds(segment)) continue
    switch (segment.id) {
      case 'BIG':
        big ??= segment
        break
      case 'IT1':
        if (line === undefined) loops.use(LINE_LOOPS)
        line = invoiceLine(reader, segment, lines.length + 1)
        lines.push(line)
        break
      case 'TDS':
        tds ??= segment
        loops.use(HEADER_LOOPS)
        line = undefined
        break
      case 'CTT':
        readLineCount(reader, segment, lines)
        break
      default:
        if (line === undefined) readIntoHeader(reader, loops, header, segment)
        else readIntoLine(reader, loops, line, segment)
    }
  }

  if (big === undefined) reader.missing(transaction.span, 'BIG', 'the beginning segment for invoice')
  if (tds === undefined) reader.missing(transaction.span, 'TDS', 'the invoice total')
  if (big === undefined || tds === undefined) return reader.refuse()
  return invoiceOf(reader, transaction, header, lines, big, tds)
}

function invoiceOf(
  reader: SegmentReader,
  transaction: Transaction,
  header: HeaderDraft,
  drafts: readonly InvoiceLineDraft[],
  big: DecodedSegment,
  tds: DecodedSegment,
): ReadDocument<Invoice> {
  reader.required(big, 1, 'invoice date')
  reader.required(tds, 1, 'invoice total')
  const { envelope, span } = transaction
  const beginning = reader.fields(big, BIG, { kind: 'invoice', envelope, span })
  const stated: Partial<Totals> = reader.fields(tds, TDS)
  // What could not be read makes no sum.
  if (reader.foundFault) return reader.refuse()
  const credit = isCreditType(beginning.type) || stated.total?.startsWith('-') === true
  const totals = unsigned(stated)
  const counted = countedOnce(directed({ lines: drafts, charges: header.charges }, credit), totals.total)
  const poNumber = beginning.poNumber ?? onlyReference(header, 'PO')
  if (poNumber !== undefined) beginning.poNumber = poNumber
  const lines = counted.lines.map((line) => withOwnOrder(line, poNumber))
  const unmapped = reader.unmapped(transaction.segments)
  return reader.finish(Object.assign(beginning, { credit }, header, counted, { lines }, totals, { unmapped }))
}

function unsigned(stated: Partial<Totals>): Totals {
  const amounts: Draft<Totals> = { total: ZERO }
  for (const { key } of TDS.fields) {
    const amount = stated[key]
    if (amount !== undefined) amounts[key] = amount.startsWith('-') ? absolute(amount) : amount
  }
  return amounts
}

function readIntoHeader(reader: SegmentReader, loops: Loops, header: HeaderDraft, segment: DecodedSegment): void {
  switch (segment.id) {
    case 'SAC':
      header.charges.push(chargeOfSac(reader, segment))
      break
    case 'TXI':
      header.charges.push(chargeOfTxi(reader, segment))
      break
    case 'CUR':
      readCurrency(reader, header, segment)
      break
    case 'CAD':
      header.carrier ??= reader.fields(segment, CAD)
      break
    case 'ISS':
      header.shipments = append(header.shipments, reader.fields(segment, ISS))
      break
    default:
      if (DETAILS.has(segment.id)) readDetail(reader, loops, header, segment)
  }
}

/** A line names its order only where it differs from the document's. */
function withOwnOrder(line: InvoiceLine, ofDocument: string | undefined): InvoiceLine {
  if (line.poNumber === undefined || line.poNumber !== ofDocument) return line
  const { poNumber, ...rest } = line
  return rest
}
