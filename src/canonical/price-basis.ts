import { type DecimalText, decimal } from './decimal.js'

/**
 * Element 639 by how many units the price is for. Codes that say what kind of price it is, as contract (CT), catalogue (CA) or quoted (QT),
 * are for one unit: they say nothing of how many. Those by weight, length or time are none of these, and nothing is made of them.
 */
const codes: Readonly<Record<string, string>> = {
  '1': 'PE LE QE RE TE WE UM AW CA CP CT DI DR FX LR NC NT PQ PR QR QT RS RT SC SR ST SW VQ WH',
  '100': 'HP LC QH RC TC WC',
  '1000': 'TP LM QS RM TM WM',
}

const units: ReadonlyMap<string, DecimalText> = new Map(
  Object.entries(codes).flatMap(([per, those]) => those.split(' ').map((code) => [code, decimal(per)] as const)),
)

/** How many units a price is for: one without a basis, undefined for a basis that does not say. */
export const unitsOfBasis = (basis: string | undefined): DecimalText | undefined =>
  basis === undefined || basis === '' ? decimal('1') : units.get(basis)
