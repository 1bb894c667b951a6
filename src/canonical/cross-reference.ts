import type { DecimalText } from './decimal.js'
import { gtin14, hibcPrimary, ndc11 } from './product-code.js'

/**
 * What a cross-reference may be about. A unit is one of an item; a location leads to a location of the ERP or, as cost-center, to its cost
 * centre.
 */
export const referenceKinds = ['item', 'supplier', 'location', 'unit', 'cost-center'] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/** Which number of an item an identifier is; '' is any of them. */
export const identifierTypes = ['buyer-item', 'vendor-item', 'manufacturer-part', 'gtin', 'ndc', 'hibc'] as const
export type IdentifierType = (typeof identifierTypes)[number] | ''

/** What an identifier of others means in the ERP. Days are yyyy-MM-dd and included. */
export interface ReferenceMeaning {
  readonly kind: ReferenceKind
  /** Partner key, system, or vendor number of a supplier that is no partner; '': whoever says it. */
  readonly partner: string
  readonly type: IdentifierType
  /** As it stands there. */
  readonly identifier: string
  /** Of a unit: the ERP item it is a unit of; otherwise ''. */
  readonly item: string
  /** Of locations: the company that has it; '': any. */
  readonly company: string
  /** ERP number, or the unit that `factor` of are in one. */
  readonly target: string
  readonly factor: DecimalText | null
  readonly effectiveFrom: string | null
  readonly effectiveTo: string | null
}

/** How identifiers are compared: a number as people and translators write it alike, a product code in its one form. */
export function identifierKey(type: IdentifierType, identifier: string): string {
  const bare = identifier.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase()
  if (type === 'gtin') return gtin14(identifier) ?? bare
  if (type === 'ndc') return ndc11(identifier) ?? bare
  return type === 'hibc' ? (hibcPrimary(identifier) ?? bare) : bare
}
