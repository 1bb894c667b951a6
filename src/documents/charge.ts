import { type Charge, type DecimalText, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append, type Draft } from './draft.js'
import { SAC, TXI } from './layouts.js'
import type { Loops } from './loops.js'
import type { SegmentReader } from './segment-reader.js'
import { centsOf, type WrittenSegment, writeSegment } from './write-segment.js'

/** Element 248: allowance, charge; then none, promotion, charge and allowance request, service. */
const INDICATORS = ['A', 'C', 'N', 'P', 'Q', 'R', 'S'] as const
/** Element 1300: tax, goods and services tax. A tax billed as a charge is a tax all the same. */
const TAX_SERVICES = ['H850', 'D360']
/** Element 331: bill back, vendor check to customer, paid by vendor, information only, non-payable tax. Not in the invoice's total. */
const SETTLED_ELSEWHERE = ['01', '03', '05', '15', '18']
/** Element 662: included in the price, information only. */
const NOT_ADDED = ['I', 'O']

/** A SAC, the amount with the sign it was sent with. What does not move the total is kind N. */
export function chargeOfSac(reader: SegmentReader, sac: DecodedSegment): Charge {
  reader.required(sac, 1, 'allowance or charge indicator')
  const indicator = reader.oneOf(sac, 1, INDICATORS, 'allowance or charge indicator') ?? 'N'
  const charge = reader.fields(sac, SAC)
  const amount = reader.implied(sac, 5, 2, 'amount')
  counted(charge, amount === undefined ? 'N' : sacKind(indicator, charge), amount, sac)
  if (charge.kind === 'N') charge.indicator = indicator
  return charge
}

/** The same with the TXIs behind it, where its set has them there. */
export function taxedCharge(reader: SegmentReader, loops: Loops, sac: DecodedSegment): Charge {
  const charge: Draft<Charge> = chargeOfSac(reader, sac)
  loops.give((segment) => {
    if (segment.id !== 'TXI') return
    const read = () => chargeOfTxi(reader, segment)
    reader.ifReadable(segment, read, (tax) => {
      charge.taxes = append(charge.taxes, tax)
    })
  })
  return charge
}

/** A TXI. One without an amount says a rate only and adds nothing. */
export function chargeOfTxi(reader: SegmentReader, txi: DecodedSegment): Charge {
  const charge = reader.fields(txi, TXI)
  const amount = reader.decimal(txi, 2, 'tax amount')
  return counted(charge, amount === undefined ? 'N' : txiKind(charge), amount, txi)
}

/** With what it adds; the amount of one that adds nothing is only stated. */
function counted(
  charge: Draft<Charge>,
  kind: Charge['kind'],
  amount: DecimalText | undefined,
  { span }: DecodedSegment,
): Charge {
  charge.kind = kind
  charge.amount = kind === 'N' || amount === undefined ? ZERO : amount
  if (kind === 'N' && amount !== undefined) charge.stated = amount
  charge.span = span
  return charge
}

type Said = Pick<Partial<Charge>, 'code' | 'method' | 'relationship'>

/** What a SAC that has an amount is. */
function sacKind(indicator: string, { code, method }: Said): Charge['kind'] {
  if ((indicator !== 'A' && indicator !== 'C') || SETTLED_ELSEWHERE.includes(method ?? '')) return 'N'
  return indicator === 'C' && TAX_SERVICES.includes(code ?? '') ? 'T' : indicator
}

const txiKind = ({ relationship }: Said): Charge['kind'] => (NOT_ADDED.includes(relationship ?? '') ? 'N' : 'T')

/** The kind that this charge will read as once it is written. */
export function kindOnceWritten(charge: Pick<Charge, 'kind' | 'indicator' | 'stated'> & Said): Charge['kind'] {
  if (charge.kind === 'N' && charge.stated === undefined) return 'N'
  return isTxi(charge) ? txiKind(charge) : sacKind(indicatorOf(charge), charge)
}

interface Charged {
  readonly charges?: readonly Charge[]
}

/** Of those that move the total, and of those that do not. */
export const isTxi = ({ kind, code, indicator }: Pick<Charge, 'kind' | 'indicator'> & Said): boolean =>
  kind === 'T' ? !TAX_SERVICES.includes(code ?? '') : kind === 'N' && indicator === undefined

export const sacSegments = ({ charges = [] }: Charged): WrittenSegment[] =>
  charges.filter((charge) => !isTxi(charge)).map(sacSegment)

/** The same, each with the taxes within it. */
export const taxedSacSegments = ({ charges = [] }: Charged): WrittenSegment[] =>
  charges
    .filter((charge) => !isTxi(charge))
    .flatMap((charge) => [sacSegment(charge), ...(charge.taxes ?? []).map((tax) => txiSegment(tax))])

export const txiSegments = ({ charges = [] }: Charged): WrittenSegment[] => charges.filter(isTxi).map(txiSegment)

const txiSegment = (tax: Charge): WrittenSegment =>
  writeSegment(TXI, tax, { 2: tax.kind === 'N' ? tax.stated : tax.amount })

/** @throws MatchbookError X12-WRITE for an amount of more than two decimal places */
function sacSegment(charge: Charge): WrittenSegment {
  const amount = charge.kind === 'N' ? charge.stated : charge.amount
  return writeSegment(SAC, charge, {
    1: indicatorOf(charge),
    5: amount === undefined ? undefined : centsOf(amount, 'SAC', 5),
  })
}

function indicatorOf({ kind, indicator = 'N' }: Pick<Charge, 'kind' | 'indicator'>): string {
  if (kind === 'N') return indicator
  return kind === 'T' ? 'C' : kind
}
