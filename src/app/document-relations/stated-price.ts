import type { DecimalText, PriceBreak } from '../../canonical/index.js'

interface Priced {
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  readonly prices?: readonly PriceBreak[]
}

/** What a line asks for a unit: IT104 or PO104; a supplier that leaves it empty may say the price in a CTP. Several CTP that differ say none. */
export function statedPrice({ unitPrice, priceBasis, prices = [] }: Priced): {
  readonly unitPrice?: DecimalText | undefined
  readonly priceBasis?: string | undefined
} {
  if (unitPrice !== undefined) return { unitPrice, priceBasis }
  const priced = prices.filter((price) => price.unitPrice !== undefined)
  const [first] = priced
  const one = priced.every((price) => price.unitPrice === first?.unitPrice && price.basis === first?.basis)
  return one ? { unitPrice: first?.unitPrice, priceBasis: first?.basis } : {}
}
