import { type DecimalText, decimal, multiply } from '../canonical/index.js'
import type { Ledger } from './ledger.js'
import type { Company, PartnerName } from './parties.js'
import { gtin14 } from './product-codes.js'
import type { Product } from './products.js'

export interface InventedWishes {
  readonly onContract?: boolean
  readonly manufacturer?: string
  readonly manufacturerPart?: string
  readonly category?: string
  readonly onlyIn?: Company['company']
  /** Base units in its box. */
  readonly perBox?: number
}

/** A product beside the catalogue, in the item masters and in no ordinary trade: each and box of ten, sold by the box. */
export function inventProduct(ledger: Ledger, partner: PartnerName, wishes: InventedWishes = {}): Product {
  const number = Number(ledger.number('invented product', 0))
  const perBox = wishes.perBox ?? 10
  const price: DecimalText = decimal(`${ledger.random.between(12, 90)}.${ledger.random.pick(['00', '40', '50', '80'])}`)
  const gtin = (level: number): string => gtin14(`${level}0899999${String(number).padStart(5, '0')}`)
  const product: Product = {
    partner,
    description: `SPECIALTY ARTICLE NO ${number}`,
    category: wishes.category ?? 'specialty',
    manufacturer: wishes.manufacturer ?? `Maker ${number}`,
    manufacturerPart: wishes.manufacturerPart ?? `SP-${number}-X`,
    vendorItem: `SPV${number}Q`,
    item: { '10': String(3_000_000 + number), '20': String(4_000_000 + number) },
    packs: [
      { uom: 'EA', factor: 1, gtin: gtin(0) },
      { uom: 'BX', factor: perBox, gtin: gtin(1), price },
      { uom: 'CS', factor: perBox * 10, gtin: gtin(2), price: multiply(price, decimal(10)) },
    ],
    sold: 'BX',
    billOnly: false,
    ...(wishes.onlyIn !== undefined && { onlyIn: wishes.onlyIn }),
    onContract: wishes.onContract ?? false,
  }
  ledger.inventedProducts.push(product)
  return product
}
