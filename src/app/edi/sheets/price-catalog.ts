import type { CatalogItem, CatalogPrice, PriceCatalog } from '../../../canonical/documents/price-catalog.js'
import { counted, type OrderDetails } from '../../../canonical/index.js'
import type { Fact, Note, Row, Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { chargeFacts } from './charges.js'
import { DETAILS, detailFacts, ITEM_DETAILS, itemFacts, packText, priceText } from './details.js'
import { figure } from './figures.js'
import { leftover } from './leftover.js'
import { BUYER, partyName, partySheets, SELLER } from './parties.js'
import { idsText, lowered } from './product.js'
import { BASE, sourceFacts, testMark, unmappedSegments } from './source.js'

export function priceCatalogSheet(catalog: PriceCatalog, words: Words): Sheet {
  const { catalogNumber, contract, purpose, items, charges = [], currency } = catalog
  const number = catalogNumber ?? contract
  const parties = catalog.parties ?? []
  const named = { envelope: catalog.envelope, parties }
  return {
    title: `Price catalogue${number === undefined ? '' : ` ${number}`}`,
    summary: [
      lowered(words.say('683', catalog.type)),
      ...(purpose === undefined || purpose === '00' ? [] : [lowered(words.say('353', purpose))]),
      counted(items.length, 'item'),
      `from ${partyName(named, words, 'sender', SELLER)} to ${partyName(named, words, 'receiver', BUYER)}`,
    ].join(', '),
    marks: testMark(catalog.envelope),
    parties: partySheets(parties, words),
    facts: facts(catalog, words),
    blocks: items.length === 0 ? [] : [{ kind: 'table', columns, rows: items.map((item) => row(item, words)) }],
    totals: chargeFacts(charges, words, currency),
    problems: [],
    unmapped: unmappedSegments(catalog, words),
    source: sourceFacts(catalog, '832', words),
  }
}

const columns = [
  { title: 'Item', align: 'left' as const },
  { title: 'Price', align: 'right' as const },
  { title: 'Unit', align: 'left' as const },
  { title: 'From', align: 'left' as const },
  { title: 'To', align: 'left' as const },
  { title: 'Description', align: 'left' as const },
]

const SHOWN = [
  ...BASE,
  ...DETAILS,
  ...[
    'catalogNumber',
    'catalogVersion',
    'catalogRevision',
    'contract',
    'purpose',
    'type',
    'items',
    'effectiveFrom',
    'effectiveTo',
    'title',
    'prices',
  ],
]

function facts(catalog: PriceCatalog, words: Words): Fact[] {
  const { title, catalogVersion, catalogRevision, effectiveFrom, effectiveTo, prices = [], currency } = catalog
  const { parties: _parties, charges: _charges, ...rest } = catalog
  return [
    { label: 'Title', value: title ?? '' },
    { label: 'Version', value: [catalogVersion, catalogRevision].filter(Boolean).join(', revision ') },
    { label: 'Prices from', value: effectiveFrom ?? '' },
    { label: 'Prices until', value: effectiveTo ?? '' },
    ...prices.map((price) => ({ label: 'For all items', value: priceText(price, words) })),
    ...detailFacts(rest, words),
    ...leftover(catalog, SHOWN, words),
    { label: 'Currency', value: currency ?? '' },
  ].filter(({ value }) => value !== '')
}

const ITEM = [
  ...ITEM_DETAILS,
  ...['sequence', 'assignedId', 'ids', 'maintenance', 'effectiveFrom', 'effectiveTo', 'prices'],
]

/** The first price in the line itself, further ones (quantity breaks, other classes of trade) below it. */
function row(item: CatalogItem, words: Words): Row {
  const { assignedId, sequence, ids, description, maintenance, prices, effectiveFrom, effectiveTo, ...rest } = item
  const [first, ...further] = prices
  const plain = (text: string): Note => ({ text, tone: 'plain' })
  const named = idsText(ids, words)
  return {
    cells: [
      assignedId ?? String(sequence),
      first?.unitPrice === undefined ? '' : figure(first.unitPrice, 2),
      words.say('355', first?.uom),
      first?.effectiveFrom ?? effectiveFrom ?? '',
      first?.effectiveTo ?? effectiveTo ?? '',
      description ?? named,
    ],
    notes: [
      ...(description === undefined || named === '' ? [] : [plain(named)]),
      ...(maintenance === undefined ? [] : [plain(`Change: ${words.say('875', maintenance)}`)]),
      ...(first === undefined || !says(first) ? [] : [plain(catalogPriceText(first, words))]),
      ...further.map((price) => plain(catalogPriceText(price, words))),
      ...[...itemFacts(rest, words, undefined), ...leftover(item, ITEM, words)].map(({ label, value }) =>
        plain(`${label}: ${value}`),
      ),
    ],
  }
}

/** More than a price for a unit: a quantity, a class of trade, a multiplier. */
const says = (price: CatalogPrice): boolean => {
  const { unitPrice: _unitPrice, uom: _uom, effectiveFrom: _from, effectiveTo: _to, ...further } = price
  return Object.keys(further).length > 0
}

/** What a price says as a line of an order may; its dates are told with it. */
const SAID_OF_PRICE = DETAILS.filter((key) => !['dates', 'parties', 'charges', 'currency'].includes(key))

function catalogPriceText(price: CatalogPrice, words: Words): string {
  const { effectiveFrom, effectiveTo, charges = [], packs = [], parties = [], ...rest } = price
  const isSaid = ([key]: [string, unknown]) => SAID_OF_PRICE.includes(key as (typeof SAID_OF_PRICE)[number])
  const said = Object.fromEntries(Object.entries(rest).filter(isSaid)) as OrderDetails
  const figures = Object.fromEntries(Object.entries(rest).filter((entry) => !isSaid(entry))) as CatalogPrice
  const further = [
    effectiveFrom && `from ${effectiveFrom}`,
    effectiveTo && `until ${effectiveTo}`,
    ...packs.map((pack) => packText(pack, words)),
    ...[...chargeFacts(charges, words, price.currency), ...detailFacts(said, words)].map(
      ({ label, value }) => `${lowered(label)} ${value}`,
    ),
    ...parties.map(
      ({ role, name, id }) => `for ${lowered(words.say('98', role))} ${[name, id].filter(Boolean).join(', ')}`,
    ),
  ]
  return `Price: ${[priceText(figures, words), ...further].filter(Boolean).join(', ')}`
}
