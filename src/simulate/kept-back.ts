import type { Ledger } from './ledger.js'
import type { PartnerName } from './parties.js'
import type { Product } from './products.js'

/** Products that ordinary trade must leave alone, because something is planted on them. */
export interface KeptBack {
  /** One a supplier, which nobody ever orders. */
  readonly neverOrdered: Readonly<Record<PartnerName, Product>>
  /** The pack whose multiplier is 0. */
  readonly zeroFactors: ReadonlyMap<Product, string>
  /** Staplers, trocars and reloads: their contract got a lower price that the POs did not follow. */
  readonly repriced: readonly Product[]
  readonly all: ReadonlySet<Product>
}

export function keepBack(ledger: Ledger): KeptBack {
  const plain = (partner: PartnerName, fits: (product: Product) => boolean = () => true): Product[] =>
    ledger.products.filter((one) => one.partner === partner && !one.onContract && !one.billOnly && fits(one))
  const hasCase = (product: Product): boolean =>
    product.sold !== 'CS' && product.packs.some(({ uom }) => uom === 'CS') && product.category !== 'stapling'
  const neverOrdered = {
    medsupply: last(plain('medsupply')),
    orthotech: last(plain('orthotech')),
    carefirst: last(plain('carefirst')),
  }
  const never = Object.values(neverOrdered)
  const zero = (['medsupply', 'carefirst'] as const).map((partner) =>
    ledger.random.pick(plain(partner, (one) => hasCase(one) && !never.includes(one))),
  )
  const repriced = ledger.products.filter((one) => one.category === 'stapling' && one.onContract)
  const zeroFactors = new Map(zero.map((product) => [product, 'CS']))
  return { neverOrdered, zeroFactors, repriced, all: new Set([...never, ...zero, ...repriced]) }
}

function last(products: readonly Product[]): Product {
  const product = products.at(-1)
  if (product === undefined) throw new RangeError('no product to keep back')
  return product
}
