import { type DecimalText, decimal, fixed } from '../canonical/index.js'
import { writeInterchange } from '../formats/x12/write.js'
import { x12Date } from './days.js'
import { erpExtract } from './erp-extracts.js'
import type { CanonicalRow } from './extract-writer.js'
import type { Offer } from './item-oddity.js'
import type { LaidFile } from './laid-out.js'
import type { Ledger } from './ledger.js'
import { type Supplier, supplierOf } from './parties.js'
import { isKnownIn, type Pack, type Product, packOf } from './products.js'
import { supplierHabits } from './supplier-habits.js'

export const ehrEntry = (item: string): string => `SUP-${item}`

/** Vendor items of the ERP, the EHR's list, and OrthoTech's catalogue, of every product. */
export function writeItemLists(ledger: Ledger): void {
  const { books } = ledger
  for (const product of [...ledger.products, ...ledger.inventedProducts])
    for (const company of ledger.companies.filter((one) => isKnownIn(product, one))) {
      const oddity = ledger.itemOddities.get(product) ?? {}
      const item = product.item[company.company]
      const supplier = supplierOf(product.partner)
      const vendor = supplier.vendor[company.company]
      const row = { item, supplier: vendor, vendor_item: product.vendorItem, status: 'active' }
      books.add(erpExtract(company, 'vendor-items'), 'item_vendor', row)
      if (oddity.ehr !== null) books.add('ehr-items', 'listed_item', { ...entryOf(product, item), ...oddity.ehr })
      if (product.partner === 'orthotech')
        books.add('supplier-catalog', 'catalog_item', offered(product, vendor, oddity.offer))
    }
}

function entryOf(product: Product, item: string): CanonicalRow {
  const [base] = product.packs
  return {
    system: 'ehr',
    entry: ehrEntry(item),
    item,
    description: product.description,
    base_uom: base?.uom ?? '',
    manufacturer: product.manufacturer,
    manufacturer_part: product.manufacturerPart,
    gtin: base?.gtin ?? '',
    ndc: product.ndc ?? '',
    hibc: product.hibc ?? '',
    category: product.category,
    status: 'active',
  }
}

function offered(product: Product, vendor: string, offer: Offer = {}): CanonicalRow {
  const pack = packIn(product, offer.uom)
  return {
    supplier: vendor,
    vendor_item: product.vendorItem,
    item: offer.yourItem ?? '',
    manufacturer: product.manufacturer,
    manufacturer_part: offer.manufacturerPart ?? product.manufacturerPart,
    gtin: offer.gtin ?? pack?.gtin ?? '',
    ndc: offer.ndc ?? product.ndc ?? '',
    hibc: product.hibc ?? '',
    description: product.description,
    uom: offer.uom ?? product.sold,
    uom_factor: offer.pack === undefined ? (pack === undefined ? '' : decimal(pack.factor)) : decimal(offer.pack),
    effective_from: offer.from ?? '',
    effective_to: '',
  }
}

const packIn = (product: Product, uom = product.sold): Pack | undefined =>
  product.packs.find((pack) => pack.uom === uom)

/** MedSupply's catalogue as an 832: what is on contract at the contract's price, all else at list prices. */
export function catalogFiles(ledger: Ledger): LaidFile[] {
  const supplier: Supplier = supplierOf('medsupply')
  const [company] = ledger.companies
  const products = [...ledger.products, ...ledger.inventedProducts.filter((one) => ledger.itemOddities.has(one))]
  const mine = products.filter((one) => one.partner === supplier.partner)
  if (company === undefined || mine.length === 0) return []
  const segments = [
    ['BCT', 'PS', `${supplier.partner.toUpperCase()}-26`],
    ['N1', 'SE', supplier.name.toUpperCase(), '92', supplier.remitTo],
    ...mine.flatMap((product, index) => linesOf(product, String(index + 1), ledger.itemOddities.get(product)?.offer)),
    ['CTT', String(mine.length)],
  ]
  const bytes = writeInterchange({
    sender: supplier.isa,
    receiver: company.isa,
    usage: 'P',
    version: '004010',
    date: ledger.asOf,
    time: '0100',
    control: 900_001,
    delimiters: { newline: '\n' },
    groups: [
      {
        functionalId: 'SC',
        sender: supplier.group,
        receiver: company.isa.id,
        control: 900_001,
        transactions: [{ set: '832', control: '0001', segments }],
      },
    ],
  })
  const name = supplierHabits[supplier.partner].fileName('832', x12Date(ledger.asOf), '01')
  return [{ path: `suppliers/${supplier.partner}/outbound/${name}`, bytes, records: 1 }]
}

function linesOf(product: Product, number: string, offer: Offer = {}): string[][] {
  const uom = offer.uom ?? product.sold
  const pack = packIn(product, uom)
  const price: DecimalText = pack?.price ?? packOf(product, product.sold).price ?? decimal(1)
  const said = (qualifier: string, value: string | undefined): string[] => (value ? [qualifier, value] : [])
  const ids = [
    ...said('VP', product.vendorItem),
    ...said('IN', offer.yourItem),
    ...said('MG', offer.manufacturerPart ?? product.manufacturerPart),
    ...said('UK', offer.gtin ?? pack?.gtin),
    ...said('N4', offer.ndc ?? product.ndc),
    ...said('HI', product.hibc),
  ]
  return [
    ['LIN', number, ...ids],
    ...(offer.from === undefined ? [] : [['DTM', '007', x12Date(offer.from)]]),
    ['PID', 'F', '', '', '', product.description],
    ['CTP', 'WS', product.onContract && pack?.price !== undefined ? 'CON' : 'LPR', fixed(price, 2), '1', uom],
  ]
}
