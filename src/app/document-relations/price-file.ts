import { type CatalogPrice, compare, decimal, type PriceCatalog } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import type { PlacedDocument } from './placed-document.js'
import { type UnitNames, unitOf } from './unit-name.js'

/** Prices that are none of a contract: resale and catalogue (list) prices. */
const NOT_AGREED = new Set(['RES', 'CAT', 'LPR', 'MSR'])

/** The contract prices of an 832; of quantity breaks the one that holds from the first unit on. */
export function priceFileRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const catalog: PriceCatalog = JSON.parse(row.body)
  return catalog.items.flatMap(({ sequence, ids, prices, ...item }) =>
    prices.filter(isAgreed).flatMap((price) => {
      const uom = price.uom ?? catalog.uom
      if (uom === undefined) return []
      return {
        contract: catalog.contract,
        partner: row.partner,
        item: ids.buyerItem,
        vendor_item: ids.vendorItem,
        uom: unitOf(uom, units),
        unit_price: price.unitPrice,
        price_basis: price.basis,
        effective_from: price.effectiveFrom ?? item.effectiveFrom ?? catalog.effectiveFrom ?? row.received_on,
        effective_to: price.effectiveTo ?? item.effectiveTo ?? catalog.effectiveTo,
        source_file: fileIndex,
        source_record: sequence,
      }
    }),
  )
}

const ONE = decimal(1)

const isAgreed = ({ unitPrice, priceId, quantity }: CatalogPrice): boolean =>
  unitPrice !== undefined && !NOT_AGREED.has(priceId ?? '') && (quantity === undefined || compare(quantity, ONE) <= 0)
