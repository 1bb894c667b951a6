import { type DecimalText, decimal, divideRounded, multiply, roundHalfUp } from '../canonical/index.js'
import type { Company, PartnerName } from './parties.js'
import type { Random } from './prng.js'
import { gtin14, hibc } from './product-codes.js'
import { type ProductFamily, productFamilies } from './product-families.js'

export interface Pack {
  readonly uom: string
  /** Base units in one. */
  readonly factor: number
  readonly gtin: string
  /** Undefined below the unit it is sold in: there a price need not be exact. */
  readonly price?: DecimalText
}

export interface Product {
  readonly partner: PartnerName
  readonly description: string
  readonly category: string
  readonly manufacturer: string
  readonly manufacturerPart: string
  readonly vendorItem: string
  /** ERP item number by company; the two ERPs number on their own. */
  readonly item: Readonly<Record<Company['company'], string>>
  /** Base unit first. */
  readonly packs: readonly Pack[]
  readonly sold: string
  readonly ndc?: string
  readonly hibc?: string
  readonly billOnly: boolean
  /** The one company whose item master has it; without it, all. */
  readonly onlyIn?: Company['company']
  /** On contract with its supplier in both companies. */
  readonly onContract: boolean
}

const gtinPrefix: Readonly<Record<PartnerName, string>> = {
  medsupply: '850014',
  orthotech: '861902',
  carefirst: '872330',
}

/** The supplier catalogue with this seed's prices: about 220 products. */
export function makeProducts(random: Random): Product[] {
  const products: Product[] = []
  for (const family of productFamilies)
    for (const size of family.sizes) products.push(makeProduct(family, size, products.length + 1, random))
  return products
}

export function packOf(product: Product, uom: string): Pack {
  const pack = product.packs.find((candidate) => candidate.uom === uom)
  if (pack === undefined) throw new RangeError(`${product.description} has no ${uom}`)
  return pack
}

export function priceOf(product: Product, uom: string): DecimalText {
  const { price } = packOf(product, uom)
  if (price === undefined) throw new RangeError(`${product.description} is not priced by ${uom}`)
  return price
}

/** Price of a hundred base units (price basis HP). */
export function pricePerHundred(product: Product): DecimalText {
  const { factor } = packOf(product, product.sold)
  return multiply(priceOf(product, product.sold), divideRounded(decimal(100), decimal(factor), 4))
}

/** The units a product may be ordered in: the one it is sold in and the packs above. */
export const orderUnits = (product: Product): Pack[] => product.packs.filter((pack) => pack.price !== undefined)

function makeProduct(family: ProductFamily, size: string, number: number, random: Random): Product {
  // This year's price is some percent off the list, in whole cents.
  const price = roundHalfUp(
    multiply(decimal(family.price), divideRounded(decimal(random.between(970, 1085)), decimal(1000), 3)),
    2,
  )
  const units = [[family.base, 1] as const, ...family.packs]
  const soldFactor = units.find(([uom]) => uom === family.sold)?.[1] ?? 1
  const packs = units.map(([uom, factor], level): Pack => {
    const gtin = gtin14(`${level}0${gtinPrefix[family.supplier]}${String(number).padStart(5, '0')}`)
    if (factor < soldFactor) return { uom, factor, gtin }
    return { uom, factor, gtin, price: multiply(price, decimal(factor / soldFactor)) }
  })
  return {
    partner: family.supplier,
    description: `${family.description} ${size}`,
    category: family.category,
    manufacturer: family.maker,
    manufacturerPart: `${family.part}${number}-${size.replaceAll(/[^0-9A-Z]/g, '')}`,
    vendorItem: `${family.part}${20000 + number * 3}`,
    item: { '10': String(104000 + number * 7), '20': String(600000 + number * 11) },
    packs,
    sold: family.sold,
    ...(family.ndc && { ndc: `63807${String(1000 + number).slice(-4)}10` }),
    ...(family.hibc && { hibc: hibc('M417', `${family.part}${1000 + number}`) }),
    billOnly: family.billOnly ?? false,
    // Which ones does not hang on the seed, so that every supplier has some of each sort.
    onContract: number % 5 < 3,
  }
}

/** Sold by a pack so dear that one percent of its price is more than half a dollar. */
export function isDearBox(product: Product): boolean {
  const { factor, price = '' } = packOf(product, product.sold)
  return factor > 1 && /^([6-9]\d|\d{3,})(\.|$)/.test(price)
}

/** Whether the item master of a company has it. */
export const isKnownIn = ({ onlyIn }: Product, { company }: Company): boolean =>
  onlyIn === undefined || onlyIn === company
