import type { PurchaseOrderLine } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { given } from './given.js'
import { productIds } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'

/** PO101..PO105 and the id pairs from PO106: the line as 850 and 855 both write it. */
export const orderedLine = (reader: SegmentReader, segment: DecodedSegment, sequence: number): PurchaseOrderLine =>
  given({
    sequence,
    assignedId: reader.text(segment, 1),
    quantity: reader.decimal(segment, 2, 'quantity ordered'),
    uom: reader.text(segment, 3),
    unitPrice: reader.decimal(segment, 4, 'unit price'),
    priceBasis: reader.text(segment, 5),
    ids: productIds(reader, segment, 6),
    span: segment.span,
  })
