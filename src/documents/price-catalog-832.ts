import type { CatalogItem, CatalogPrice, Party, PriceCatalog, References } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'
import { readCurrency } from './currency.js'
import { append, type Draft } from './draft.js'
import { readEffective } from './effective-dates.js'
import { readIndustryCode } from './industry-codes.js'
import { readItemDetail } from './item-details.js'
import { CTP, DTM, PO4 } from './layouts.js'
import { readLineCount } from './line-count.js'
import { Loops } from './loops.js'
import { readDetail } from './order-details.js'
import { readIntoParty, startedParty } from './party.js'
import { HEADER_LOOPS, ITEM_LOOPS } from './price-catalog-loops.js'
import { productIds } from './product-ids.js'
import type { ReadDocument } from './read-document.js'
import { framed, layout, required, text } from './segment-layout.js'
import { SegmentReader } from './segment-reader.js'

type Beginning = Pick<
  PriceCatalog,
  | 'type'
  | 'catalogNumber'
  | 'catalogVersion'
  | 'catalogRevision'
  | 'uom'
  | 'relatedNumber'
  | 'relatedVersion'
  | 'relatedRevision'
  | 'title'
  | 'purpose'
>

export const BCT = layout<Beginning>('BCT', {
  type: required(1, 'catalogue type'),
  catalogNumber: text(2),
  catalogVersion: text(3),
  catalogRevision: text(4),
  uom: text(5),
  relatedNumber: text(6),
  relatedVersion: text(7),
  relatedRevision: text(8),
  title: text(9),
  purpose: text(10),
})

/** Its ids are read apart. */
export const LIN = layout<CatalogItem>('LIN', { assignedId: text(1) })
/** LIN02 and LIN03 to LIN28 and LIN29; the standard has one pair more. */
export const FIRST_ID = 2
export const ID_PAIRS = 14
const LIN_ITEM = framed(LIN, [], ['sequence', 'ids', 'prices', 'span'])

/** What the standard has from those details that any order may have. */
const HEADER_DETAILS = new Set('REF PER CTB ITD LDT SAC TD5 FOB PKG TXI N1 LM N9'.split(' '))
/** In the order in which they stand behind a CTP. */
export const PRICE_DETAILS = ['LDT', 'CTB', 'REF', 'SAC', 'TXI', 'ITD']
const ITEM_DETAILS = new Set([...HEADER_DETAILS, 'PID', 'MEA', 'PO4', 'SLN'])

/** Element 128: contract number, vendor contract number, contract reference. */
const CONTRACTS = ['CT', 'VC', 'KL']

/** X12 832. */
export function readPriceCatalog(transaction: Transaction): ReadDocument<PriceCatalog> {
  const reader = new SegmentReader(transaction)
  const loops = new Loops(HEADER_LOOPS)
  const header: Draft<Partial<PriceCatalog>> & Pick<PriceCatalog, 'parties' | 'references'> = {
    parties: [],
    references: {},
  }
  const items: Draft<CatalogItem>[] = []
  let bct: DecodedSegment | undefined
  let item: Draft<CatalogItem> | undefined

  for (const segment of transaction.segments) {
    if (loops.holds(segment)) continue
    switch (segment.id) {
      case 'BCT':
        bct ??= segment
        break
      case 'LIN':
        if (item === undefined) loops.use(ITEM_LOOPS)
        item = itemOf(reader, segment, items.length + 1)
        items.push(item)
        break
      case 'CTT':
        readLineCount(reader, segment, items)
        break
      default:
        if (item === undefined) readIntoHeader(reader, loops, header, segment)
        else readIntoItem(reader, loops, item, segment)
    }
  }
  if (bct === undefined) {
    reader.missing(transaction.span, 'BCT', 'the beginning segment for price/sales catalogue')
    return reader.refuse()
  }
  const contract = contractOf(header.references)
  return reader.finish({
    kind: 'price-catalog',
    envelope: transaction.envelope,
    span: transaction.span,
    ...reader.fields(bct, BCT),
    ...header,
    ...(contract === undefined ? {} : { contract }),
    items,
    unmapped: reader.unmapped(transaction.segments),
  })
}

export function contractOf(references: References): string | undefined {
  const qualifier = CONTRACTS.find((each) => Object.hasOwn(references, each))
  return qualifier === undefined ? undefined : references[qualifier]
}

function readIntoHeader(
  reader: SegmentReader,
  loops: Loops,
  header: Draft<Partial<PriceCatalog>>,
  segment: DecodedSegment,
): void {
  if (segment.id === 'DTM') readEffective(header, reader.fields(segment, DTM))
  else if (segment.id === 'CTP') header.prices = append(header.prices, reader.fields(segment, CTP))
  else if (segment.id === 'CUR') readCurrency(reader, header, segment)
  else if (HEADER_DETAILS.has(segment.id)) readDetail(reader, loops, header, segment)
}

function itemOf(reader: SegmentReader, lin: DecodedSegment, sequence: number): Draft<CatalogItem> {
  return reader.framed(lin, LIN_ITEM, {
    sequence,
    ids: productIds(lin, FIRST_ID, ID_PAIRS),
    prices: [],
    span: lin.span,
  })
}

function readIntoItem(reader: SegmentReader, loops: Loops, item: Draft<CatalogItem>, segment: DecodedSegment): void {
  if (segment.id === 'CTP') item.prices = append(item.prices, priceOf(reader, loops, segment))
  else if (segment.id === 'DTM') readEffective(item, reader.fields(segment, DTM))
  else if (segment.id === 'LS' || segment.id === 'LE') readWhom(reader, loops, item.prices.at(-1), segment)
  else if (segment.id === 'G53') item.maintenance ??= reader.required(segment, 1, 'maintenance type')
  else if (ITEM_DETAILS.has(segment.id)) readItemDetail(reader, loops, item, segment)
}

/** A CTP with its dates, currency, package, charges and so on; what else its loop holds stays unread. */
function priceOf(reader: SegmentReader, loops: Loops, ctp: DecodedSegment): CatalogPrice {
  const price: Draft<CatalogPrice> = reader.fields(ctp, CTP)
  loops.give((segment) => {
    if (segment.id === 'DTM') readEffective(price, reader.fields(segment, DTM))
    else if (segment.id === 'CUR') readCurrency(reader, price, segment)
    else if (PRICE_DETAILS.includes(segment.id)) readDetail(reader, loops, price, segment)
    else if (segment.id === 'PO4') price.packs = append(price.packs, reader.fields(segment, PO4))
  })
  return price
}

/** From 005010 on, between LS and LE behind a CTP: whom its price is for. */
function readWhom(
  reader: SegmentReader,
  loops: Loops,
  price: Draft<CatalogPrice> | undefined,
  segment: DecodedSegment,
): void {
  if (price === undefined) return
  reader.expect(segment, 1, ['LM', 'N1'])
  let lm: DecodedSegment | undefined
  let party: Draft<Party> | undefined
  loops.give((within) => {
    if (within.id === 'LM') lm = within
    else if (within.id === 'LQ' && lm !== undefined) readIndustryCode(reader, price, lm, within)
    else if (within.id === 'N1') {
      party = startedParty(reader, within)
      price.parties = append(price.parties, party)
    } else if (party !== undefined) readIntoParty(reader, party, within)
  })
}
