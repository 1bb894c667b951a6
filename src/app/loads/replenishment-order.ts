import { decimal } from '../../canonical/index.js'
import type { RowToLoad } from './plan-table-load.js'

/**
 * The canonical purchase order for reorder proposals of one company and location, as `edi make` takes it: stand-alone (BEG02 SA), shipped
 * to the location under our own id (N103 92), a line an item in whole order units.
 * @param poNumber at most 22 characters (BEG03)
 */
export function replenishmentOrder(rows: readonly RowToLoad[], poNumber: string, poDate: string) {
  const [first] = rows
  const { company, location, currency } = first?.planned.fields ?? {}
  return {
    kind: 'purchase-order',
    purpose: '00',
    type: 'SA',
    poNumber,
    poDate,
    ...(currency === undefined ? {} : { currency }),
    references: {},
    parties: [
      { role: 'BY', idQualifier: '92', id: company },
      { role: 'ST', idQualifier: '92', id: location },
    ],
    lines: rows.map(({ planned: { fields } }, n) => ({
      sequence: n + 1,
      assignedId: String(n + 1),
      quantity: plain(fields.quantity),
      uom: fields.uom,
      unitPrice: plain(fields.unit_price),
      ids: {
        buyerItem: fields.order_item,
        ...(fields.vendor_item === undefined ? {} : { vendorItem: fields.vendor_item }),
      },
      ...(fields.description === undefined ? {} : { description: fields.description }),
    })),
    charges: [],
  }
}

/** As X12 wants it: no zeros at the end. */
const plain = (number: string | undefined): string | undefined => (number === undefined ? number : decimal(number))
