import {
  type CatalogItem,
  type DecimalText,
  decimal,
  multiply,
  type Pack,
  type PriceCatalog,
} from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import type { PlacedDocument } from './placed-document.js'
import { type UnitNames, unitOf } from './unit-name.js'

/** G53: the item is taken out of the catalogue. */
const DELETED = '002'

/** What a supplier offers in an 832: a row for each unit an item is priced in, or one where no price names a unit. */
export function catalogItemRows({ row, fileIndex }: PlacedDocument, names: UnitNames): RelationRow[] {
  const catalog: PriceCatalog = JSON.parse(row.body)
  return catalog.items
    .filter(({ maintenance, ids }) => maintenance !== DELETED && ids.vendorItem !== undefined)
    .flatMap((item) => {
      const { sequence, ids, prices, description } = item
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
        uom: unitOf(uom, names),
        ...packOf(item, uom, units.size > 1, names),
        effective_from: item.effectiveFrom ?? catalog.effectiveFrom,
        effective_to: item.effectiveTo ?? catalog.effectiveTo,
        source_file: fileIndex,
        source_record: sequence,
      }))
    })
}

/**
 * How many of which unit are in the one it is priced in, by the PO4 of the price, or of the item where it has one unit alone. A PO4 in the
 * unit of the price itself says how goods are shipped, and not what the unit is.
 */
function packOf(
  { packs = [], prices }: CatalogItem,
  uom: string | undefined,
  hasOthers: boolean,
  names: UnitNames,
): { uom_factor?: DecimalText; factor_uom?: string } {
  const own = prices.filter((price) => price.uom === uom).flatMap((price) => price.packs ?? [])
  const [pack, ...more] = own.length > 0 ? own : hasOthers ? [] : packs
  if (pack?.pack === undefined || pack.sizeUom === undefined || more.length > 0) return {}
  const unit = unitOf(pack.sizeUom, names)
  return unit === uom || unit === unitOf(uom, names) ? {} : { uom_factor: contentOf(pack), factor_uom: unit }
}

/** Of inner units in the outer one, each of so many eaches, or of such a size. */
const contentOf = ({ pack = 0, innerPack, size }: Pack): DecimalText =>
  multiply(decimal(pack), innerPack === undefined ? (size ?? decimal(1)) : decimal(innerPack))
