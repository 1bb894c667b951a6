import type { ProductIds, StatedDate } from '../../canonical/index.js'
import type { DocumentOfFile } from '../../state/index.js'
import type { RelationRow } from '../check/bind-rows.js'

/** The names of an item that are compared with those of the PO. */
export const namesOf = (ids: ProductIds): RelationRow => ({
  buyer_item: ids.buyerItem,
  vendor_item: ids.vendorItem,
  manufacturer_part: ids.manufacturerPart,
  gtin: ids.gtin,
})

/** Sorts the documents of a partner as it made them, in whatever order they came. */
export const turnOf = (row: DocumentOfFile, date: string | undefined): string =>
  [date ?? row.received_on, ...[row.interchange_control, row.group_control, row.transaction_control].map(counted)].join(
    ' ',
  )

const counted = (control: string): string => control.trim().padStart(9, '0')

/** The last day that any of these dates names under one of the qualifiers (element 374). */
export const lastDay = (
  dates: readonly StatedDate[] | undefined,
  qualifiers: ReadonlySet<string>,
): string | undefined =>
  (dates ?? [])
    .flatMap(({ qualifier, date }) => (date !== undefined && qualifiers.has(qualifier) ? [date] : []))
    .sort()
    .at(-1)
