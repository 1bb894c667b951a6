import type { ProductIds } from '../../../canonical/index.js'
import type { Words } from '../words.js'

const names: readonly (readonly [keyof Omit<ProductIds, 'other'>, string])[] = [
  ['vendorItem', "vendor's"],
  ['buyerItem', "buyer's"],
  ['manufacturerPart', "manufacturer's"],
  ['gtin', 'GTIN'],
  ['ndc', 'NDC'],
  ['hibc', 'HIBC'],
  ['lot', 'lot'],
  ['serial', 'serial'],
]

/** "vendor's CM-4410, buyer's 300117". */
export function idsText(ids: ProductIds, words: Words): string {
  const known = names.flatMap(([key, name]) => (ids[key] === undefined ? [] : [`${name} ${ids[key]}`]))
  const other = Object.entries(ids.other ?? {}).map(
    ([qualifier, id]) => `${lowered(words.say('235', qualifier))} ${id}`,
  )
  return [...known, ...other].join(', ')
}

/** "Lot number" as "lot number"; "NDC (5-4-2)" stays. */
export const lowered = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
