import type { ProductIds } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { bitOf, type DecodedSegment } from '../formats/x12/index.js'
import { gtin14, ndc11 } from './product-codes.js'

type Place = Exclude<keyof ProductIds, 'other'>

/** Element 235: what each qualifier says the id is. The first of a kind is the one we write. */
const qualifiers: Readonly<Record<Place, readonly [string, ...string[]]>> = {
  buyerItem: ['IN', 'BP', 'CB', 'PI'],
  vendorItem: ['VP', 'VC', 'VN', 'VA'],
  manufacturerPart: ['MG', 'MF'],
  gtin: ['UK', 'EN', 'UP', 'UI', 'UA'],
  ndc: ['N4', 'ND', 'N1', 'N2', 'N3'],
  hibc: ['HI', 'H'],
  lot: ['LT'],
  serial: ['SN'],
}
const kinds = Object.entries(qualifiers) as [Place, readonly [string, ...string[]]][]
const places: ReadonlyMap<string, Place> = new Map(
  kinds.flatMap(([place, codes]) => codes.map((code) => [code, place] as const)),
)

/** IT106 to IT125, PO106 to PO125, ACK07 to ACK26. */
const PAIRS = 10

/** The kind of id that a qualifier stands for, if it has one. */
export const placeOf = (qualifier: string): Place | undefined => places.get(qualifier)

/**
 * Qualifier and id pairs from element `first` on. The first id of a kind counts; a second one, or one whose qualifier has no place, is
 * kept under its qualifier. What does not fit there either stays unread.
 */
export function productIds(segment: DecodedSegment, first: number, pairs = PAIRS): ProductIds {
  const ids: { [Kind in Place]?: string } = {}
  let other: Map<string, string> | undefined
  const end = Math.min(first + 2 * pairs, segment.elementCount + 1)
  for (let position = first; position < end; position += 2) {
    const qualifier = segment.value(position)
    const id = segment.value(position + 1)
    if (qualifier === undefined || id === undefined) continue
    const place = places.get(qualifier)
    if (place !== undefined && ids[place] === undefined) ids[place] = normal(place, qualifier, id)
    else {
      other ??= new Map()
      if (other.has(qualifier)) continue
      other.set(qualifier, id)
    }
    segment.taken |= bitOf(position) | bitOf(position + 1)
  }
  return other === undefined ? ids : { ...ids, other: Object.fromEntries(other) }
}

/** The id as it is kept: a GTIN with 14 digits, an NDC with 11. */
export function normal(place: Place, qualifier: string, id: string): string {
  if (place === 'gtin') return gtin14(qualifier, id)
  return place === 'ndc' ? ndc11(qualifier, id) : id
}

/**
 * Qualifier and id in turn, as they stand in a line.
 * @throws MatchbookError X12-WRITE when there are more than the segment has room for
 */
export function productIdElements(ids: ProductIds, pairs = PAIRS): readonly string[] {
  const named = kinds.flatMap(([place, [qualifier]]) => {
    const id = ids[place]
    return id === undefined ? [] : [[qualifier, id] as const]
  })
  const all = [...named, ...Object.entries(ids.other ?? {})]
  if (all.length > pairs) {
    throw new MatchbookError('X12-WRITE', `a line has room for ${pairs} product numbers, not for ${all.length}`)
  }
  return all.flat()
}

/** The same as elements by position, for writeSegment. */
export const productIdsAt = (first: number, ids: ProductIds, pairs = PAIRS): Readonly<Record<number, string>> =>
  Object.fromEntries(productIdElements(ids, pairs).map((element, n) => [first + n, element]))
