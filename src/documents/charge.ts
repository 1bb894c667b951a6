import { type Charge, type DecimalText, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { given } from './given.js'
import type { SegmentReader } from './segment-reader.js'

/** Element 248: allowance, charge; then none, promotion, charge and allowance request, service. */
const INDICATORS = ['A', 'C', 'N', 'P', 'Q', 'R', 'S'] as const
/** Element 1300: tax, goods and services tax. A tax billed as a charge is a tax all the same. */
const TAX_SERVICES = ['H850', 'D360']
/** Element 331: bill back, vendor check to customer, paid by vendor, information only, non-payable tax. Not in the invoice's total. */
const SETTLED_ELSEWHERE = ['01', '03', '05', '15', '18']
/** Element 331: off invoice, paid by customer. */
const ON_THE_INVOICE = ['02', '06']
/** Element 662: included in the price, information only. */
const NOT_ADDED = ['I', 'O']

/** SAC01, SAC02, SAC05, SAC12, SAC15; the amount with the sign it was sent with. What does not move the total is kind N. */
export function chargeOfSac(reader: SegmentReader, segment: DecodedSegment): Charge {
  reader.required(segment, 1, 'allowance or charge indicator')
  const indicator = reader.oneOf(segment, 1, INDICATORS, 'allowance or charge indicator')
  const code = reader.text(segment, 2)
  const moves = (indicator === 'A' || indicator === 'C') && !SETTLED_ELSEWHERE.includes(reader.peek(segment, 12) ?? '')
  const amount = moves ? reader.implied(segment, 5, 2, 'amount') : undefined
  reader.expect(segment, 12, ...ON_THE_INVOICE)
  const isTax = indicator === 'C' && TAX_SERVICES.includes(code ?? '')
  const description = reader.text(segment, 15)
  return charge(segment, isTax ? 'T' : indicator === 'A' ? 'A' : 'C', { code, description }, amount)
}

/** TXI01, TXI02, TXI07. One without an amount says a rate only and adds nothing. */
export function chargeOfTxi(reader: SegmentReader, segment: DecodedSegment): Charge {
  const code = reader.required(segment, 1, 'tax type')
  const adds = !NOT_ADDED.includes(reader.peek(segment, 7) ?? '')
  return charge(segment, 'T', { code }, adds ? reader.decimal(segment, 2, 'tax amount') : undefined)
}

const charge = (
  { span }: DecodedSegment,
  kind: Charge['kind'],
  said: { code: string | undefined; description?: string | undefined },
  amount: DecimalText | undefined,
): Charge =>
  given({
    kind: amount === undefined ? 'N' : kind,
    code: said.code,
    amount: amount ?? ZERO,
    description: said.description,
    span,
  })
