import { type Charge, type InvoiceLine, type ProductIds, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { given } from './given.js'
import type { Draft } from './line.js'
import { productIds } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'

export type InvoiceLineDraft = Omit<Draft<InvoiceLine>, 'charges' | 'ids'> & {
  charges: Charge[]
  ids: Draft<ProductIds>
}

/** IT101..IT105 and the id pairs from IT106. A line without a price is whole (the match says what it misses), one without a quantity not. */
export function invoiceLine(reader: SegmentReader, segment: DecodedSegment, sequence: number): InvoiceLineDraft {
  reader.required(segment, 2, 'quantity invoiced')
  return {
    ...given({
      sequence,
      assignedId: reader.text(segment, 1),
      quantity: reader.decimal(segment, 2, 'quantity invoiced') ?? ZERO,
      uom: reader.text(segment, 3),
      unitPrice: reader.decimal(segment, 4, 'unit price'),
      priceBasis: reader.text(segment, 5),
      span: segment.span,
    }),
    ids: productIds(reader, segment, 6),
    charges: [],
  }
}

/** A line's REF PO (its order), LT (lot), SE (serial). Each counts where the line does not say it already; the others stay unread. */
export function readLineReference(reader: SegmentReader, line: InvoiceLineDraft, segment: DecodedSegment): void {
  const value = reader.peek(segment, 2)
  if (value === undefined) return
  const qualifier = reader.peek(segment, 1)
  if (qualifier === 'PO' && line.poNumber === undefined) line.poNumber = value
  else if (qualifier === 'LT' && line.ids.lot === undefined) line.ids.lot = value
  else if (qualifier === 'SE' && line.ids.serial === undefined) line.ids.serial = value
  else return
  reader.passOver(segment, 1, 2)
}
