import type { PurchaseOrder } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { lastDay, namesOf, turnOf } from './order-names.js'
import { bare, type PlacedDocument } from './placed-document.js'
import { type UnitNames, unitOf } from './unit-name.js'

/** Element 374: delivery requested, in any of its wordings. */
const REQUESTED = new Set('002 071 074 106'.split(' '))

export function sentOrderLineRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const order: PurchaseOrder = JSON.parse(row.body)
  return order.lines.map((line) => ({
    document_id: row.id,
    partner: row.partner,
    company: row.company,
    po_number: order.poNumber,
    release: order.release,
    turn: turnOf(row, order.poDate),
    sequence: line.sequence,
    assigned_id: bare(line.assignedId),
    quantity: line.quantity,
    uom: unitOf(line.uom, units),
    unit_price: line.unitPrice,
    price_basis: line.priceBasis,
    ...namesOf(line.ids),
    requested_on: lastDay(line.dates, REQUESTED) ?? lastDay(order.dates, REQUESTED),
    byte_offset: line.span.byteOffset,
    byte_length: line.span.byteLength,
    source_file: fileIndex,
    source_record: line.sequence,
  }))
}
