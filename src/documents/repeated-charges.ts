import {
  add,
  type Charge,
  type DecimalText,
  decimal,
  divideRounded,
  type Invoice,
  type InvoiceCharge,
  type InvoiceLine,
  multiply,
  negate,
  roundHalfUp,
  sumOf,
  unitsOfBasis,
  ZERO,
} from '../canonical/index.js'
import { isTxi } from './charge.js'

type Charged = Pick<Invoice, 'lines' | 'charges' | 'chargesRepeated'>

const ONE = decimal('1')

/**
 * Some suppliers say the charges of the lines once more in the header: there each kind of them is added up, or simply said again. The
 * total tells. Where it does not come to all charges, but does when those that are said twice are counted once, those of the header
 * are not counted; or those of the lines, where only the header's make the total. Where no reading makes the total, all stay.
 */
export function countedOnce(invoice: Charged, total: DecimalText): Charged {
  const { lines, charges } = invoice
  if (charges.length === 0 || lines.every((line) => line.charges.length === 0)) return invoice
  const ofLines = kindsOf(lines.flatMap((line) => line.charges))
  const ofHeader = kindsOf(charges)
  const isShared = (charge: Charge): boolean =>
    charge.kind !== 'N' && ofLines.has(kindOf(charge)) && ofHeader.has(kindOf(charge))
  if (!charges.some(isShared)) return invoice
  const goods = goodsOf(lines)
  if (goods === undefined) return invoice
  const fits = (charged: Charged): boolean => comesTo(charged, goods, total)
  const once = (charge: InvoiceCharge): InvoiceCharge => (isShared(charge) ? uncounted(charge) : charge)
  const byLines: Charged = { chargesRepeated: true, lines, charges: charges.map(once) }
  const byHeader: Charged = {
    chargesRepeated: true,
    lines: lines.map((line) => ({ ...line, charges: line.charges.map(once) })),
    charges,
  }
  return [invoice, byLines, byHeader].find(fits) ?? invoice
}

/**
 * A tax behind a charge is a part of it, by the standard. Some suppliers put those of the whole invoice there: where the total is met
 * only with all of them, they count like any other.
 */
export function withTaxesOfTotal(invoice: Charged, total: DecimalText): Charged {
  const { lines, charges } = invoice
  if (!charges.some(hasTaxes) && !lines.some(hasTaxedCharge)) return invoice
  const goods = goodsOf(lines)
  const counted: Charged = {
    ...invoice,
    lines: lines.map((line) => ({ ...line, charges: withTaxesApart(line.charges) })),
    charges: withTaxesApart(charges),
  }
  const isMeant = goods !== undefined && !comesTo(invoice, goods, total) && comesTo(counted, goods, total)
  return isMeant ? counted : invoice
}

const hasTaxes = ({ taxes }: InvoiceCharge): boolean => taxes !== undefined
// Most lines have no charges at all.
const hasTaxedCharge = ({ charges }: InvoiceLine): boolean => charges.length > 0 && charges.some(hasTaxes)

/** Taxes first, as they stand in front of the charges of their set. */
const withTaxesApart = (charges: readonly InvoiceCharge[]): readonly InvoiceCharge[] => [
  ...charges.flatMap(({ taxes = [] }) => taxes),
  ...charges.map(({ taxes: _taxes, ...charge }) => charge),
]

function comesTo({ lines, charges }: Charged, goods: readonly DecimalText[], total: DecimalText): boolean {
  const charged = sumOf([...charges, ...lines.flatMap((line) => line.charges)].map(movement))
  return goods.some((sum) => roundHalfUp(add(sum, charged), 2) === total)
}

const kindOf = ({ kind, code }: Charge): string => `${kind} ${code ?? ''}`
const kindsOf = (charges: readonly Charge[]): ReadonlySet<string> => new Set(charges.map(kindOf))

const movement = ({ kind, amount }: Charge): DecimalText => (kind === 'A' ? negate(amount) : amount)

/** Rounded line by line, and as it is; undefined where a line has no price. */
function goodsOf(lines: readonly InvoiceLine[]): readonly DecimalText[] | undefined {
  const amounts: DecimalText[] = []
  for (const { quantity, unitPrice, priceBasis } of lines) {
    if (unitPrice === undefined) return undefined
    amounts.push(divideRounded(multiply(quantity, unitPrice), unitsOfBasis(priceBasis) ?? ONE, 16))
  }
  return [sumOf(amounts.map((amount) => roundHalfUp(amount, 2))), sumOf(amounts)]
}

/** What was said of it, without moving the total. The indicator is what SAC01 said; a TXI has none. */
function uncounted(charge: InvoiceCharge): InvoiceCharge {
  const { kind, amount } = charge
  const said = { ...charge, kind: 'N' as const, amount: ZERO, stated: amount, repeated: true as const }
  return isTxi(charge) ? said : { ...said, indicator: kind === 'T' ? 'C' : kind }
}
