import { absolute, type Charge, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { SegmentReader } from './segment-reader.js'

/** Element 1300: tax, goods and services tax. A tax billed as a charge is a tax all the same. */
const TAX_SERVICES = new Set(['H850', 'D360'])

/** SAC01..SAC05, SAC15. A promotion (P) or service (Q, R) line without money is kept with kind N. */
export function chargeOfSac(reader: SegmentReader, segment: DecodedSegment): Charge {
  const indicator = reader.required(segment, 1, 'allowance or charge indicator')
  const code = reader.text(segment, 2)
  const amount = absolute(reader.implied(segment, 5, 2, 'amount') ?? ZERO)
  const description = reader.text(segment, 15)
  const kind =
    indicator === 'A' ? 'A' : indicator !== 'C' ? 'N' : code !== undefined && TAX_SERVICES.has(code) ? 'T' : 'C'
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    amount: kind === 'N' ? ZERO : amount,
    ...(description === undefined ? {} : { description }),
    span: segment.span,
  }
}

/** TXI01 and TXI02. One without an amount says a rate only and adds nothing. */
export function chargeOfTxi(reader: SegmentReader, segment: DecodedSegment): Charge {
  const code = reader.text(segment, 1)
  const amount = reader.decimal(segment, 2, 'tax amount')
  return {
    kind: amount === undefined ? 'N' : 'T',
    ...(code === undefined ? {} : { code }),
    amount: absolute(amount ?? ZERO),
    span: segment.span,
  }
}
