import type { ProductIds } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'

type Place = Exclude<keyof ProductIds, 'other'>

/** Element 235: what each qualifier says the id is. */
const places: Readonly<Record<string, Place>> = {
  IN: 'buyerItem',
  BP: 'buyerItem',
  CB: 'buyerItem',
  PI: 'buyerItem',
  VP: 'vendorItem',
  VC: 'vendorItem',
  VN: 'vendorItem',
  VA: 'vendorItem',
  MG: 'manufacturerPart',
  MF: 'manufacturerPart',
  UK: 'gtin',
  EN: 'gtin',
  UP: 'gtin',
  UI: 'gtin',
  UA: 'gtin',
  N4: 'ndc',
  ND: 'ndc',
  HI: 'hibc',
  H: 'hibc',
  LT: 'lot',
  SN: 'serial',
}

/**
 * Qualifier and id pairs from element `first` on (IT106, PO106, ACK07, LIN02). The first id of a kind counts; a second one, or one
 * whose qualifier has no place, is kept under its qualifier.
 */
export function productIds(segment: DecodedSegment, first: number): ProductIds {
  const ids: Partial<Record<Place, string>> = {}
  const other: Record<string, string> = {}
  for (let position = first; position < segment.elements.length; position += 2) {
    const qualifier = segment.elements[position - 1]?.trim() ?? ''
    const id = segment.elements[position]?.trim() ?? ''
    if (qualifier === '' || id === '') continue
    const place = places[qualifier]
    if (place === undefined || ids[place] !== undefined) other[qualifier] = id
    else ids[place] = place === 'gtin' ? gtin14(id) : id
  }
  return Object.keys(other).length > 0 ? { ...ids, other } : ids
}

/** 8, 12, 13 and 14 digit GTINs name the same thing once padded to 14; anything else stays as sent. */
export const gtin14 = (id: string): string => (/^(\d{8}|\d{12,14})$/.test(id) ? id.padStart(14, '0') : id)
