import { decimal, fixed } from '../canonical/index.js'
import { x12Date } from './days.js'
import type { Acknowledged, AcknowledgedLine, AcknowledgedStatus } from './ledger-entries.js'
import type { Company } from './parties.js'
import type { Product } from './products.js'

type Segment = readonly string[]

/** The segments of an 855 (004010) between ST and SE: one PO1 a line, with an ACK for each status. */
export function acknowledgmentSegments(acknowledged: Acknowledged): Segment[] {
  const { po, release, poDate, date, type = 'AD', lines } = acknowledged
  return [
    ['BAK', '00', type, po, x12Date(poDate), release, '', '', '', x12Date(date)],
    ['N1', 'SE', acknowledged.supplier.name.toUpperCase(), '92', acknowledged.supplier.remitTo],
    ...lines.flatMap((line) => lineSegments(line, date)),
    ['CTT', String(lines.length)],
  ]
}

/** What is sent instead has its numbers in ACK07 to ACK10. */
function lineSegments(line: AcknowledgedLine, date: string): Segment[] {
  const { order, product = order.product, uom = order.uom, quantity = order.quantity } = line
  const price = fixed(line.unitPrice ?? order.unitPrice, 2)
  const statuses = line.statuses ?? [{ status: 'IA' }]
  return [
    [
      'PO1',
      line.line ?? order.line,
      decimal(quantity),
      uom,
      price,
      line.basis ?? order.basis,
      ...idsOf(product, order.company.company),
    ],
    ['PID', 'F', '', '', '', product.description],
    ...statuses.map((status) => statusSegment(status, { quantity, uom, date })),
  ]
}

function statusSegment(status: AcknowledgedStatus, line: { quantity: number; uom: string; date: string }): Segment {
  const quantity = status.quantity === undefined ? line.quantity : status.quantity
  const promised = status.promisedOn === undefined ? line.date : status.promisedOn
  const { product } = status
  const segment = [
    'ACK',
    status.status,
    ...(quantity === null ? ['', ''] : [decimal(quantity), status.uom ?? line.uom]),
    ...(promised === null ? ['', ''] : ['068', x12Date(promised)]),
    ...(product === undefined ? [] : ['', 'VP', product.vendorItem, 'MG', product.manufacturerPart]),
  ]
  while (segment.at(-1) === '') segment.pop()
  return segment
}

const idsOf = (product: Product, company: Company['company']): string[] => [
  ...['VP', product.vendorItem],
  ...['IN', product.item[company]],
  ...['MG', product.manufacturerPart],
]
