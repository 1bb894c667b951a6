import type { PriceCatalog } from '../../canonical/index.js'
import type { RelationRow } from '../bind-rows.js'
import type { PlacedDocument, UnitAliases } from './placed-document.js'

/** G53: the item is taken out of the catalogue. */
const DELETED = '002'

/** What a supplier offers in an 832: a row for each unit an item is priced in, or one where no price names a unit. */
export function catalogItemRows({ row, fileIndex }: PlacedDocument, aliases: UnitAliases): RelationRow[] {
  const catalog: PriceCatalog = JSON.parse(row.body)
  return catalog.items
    .filter(({ maintenance, ids }) => maintenance !== DELETED && ids.vendorItem !== undefined)
    .flatMap(({ sequence, ids, prices, description, ...item }) => {
      const units = new Set(prices.map(({ uom }) => uom ?? catalog.uom))
      return [...(units.size === 0 ? [catalog.uom] : units)].map((uom) => ({
        partner: row.partner,
        vendor_item: ids.vendorItem,
        item: ids.buyerItem,
        manufacturer_part: ids.manufacturerPart,
        gtin: ids.gtin,
        ndc: ids.ndc,
        hibc: ids.hibc,
        description,
        uom: uom === undefined ? undefined : (aliases[uom] ?? uom),
        effective_from: item.effectiveFrom ?? catalog.effectiveFrom,
        effective_to: item.effectiveTo ?? catalog.effectiveTo,
        source_file: fileIndex,
        source_record: sequence,
      }))
    })
}
