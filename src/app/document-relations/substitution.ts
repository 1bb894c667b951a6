import type { Acknowledgment } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { bare, type PlacedDocument } from './placed-document.js'

/** ACK01 codes by which a supplier says that it ships something else. */
const SUBSTITUTED = new Set(['IS'])

/** Substitutions an 855 announces. That it is on the 855 makes the billed item known, never accepted by itself. */
export function substitutionRows({ row, fileIndex }: PlacedDocument): RelationRow[] {
  const acknowledgment: Acknowledgment = JSON.parse(row.body)
  return acknowledgment.lines.flatMap((line) =>
    line.statuses
      .filter(({ status }) => SUBSTITUTED.has(status))
      .map(({ ids }) => ({
        po_number: acknowledgment.poNumber,
        partner: row.partner,
        line_number: bare(line.assignedId),
        ordered_item: line.ids.buyerItem,
        ordered_vendor_item: line.ids.vendorItem,
        vendor_item: ids.vendorItem,
        manufacturer_part: ids.manufacturerPart,
        gtin: ids.gtin,
        document_id: row.id,
        source_file: fileIndex,
        source_record: line.sequence,
      })),
  )
}
