import { decimal, multiply, roundHalfUp, subtract } from '../canonical/index.js'
import type { KeptBack } from './kept-back.js'
import type { Ledger } from './ledger.js'
import type { ContractPrice } from './ledger-entries.js'
import { supplierOf } from './parties.js'
import { type Product, priceOf } from './products.js'

/** From that many days ago on the repriced contract is cheaper. */
export const REPRICED_DAYS_AGO = 25

/** Number of a supplier's contract for a category; one number covers all its goods of that sort. */
export const contractNumber = (product: Product): string =>
  `${product.partner.slice(0, 2).toUpperCase()}-${product.category.slice(0, 4).toUpperCase()}-26`

/** Contract lines of both companies, agreeing with the catalogue; last year's price and lines on hold are there to mislead. */
export function writeContracts(ledger: Ledger, kept: KeptBack): void {
  for (const company of ledger.companies)
    for (const product of ledger.products.filter(({ onContract }) => onContract)) {
      const price = priceOf(product, product.sold)
      const line = {
        company,
        supplier: supplierOf(product.partner),
        contract: contractNumber(product),
        product,
        uom: product.sold,
        price,
        from: ledger.daysAgo(400),
        to: ledger.daysAgo(-200),
        priority: '1',
        onHold: false,
      } satisfies ContractPrice
      const lastYear = {
        ...line,
        price: roundHalfUp(multiply(price, decimal('0.97')), 2),
        from: ledger.daysAgo(765),
        to: ledger.daysAgo(401),
      }
      const held = { ...line, contract: `${line.contract}H`, price: subtract(price, decimal('0.45')), onHold: true }
      const local = { ...line, contract: `${line.contract}L`, price: multiply(price, decimal('1.5')), priority: '9' }
      ledger.contractPrices.push(
        ...(kept.repriced.includes(product) && company === ledger.companies[0] ? repriced(ledger, line) : [line]),
      )
      if (ledger.random.chance(20)) ledger.contractPrices.push(lastYear)
      if (ledger.random.chance(4)) ledger.contractPrices.push(held)
      if (ledger.random.chance(4)) ledger.contractPrices.push(local)
    }
}

/** The old price ends, one that is six percent lower begins. */
function repriced(ledger: Ledger, line: ContractPrice): ContractPrice[] {
  return [
    { ...line, to: ledger.daysAgo(REPRICED_DAYS_AGO + 1) },
    { ...line, from: ledger.daysAgo(REPRICED_DAYS_AGO), price: roundHalfUp(multiply(line.price, decimal('0.94')), 2) },
  ]
}
