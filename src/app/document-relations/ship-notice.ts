import type { ShipNotice } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { bare, type PlacedDocument } from './placed-document.js'
import { type UnitNames, unitOf } from './unit-name.js'

/** BSN01: 01 takes a shipment back. */
const CANCELLED = '01'

/** What an 856 says is on its way, by the line of the order it is for. */
export function shipNoticeLineRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const notice: ShipNotice = JSON.parse(row.body)
  if (notice.purpose === CANCELLED) return []
  const orders = new Map(notice.orders.map((level) => [level.hl, level.order]))
  return notice.items.flatMap((item) => {
    const order = item.order ?? orders.get(item.inOrder ?? 0)
    if (order === undefined || item.shipped === undefined) return []
    return [
      {
        document_id: row.id,
        partner: row.partner,
        company: row.company,
        po_number: order.poNumber,
        release: order.release,
        assigned_id: bare(item.assignedId ?? item.shipped.assignedId),
        vendor_item: item.ids?.vendorItem,
        quantity: item.shipped.quantity,
        uom: unitOf(item.shipped.uom, units),
        byte_offset: item.span.byteOffset,
        byte_length: item.span.byteLength,
        source_file: fileIndex,
        source_record: item.hl,
      },
    ]
  })
}
