import { decimal, fixed } from '../canonical/index.js'
import { x12Date } from './days.js'
import type { Acknowledged, AcknowledgedLine } from './ledger-entries.js'

type Segment = readonly string[]

/** The segments of an 855 (004010) between ST and SE: acknowledged with detail (BAK02 AD), one ACK a line. */
export function acknowledgmentSegments(acknowledged: Acknowledged): Segment[] {
  const { po, poDate, date, lines } = acknowledged
  return [
    ['BAK', '00', 'AD', po, x12Date(poDate), '', '', '', '', x12Date(date)],
    ['N1', 'SE', acknowledged.supplier.name.toUpperCase(), '92', acknowledged.supplier.remitTo],
    ...lines.flatMap((line) => lineSegments(line, date)),
    ['CTT', String(lines.length)],
  ]
}

/** IA as ordered; IS with the substitute's numbers in ACK07 to ACK10. */
function lineSegments({ order, substitute, unitPrice = order.unitPrice }: AcknowledgedLine, date: string): Segment[] {
  const { product, company, uom } = order
  const quantity = decimal(order.quantity)
  const ids = ['VP', product.vendorItem, 'IN', product.item[company.company], 'MG', product.manufacturerPart]
  const sent = substitute === undefined ? [] : ['', 'VP', substitute.vendorItem, 'MG', substitute.manufacturerPart]
  return [
    ['PO1', order.line, quantity, uom, fixed(unitPrice, 2), order.basis, ...ids],
    ['PID', 'F', '', '', '', product.description],
    ['ACK', substitute === undefined ? 'IA' : 'IS', quantity, uom, '068', x12Date(date), ...sent],
  ]
}
