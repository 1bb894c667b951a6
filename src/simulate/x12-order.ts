import { decimal, fixed, scaleOf } from '../canonical/index.js'
import { x12Date } from './days.js'
import type { PoLine, SentOtherwise } from './ledger-entries.js'

type Segment = readonly string[]

/** A line of an 850, and what it says otherwise than the ERP. */
export type SentLine = readonly [order: PoLine, otherwise: SentOtherwise]

/** The segments of an 850 (004010) between ST and SE; all lines are of one order. */
export function orderSegments(lines: readonly SentLine[]): Segment[] {
  const [first] = lines
  if (first === undefined) throw new RangeError('an order without lines')
  const [{ po, release, date, requestedOn, facility, company }] = first
  return [
    ['BEG', '00', release === '' ? 'NE' : 'RL', po, release, x12Date(date)],
    ['CUR', 'BY', 'USD'],
    ['DTM', '002', x12Date(requestedOn)],
    ['N1', 'BT', company.name.toUpperCase(), '92', company.company],
    ['N1', 'ST', facility.name.toUpperCase(), '92', facility.location],
    ...lines.flatMap(lineSegments),
    ['CTT', String(lines.length)],
  ]
}

function lineSegments([order, otherwise]: SentLine): Segment[] {
  const product = otherwise.product ?? order.product
  const price = otherwise.unitPrice ?? order.unitPrice
  const ids = ['VP', product.vendorItem, 'IN', product.item[order.company.company]]
  return [
    [
      'PO1',
      order.line,
      decimal(otherwise.quantity ?? order.quantity),
      order.uom,
      scaleOf(price) > 2 ? price : fixed(price, 2),
      order.basis,
      ...ids,
    ],
    ['PID', 'F', '', '', '', product.description],
  ]
}
