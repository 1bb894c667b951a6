import { decimal } from '../canonical/index.js'
import { x12Date } from './days.js'
import type { Shipped } from './ledger-entries.js'

type Segment = readonly string[]

/** The segments of an 856 (004010) between ST and SE: shipment, order, items. */
export function shipNoticeSegments({ po, shipment, date, supplier, lines }: Shipped): Segment[] {
  return [
    ['BSN', '00', shipment, x12Date(date), '1545', '0001'],
    ['DTM', '011', x12Date(date)],
    ['HL', '1', '', 'S', '1'],
    ['REF', 'BM', `BOL${shipment}`],
    ['N1', 'SF', supplier.name.toUpperCase(), '92', supplier.remitTo],
    ['HL', '2', '1', 'O', '1'],
    ['PRF', po],
    ...lines.flatMap((order, index): Segment[] => [
      ['HL', String(index + 3), '2', 'I', '0'],
      ['LIN', order.line, 'VP', order.product.vendorItem, 'IN', order.product.item[order.company.company]],
      ['SN1', order.line, decimal(order.quantity), order.uom],
    ]),
    ['CTT', String(lines.length + 2)],
  ]
}
