import type { ProductIds } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { gtin14, ndc11 } from './product-codes.js'
import type { SegmentReader } from './segment-reader.js'

type Place = Exclude<keyof ProductIds, 'other'>

/** Element 235: what each qualifier says the id is. */
const qualifiers: Readonly<Record<Place, string>> = {
  buyerItem: 'IN BP CB PI',
  vendorItem: 'VP VC VN VA',
  manufacturerPart: 'MG MF',
  gtin: 'UK EN UP UI UA',
  ndc: 'N4 ND N1 N2 N3',
  hibc: 'HI H',
  lot: 'LT',
  serial: 'SN',
}
const places = new Map(
  Object.entries(qualifiers).flatMap(([place, codes]) => codes.split(' ').map((code) => [code, place as Place])),
)

/** IT106 to IT125, PO106 to PO125, ACK07 to ACK26. */
const PAIRS = 10

/**
 * Qualifier and id pairs from element `first` on. The first id of a kind counts; a second one, or one whose qualifier has no place, is
 * kept under its qualifier. What does not fit there either stays unread.
 */
export function productIds(reader: SegmentReader, segment: DecodedSegment, first: number): ProductIds {
  const ids: { [Kind in Place]?: string } = {}
  const other = new Map<string, string>()
  for (let position = first; position < first + 2 * PAIRS; position += 2) {
    const qualifier = reader.peek(segment, position)
    const id = reader.peek(segment, position + 1)
    if (qualifier === undefined || id === undefined) continue
    const place = places.get(qualifier)
    if (place !== undefined && ids[place] === undefined) ids[place] = written(place, qualifier, id)
    else if (!other.has(qualifier)) other.set(qualifier, id)
    else continue
    reader.passOver(segment, position, position + 1)
  }
  return other.size > 0 ? { ...ids, other: Object.fromEntries(other) } : ids
}

function written(place: Place, qualifier: string, id: string): string {
  if (place === 'gtin') return gtin14(qualifier, id)
  return place === 'ndc' ? ndc11(qualifier, id) : id
}
