import { type DecimalText, decimal, fixed, scaleOf } from '../canonical/index.js'
import { x12Date } from './days.js'
import type { Bill, BilledCharge, BilledLine } from './ledger-entries.js'
import { healthSystem, type Supplier } from './parties.js'

type Segment = readonly string[]

/** The segments of an 810 (004010) between ST and SE. */
export function invoiceSegments(bill: Bill): Segment[] {
  const { supplier, facility } = bill
  const taxes = bill.charges.filter(({ kind }) => kind === 'TXI')
  const charges = bill.charges.filter(({ kind }) => kind !== 'TXI')
  const poDate = bill.po === '' ? '' : x12Date(bill.poDate)
  return [
    ['BIG', x12Date(bill.date), bill.number, poDate, bill.po, bill.release, '', bill.credit ? 'CR' : 'DI'],
    ['CUR', 'SE', 'USD'],
    ...(bill.creditOf === '' ? [] : [['REF', 'OI', bill.creditOf]]),
    ['N1', 'BT', healthSystem.toUpperCase(), '92', bill.company.company],
    ['N1', 'ST', facility.name.toUpperCase(), '92', facility.location],
    ['N1', 'RE', supplier.name.toUpperCase(), '92', bill.remitTo],
    termsSegment(bill.terms),
    ['DTM', '011', x12Date(bill.date)],
    ...bill.lines.flatMap(lineSegments),
    ['TDS', cents(bill.total)],
    ...taxes.map(({ code, amount }) => ['TXI', code, fixed(amount, 2)]),
    ...charges.map(chargeSegment),
    ['CTT', String(bill.lines.length)],
  ]
}

/** Two implied decimals (type N2). */
const cents = (amount: DecimalText): string => {
  const digits = fixed(amount, 2).replace('.', '')
  return digits.replace(/^(-?)0+(?=\d)/, '$1')
}

/** ITD: with a discount, basic terms from the invoice date; without, discount not applicable. */
function termsSegment({ discountPercent, discountDays, netDays }: Supplier['terms']): Segment {
  if (discountPercent === undefined) return ['ITD', '05', '3', '', '', '', '', String(netDays)]
  return ['ITD', '01', '3', discountPercent, '', String(discountDays ?? ''), '', String(netDays)]
}

function lineSegments(line: BilledLine): Segment[] {
  const price = scaleOf(line.unitPrice) > 2 ? line.unitPrice : fixed(line.unitPrice, 2)
  const ids = line.ids.flat()
  return [
    ['IT1', line.assignedId, decimal(line.quantity), line.uom, price, line.basis, ...ids],
    ['PID', 'F', '', '', '', line.description],
  ]
}

const chargeSegment = ({ kind, code, amount, description }: BilledCharge): Segment => {
  const segment = ['SAC', kind, code, '', '', cents(amount)]
  while (segment.length < 15) segment.push('')
  return [...segment, description]
}
