import type { RelationName } from '../../canonical/index.js'
import type { MatchedDocument } from '../../match/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { acknowledgmentLineRows, acknowledgmentRow, acknowledgmentStatusRows } from './acknowledgment.js'
import { catalogItemRows } from './catalog-item.js'
import { invoiceChargeRows, invoiceLineRows, invoiceRow } from './invoice.js'
import type { PlacedDocument } from './placed-document.js'
import { priceFileRows } from './price-file.js'
import { sentOrderLineRows } from './sent-order.js'
import { shipNoticeLineRows } from './ship-notice.js'
import { substitutionRows } from './substitution.js'
import type { UnitNames } from './unit-name.js'

export type { PlacedDocument } from './placed-document.js'

type RowsOf = (document: PlacedDocument, units: UnitNames) => readonly RelationRow[]

/** What each kind of document becomes in the set engine: one entry a relation. */
export const documentRelations: Readonly<
  Partial<Record<MatchedDocument, Readonly<Partial<Record<RelationName, RowsOf>>>>>
> = {
  invoice: {
    invoice: (document) => [invoiceRow(document)],
    invoice_line: invoiceLineRows,
    invoice_charge: invoiceChargeRows,
  },
  'price-catalog': { catalog_item: catalogItemRows, price_file_line: priceFileRows },
  acknowledgment: {
    acknowledgment: (document) => [acknowledgmentRow(document)],
    acknowledgment_line: acknowledgmentLineRows,
    acknowledgment_status: acknowledgmentStatusRows,
    substitution: substitutionRows,
  },
  'purchase-order': { sent_order_line: sentOrderLineRows },
  'ship-notice': { ship_notice_line: shipNoticeLineRows },
}
