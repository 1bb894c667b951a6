import type { PurchaseOrderLine } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { productIds } from './product-ids.js'
import type { SegmentReader } from './segment-reader.js'

/** PO101..PO105 and the id pairs from PO106: the line as 850 and 855 both write it. */
export function orderedLine(reader: SegmentReader, segment: DecodedSegment, sequence: number): PurchaseOrderLine {
  const assignedId = reader.text(segment, 1)
  const quantity = reader.decimal(segment, 2, 'quantity ordered')
  const uom = reader.text(segment, 3)
  const unitPrice = reader.decimal(segment, 4, 'unit price')
  const priceBasis = reader.text(segment, 5)
  return {
    sequence,
    ...(assignedId === undefined ? {} : { assignedId }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(uom === undefined ? {} : { uom }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(priceBasis === undefined ? {} : { priceBasis }),
    ids: productIds(segment, 6),
    span: segment.span,
  }
}
