import type { CatalogItem, CatalogPrice, PriceCatalog } from '../canonical/index.js'
import { componentSegments } from './component.js'
import { currencySegments } from './currency.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { effectiveSegments } from './effective-dates.js'
import { industryCodeSegments } from './industry-codes.js'
import { itemWriters } from './item-details.js'
import { CTP, DTM, PO4 } from './layouts.js'
import { hasMtx, n9Segments } from './note.js'
import { detailWriters } from './order-details.js'
import { partySegments } from './party.js'
import { BCT, contractOf, FIRST_ID, ID_PAIRS, LIN, PRICE_DETAILS } from './price-catalog-832.js'
import { COMPONENT, PRICE } from './price-catalog-loops.js'
import { productIdsAt } from './product-ids.js'
import { heldLoop } from './write-loop.js'
import { is005010 } from './write-order.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

const HEADER = 'CTP REF PER DTM CTB CUR ITD LDT SAC TD5 FOB PKG TXI N1 LM N9'.split(' ')
const ITEM = 'G53 DTM REF PER CTB PID MEA PKG PO4 TD5 ITD LDT SAC FOB TXI CTP N1 LM SLN N9'.split(' ')
const PARTY = 'N2 N3 N4 REF PER DTM'.split(' ')

/**
 * The segments of an 832 between ST and SE, for a version (GS08).
 * @throws MatchbookError X12-WRITE when something is said that an 832 has no place for
 */
export const writePriceCatalog = (catalog: PriceCatalog, version: string): WrittenSegment[] => [
  writeSegment(BCT, catalog),
  ...inOrder({ ...headerWriters, N9: notesFor(version) }, withContract(catalog), HEADER),
  ...catalog.items.flatMap((item) => [
    writeSegment(LIN, item, productIdsAt(FIRST_ID, item.ids, ID_PAIRS)),
    ...inOrder({ ...catalogItemWriters, CTP: pricesFor(version), N9: notesFor(version) }, item, ITEM),
  ]),
  segment('CTT', String(catalog.items.length)),
]

/** A contract that no reference names is a REF CT. */
function withContract(catalog: PriceCatalog): PriceCatalog {
  const { contract, references } = catalog
  if (contract === undefined || contractOf(references) !== undefined) return catalog
  return { ...catalog, references: { ...references, CT: contract } }
}

/** The text of a note has a place in later versions only. */
const notesFor =
  (version: string) =>
  ({ notes = [] }: Pick<PriceCatalog, 'notes'>): WrittenSegment[] =>
    notes.flatMap((note) => heldLoop(n9Segments({ notes: [note] }), hasMtx(version, '832') ? ['MSG', 'MTX'] : []))

const headerWriters: DetailWriters<PriceCatalog> = {
  ...detailWriters,
  CTP: ({ prices = [] }) => prices.map((price) => writeSegment(CTP, price)),
  DTM: dateSegments,
  CUR: (of) => currencySegments(of, 'SE'),
  N1: ({ parties }) => parties.flatMap((party) => heldLoop(partySegments(party), PARTY)),
}

const catalogItemWriters: DetailWriters<CatalogItem> = {
  ...itemWriters,
  G53: ({ maintenance }) => (maintenance === undefined ? [] : [segment('G53', maintenance)]),
  DTM: dateSegments,
  N1: ({ parties = [] }) => parties.flatMap((party) => heldLoop(partySegments(party), PARTY)),
  SLN: ({ components = [] }) =>
    components.flatMap((each) => heldLoop(componentSegments(each, false), COMPONENT.split(' '))),
}

const pricesFor =
  (version: string) =>
  ({ prices }: Pick<CatalogItem, 'prices'>): WrittenSegment[] =>
    prices.flatMap((price) => priceSegments(price, version))

const priceSegments = (price: CatalogPrice, version: string): WrittenSegment[] => [
  ...heldLoop(
    [
      writeSegment(CTP, price),
      ...dateSegments(price),
      ...currencySegments(price, 'SE'),
      ...(price.packs ?? []).map((pack) => writeSegment(PO4, pack)),
      ...PRICE_DETAILS.flatMap((id) => detailWriters[id]?.(price) ?? []),
      ...(is005010(version) ? [] : whom(price)),
    ],
    PRICE.split(' '),
  ),
  ...(is005010(version) ? whom(price) : []),
]

/** Whom a price is for. Before 005010 there is no place for it: the LS is refused then. */
const whom = (price: CatalogPrice): WrittenSegment[] => [
  ...within('LM', industryCodeSegments(price)),
  ...within(
    'N1',
    (price.parties ?? []).flatMap((party) => heldLoop(partySegments(party), ['N2', 'N3', 'N4'])),
  ),
]

const within = (loop: string, segments: readonly WrittenSegment[]): WrittenSegment[] =>
  segments.length === 0 ? [] : [segment('LS', loop), ...segments, segment('LE', loop)]

/** What counts from when to when, and the other dates. */
function dateSegments(of: Pick<CatalogPrice, 'effectiveFrom' | 'effectiveTo' | 'dates'>): WrittenSegment[] {
  return [...effectiveSegments(of), ...(of.dates ?? []).map((date) => writeSegment(DTM, date))]
}
