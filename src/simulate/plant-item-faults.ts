import { type ExceptionCode, type FindingKeys, ZERO } from '../canonical/index.js'
import type { CanonicalRow } from './extract-writer.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import { type InventedWishes, inventProduct } from './invented-product.js'
import { ehrEntry } from './item-lists.js'
import type { ItemOddity } from './item-oddity.js'
import { amountOfOrder } from './order-amount.js'
import { type Company, type PartnerName, supplierOf } from './parties.js'
import type { Planter } from './planting.js'
import type { Product } from './products.js'

const fault = faultsOf('item-master-sync')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong between the item masters, suppliers' catalogues and the EHR's list. Each is about items of its own. */
export const itemFaults: readonly Fault[] = [
  fault('item-missing-in-ehr', 'ITEM-MISSING', 'an active item that the EHR lacks', (planter) => {
    const { item } = listed(planter, 'carefirst', { ehr: null })
    expect(planter, 'ITEM-MISSING', { item, other: 'ehr' }, 'has no entry')
  }),
  fault(
    'item-extra-in-ehr',
    'ITEM-EXTRA',
    'an entry of the EHR with an item number that the ERP does not have',
    (planter) => {
      const item = planter.ledger.number('lost item', 5_900_000)
      entry(planter, item, { item })
      expect(planter, 'ITEM-EXTRA', { item, identifier: ehrEntry(item), other: 'ehr' }, `names item ${item}`)
    },
  ),
  fault('ehr-entry-of-no-item', 'XREF-ITEM', 'an entry of the EHR that leads to no item', (planter) => {
    const number = planter.ledger.number('lost entry', 5_950_000)
    entry(planter, number, { item: '' })
    expect(planter, 'XREF-ITEM', { identifier: ehrEntry(number), other: 'ehr' }, 'neither a number nor a known part')
  }),
  fault('ehr-entry-of-two-items', 'XREF-AMBIGUOUS', 'an entry of the EHR that may be two items', (planter) => {
    const { company, product } = listed(planter, 'carefirst', {})
    const { manufacturer, manufacturerPart } = product
    // One that is inactive is no duplicate, and may still be meant.
    listed(
      planter,
      'carefirst',
      { erp: { status: 'inactive' }, ehr: { status: 'inactive' } },
      { manufacturer, manufacturerPart, company },
    )
    const number = planter.ledger.number('lost entry', 5_950_000)
    entry(planter, number, { item: '', manufacturer, manufacturer_part: manufacturerPart })
    expect(planter, 'XREF-AMBIGUOUS', { identifier: ehrEntry(number), other: 'ehr' }, 'two items bear its part number')
  }),
  fault(
    'ehr-field-differs',
    'ITEM-DIFFERS',
    'the EHR has another description, unit, maker or status than the ERP, which owns them',
    (planter, turn) => {
      const [field, value] = inTurn(
        [
          ['description', 'SOMETHING ELSE ENTIRELY'],
          ['base_uom', 'BX'],
          ['manufacturer', 'Former Maker'],
          ['status', 'inactive'],
        ] as const,
        turn,
      )
      const { item } = listed(planter, 'carefirst', { ehr: { [field]: value } })
      expect(planter, 'ITEM-DIFFERS', { item, field, other: 'ehr' }, `the EHR has ${value}`)
    },
  ),
  fault(
    'catalog-part-differs',
    'ITEM-DIFFERS',
    'the supplier has another manufacturer part or NDC than the ERP',
    (planter, turn) => {
      const field = inTurn(['manufacturer_part', 'ndc'] as const, turn)
      const value = field === 'ndc' ? '55555123401' : `NEW-${turn}-PART`
      const offer = field === 'ndc' ? { ndc: value } : { manufacturerPart: value }
      const partner = sellerOf(turn)
      const { item, company } = listed(planter, partner, { offer, ehr: { [field]: value } })
      const supplier = seller(partner, company)
      expect(planter, 'ITEM-DIFFERS', { item, supplier, field, other: 'supplier' }, `the catalogue says ${value}`)
    },
  ),
  fault(
    'catalog-pack-differs',
    'ITEM-DIFFERS',
    'the catalogue says another pack size than the item master',
    (planter) => {
      const { item, company, product } = listed(planter, 'orthotech', { offer: { pack: 12 } })
      const keys = {
        supplier: seller('orthotech', company),
        item,
        identifier: product.vendorItem,
        field: 'uom_factor',
        uom: 'BX',
        other: 'erp',
      }
      expect(planter, 'ITEM-DIFFERS', keys, 'a box of 12 instead of 10')
    },
  ),
  fault('items-of-one-part', 'ITEM-DUPLICATE', 'two active items of one manufacturer part', (planter) => {
    const first = listed(planter, 'carefirst', {})
    const { manufacturer, manufacturerPart } = first.product
    const second = listed(planter, 'carefirst', {}, { manufacturer, manufacturerPart, company: first.company })
    expect(planter, 'ITEM-DUPLICATE', { item: first.item, other: second.item }, manufacturerPart)
  }),
  fault('inactive-item-on-order', 'ITEM-INACTIVE', 'an open order of an item that is inactive', (planter) => {
    const { ledger } = planter
    const { item, company, product } = listed(planter, 'carefirst', {
      erp: { status: 'inactive' },
      ehr: { status: 'inactive' },
    })
    const [order] = ledger.order({
      company,
      supplier: supplierOf('carefirst'),
      daysAgo: 6,
      lines: [{ product, quantity: ledger.random.between(2, 9) }],
    })
    if (order === undefined) throw new RangeError('an order without lines')
    const keys = { company: company.company, po: order.po, line: order.line, item }
    ledger.expect({ code: 'ITEM-INACTIVE', keys, amount: amountOfOrder(order), planted: 'ordered six days ago' })
  }),
  fault(
    'inactive-item-offered',
    'ITEM-INACTIVE',
    'offered under our number of an item that is inactive',
    (planter, turn) => {
      const partner = sellerOf(turn)
      const status = { erp: { status: 'inactive' }, ehr: { status: 'inactive' } }
      const { item, company, product } = listed(planter, partner, (number) => ({
        ...status,
        offer: { yourItem: number },
      }))
      const keys = { supplier: seller(partner, company), identifier: product.vendorItem, item }
      expect(planter, 'ITEM-INACTIVE', keys, 'still in the catalogue')
    },
  ),
  fault(
    'catalog-of-unknown-item',
    'XREF-ITEM',
    'offered under a number of ours that the ERP does not have',
    (planter) => {
      const item = planter.ledger.number('lost item', 5_900_000)
      const part = `LOST-${item}`
      const supplier = seller('orthotech', planter.nextCompany())
      planter.ledger.books.add('supplier-catalog', 'catalog_item', offerRow(supplier, part, item))
      expect(planter, 'XREF-ITEM', { item, supplier, identifier: part, other: 'supplier' }, `names item ${item}`)
    },
  ),
  fault('catalog-in-unknown-unit', 'XREF-UOM', 'offered in a unit without a way to the base unit', (planter, turn) => {
    const partner = sellerOf(turn)
    const { item, company, product } = listed(planter, partner, { offer: { uom: 'KT' } })
    const keys = {
      supplier: seller(partner, company),
      item,
      identifier: product.vendorItem,
      uom: 'KT',
      other: 'supplier',
    }
    expect(planter, 'XREF-UOM', keys, 'offered by KT')
  }),
  fault('gtin-with-wrong-digit', 'DATA-TYPE', 'a GTIN of the item master whose check digit is wrong', (planter) => {
    const { item } = listed(planter, 'carefirst', { erp: { gtin: '00899999000013' }, ehr: { gtin: '' } })
    expect(planter, 'DATA-TYPE', { item, other: 'erp', field: 'gtin' }, '00899999000013')
  }),
  fault(
    'ehr-field-changed',
    'OWN-VIOLATION',
    'tomorrow the EHR has another description than it had, and does not own it',
    (planter) => {
      const { item } = listed(planter, 'carefirst', {})
      const { ledger } = planter
      ledger.later(() => {
        ledger.books.change('ehr-items', 'listed_item', (row) => row.item === item, {
          description: 'CHANGED OVERNIGHT',
        })
        expect(planter, 'OWN-VIOLATION', { item, field: 'description', other: 'ehr' }, 'changed in the EHR')
      })
    },
  ),
  odd('item-written-otherwise', 'the same description and part in another spelling', (planter) => {
    const { item } = listed(planter, 'carefirst', (_, { description, manufacturerPart }) => ({
      ehr: {
        description: description.toLowerCase().replaceAll(' ', '  '),
        manufacturer_part: manufacturerPart.replaceAll('-', ' '),
      },
    }))
    planter.ledger.spare({ item })
  }),
  odd('inactive-item-missing', 'an inactive item that the EHR has no entry of', (planter) => {
    planter.ledger.spare({ item: listed(planter, 'carefirst', { erp: { status: 'inactive' }, ehr: null }).item })
  }),
  odd('ehr-entry-by-part', 'an entry of the EHR without an item number, found by its part', (planter) => {
    planter.ledger.spare({ item: listed(planter, 'carefirst', { ehr: { item: '' } }).item })
  }),
  odd('catalog-of-tomorrow', 'a change of the catalogue that is in force from tomorrow on', (planter) => {
    const from = planter.ledger.daysAgo(-1)
    planter.ledger.spare({
      item: listed(planter, 'orthotech', { offer: { from, manufacturerPart: 'OF-TOMORROW' } }).item,
    })
  }),
  odd('catalog-of-what-we-do-not-buy', 'a part that the ERP does not know, and that nobody asks for', (planter) => {
    const part = `OTHER-${planter.ledger.number('other part', 100)}`
    planter.ledger.books.add(
      'supplier-catalog',
      'catalog_item',
      offerRow(seller('orthotech', planter.nextCompany()), part, ''),
    )
    planter.ledger.spare({ identifier: part })
  }),
]

