import type { InvoiceCharge, InvoiceLine, ProductIds } from '../canonical/index.js'
import { CodeSet, type DecodedSegment } from '../formats/x12/index.js'
import { readAccounting } from './accounting.js'
import { chargeOfTxi, taxedCharge } from './charge.js'
import { readCurrency } from './currency.js'
import { append, type Draft } from './draft.js'
import { CAD, IT1, IT3, PAM } from './invoice-layouts.js'
import { readItemDetail } from './item-details.js'
import type { Loops } from './loops.js'
import { productIds } from './product-ids.js'
import { readReference } from './references.js'
import { framed } from './segment-layout.js'
import type { SegmentReader } from './segment-reader.js'

export type InvoiceLineDraft = Omit<Draft<InvoiceLine>, 'charges' | 'ids'> & {
  charges: InvoiceCharge[]
  ids: Draft<ProductIds>
}

export const FIRST_ID = 6
const IT1_LINE = framed(IT1, [], ['sequence', 'ids', 'charges', 'span'], 'description')
/** What the standard has from those details that any line of an order may have. */
const DETAILS = new CodeSet(['QTY', 'CTP', 'PID', 'PO4', 'ITD', 'PER', 'SDQ', 'DTM', 'SLN', 'N1', 'MEA', 'PKG', 'LM'])

/** IT101..IT105 and the id pairs from IT106. */
export function invoiceLine(
  reader: SegmentReader,
  it1: DecodedSegment,
  sequence: number,
  description: string | undefined,
): InvoiceLineDraft {
  return reader.framed(
    it1,
    IT1_LINE,
    {
      sequence,
      ids: productIds(it1, FIRST_ID),
      charges: [],
      span: it1.span,
    },
    description,
  ) as InvoiceLineDraft
}

/** A segment behind the IT1, up to the TDS. */
export function readIntoLine(
  reader: SegmentReader,
  loops: Loops,
  line: InvoiceLineDraft,
  segment: DecodedSegment,
): void {
  switch (segment.id) {
    case 'SAC':
      line.charges.push(taxedCharge(reader, loops, segment))
      break
    case 'TXI':
      line.charges.push(chargeOfTxi(reader, segment))
      break
    case 'REF':
      if (!readOwnReference(reader, line, segment)) readReference(reader, line, segment)
      break
    case 'IT3':
      line.shipments = append(line.shipments, reader.fields(segment, IT3))
      break
    case 'PAM':
      line.statedAmounts = append(line.statedAmounts, reader.fields(segment, PAM))
      break
    case 'CAD':
      line.carriers = append(line.carriers, reader.fields(segment, CAD))
      break
    case 'FA1':
      line.accounting = append(line.accounting, readAccounting(reader, loops, segment))
      break
    case 'CUR':
      readCurrency(reader, line, segment)
      break
    default:
      if (DETAILS.hasNumber(segment.idNumber)) readItemDetail(reader, loops, line, segment)
  }
}

/** A line's REF PO (its order), LT (lot), SE (serial): each where the line does not say it already. */
function readOwnReference(reader: SegmentReader, line: InvoiceLineDraft, ref: DecodedSegment): boolean {
  const value = reader.peek(ref, 2)
  if (value === undefined || reader.peek(ref, 3) !== undefined) return false
  const qualifier = reader.peek(ref, 1)
  if (qualifier === 'PO' && line.poNumber === undefined) line.poNumber = value
  else if (qualifier === 'LT' && line.ids.lot === undefined) line.ids.lot = value
  else if (qualifier === 'SE' && line.ids.serial === undefined) line.ids.serial = value
  else return false
  reader.passOver(ref, 1, 2)
  return true
}
