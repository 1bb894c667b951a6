import { literal, type SetEngine } from '../../canonical/index.js'
import type { StateDatabase } from '../../state/index.js'
import { standingMaps } from '../deciding/standing-maps.js'
import { lineIn, orderIn } from '../xref/mapped-target.js'

/**
 * Puts the PO that somebody decided an invoice, or the line of a credit, belongs to (map of INV-UNKNOWN-PO, INV-CREDIT) in the place of the one
 * that it names, before anything is matched: from the next night on it is held against that one, and the exception is gone while the
 * decision stands.
 */
export async function applyMappedOrders(engine: SetEngine, database: StateDatabase, job: string): Promise<void> {
  for (const { note, document, keys } of await standingMaps(database, job, 'INV-UNKNOWN-PO')) {
    const order = orderIn(note)
    if (order === undefined || !document) continue
    const named = keys.po === undefined ? 'po_number IS NULL' : `po_number = ${literal(keys.po)}`
    const release = order.release === undefined ? 'NULL' : literal(order.release)
    await engine.run(`
      UPDATE invoice SET po_number = ${literal(order.number)}, release = ${release} WHERE invoice_id = ${literal(document)} AND ${named};
      UPDATE invoice_line SET po_number = ${literal(order.number)}
      WHERE invoice_id = ${literal(document)} AND po_number = ${literal(keys.po ?? '')}`)
  }
  for (const { note, document, keys } of await standingMaps(database, job, 'INV-CREDIT')) {
    const order = lineIn(note) === undefined ? orderIn(note) : undefined
    if (order === undefined || !document || keys.invoiceLine === undefined) continue
    await engine.run(`
      UPDATE invoice_line SET po_number = ${literal(order.number)}
      WHERE invoice_id = ${literal(document)} AND sequence = ${literal(keys.invoiceLine)}::INTEGER`)
  }
}