interface Listed {
  readonly product: Product
  readonly company: Company
  readonly item: string
}

type Oddly = ItemOddity | ((item: string, product: Product) => ItemOddity)

/** An item of its own in one company, and how it stands in the lists. */
function listed(
  planter: Planter,
  partner: PartnerName,
  oddity: Oddly,
  wishes: InventedWishes & { company?: Company } = {},
): Listed {
  const { ledger } = planter
  const company = wishes.company ?? planter.nextCompany()
  const product = inventProduct(ledger, partner, { ...wishes, onlyIn: company.company })
  const item = product.item[company.company]
  ledger.itemOddities.set(product, typeof oddity === 'function' ? oddity(item, product) : oddity)
  return { product, company, item }
}

/** Suppliers that send catalogues. */
const sellerOf = (turn: number) => (turn % 4 < 2 ? 'orthotech' : 'medsupply')

/** An 832 is of the partner, a CSV file of one vendor number. */
const seller = (partner: PartnerName, { company }: Company): string =>
  partner === 'medsupply' ? partner : supplierOf(partner).vendor[company]

function entry({ ledger }: Planter, number: string, fields: CanonicalRow): void {
  const row = {
    system: 'ehr',
    entry: ehrEntry(number),
    description: `ENTRY ${number}`,
    base_uom: 'EA',
    status: 'active',
  }
  ledger.books.add('ehr-items', 'listed_item', { ...row, ...fields })
}

const offerRow = (supplier: string, part: string, item: string): CanonicalRow => ({
  supplier,
  vendor_item: part,
  item,
  description: `PART ${part}`,
  uom: 'EA',
})

function expect({ ledger }: Planter, code: ExceptionCode, keys: FindingKeys, planted: string): void {
  ledger.expect({ code, keys, amount: ZERO, planted })
}
