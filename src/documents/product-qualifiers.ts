import type { ProductIds } from '../canonical/index.js'
import { gtin14, ndc11 } from './product-codes.js'

export type IdPlace = Exclude<keyof ProductIds, 'other'>

/** Element 235: what each qualifier says the id is. The first of a kind is the one we write. */
const qualifiers: Readonly<Record<IdPlace, readonly [string, ...string[]]>> = {
  buyerItem: ['IN', 'BP', 'CB', 'PI'],
  vendorItem: ['VP', 'VC', 'VN', 'VA'],
  manufacturerPart: ['MG', 'MF'],
  gtin: ['UK', 'EN', 'UP', 'UI', 'UA'],
  ndc: ['N4', 'ND', 'N1', 'N2', 'N3'],
  hibc: ['HI', 'H'],
  lot: ['LT'],
  serial: ['SN'],
}
export const kindsOfId = Object.entries(qualifiers) as [IdPlace, readonly [string, ...string[]]][]
const places: ReadonlyMap<string, IdPlace> = new Map(
  kindsOfId.flatMap(([place, codes]) => codes.map((code) => [code, place] as const)),
)

/** The kind of id that a qualifier stands for, if it has one. */
export const placeOf = (qualifier: string): IdPlace | undefined => places.get(qualifier)

/** The id as it is kept: a GTIN with 14 digits, an NDC with 11. */
export function normal(place: IdPlace, qualifier: string, id: string): string {
  if (place === 'gtin') return gtin14(qualifier, id)
  return place === 'ndc' ? ndc11(qualifier, id) : id
}
