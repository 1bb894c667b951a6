import { literal, type SetEngine } from '../../canonical/index.js'
import { listExceptions, type StateDatabase } from '../../state/index.js'
import { orderIn } from '../xref/mapped-target.js'

/**
 * Puts the PO that somebody decided an invoice belongs to (map of INV-UNKNOWN-PO) in the place of the one that it names, before anything is
 * matched: from the next night on it is held against that one, and the exception is gone while the decision stands.
 */
export async function applyMappedOrders(engine: SetEngine, database: StateDatabase, job: string): Promise<void> {
  for (const { status, decision, document, keys } of await listExceptions(database, { job, code: 'INV-UNKNOWN-PO' })) {
    const order = orderIn(decision?.note ?? null)
    const stands = (status === 'decided' || status === 'healed') && decision?.state === 'standing'
    if (!stands || decision.decision !== 'map' || order === undefined || !document) continue
    const named = keys.po === undefined ? 'po_number IS NULL' : `po_number = ${literal(keys.po)}`
    const release = order.release === undefined ? 'NULL' : literal(order.release)
    await engine.run(`
      UPDATE invoice SET po_number = ${literal(order.number)}, release = ${release} WHERE invoice_id = ${literal(document)} AND ${named};
      UPDATE invoice_line SET po_number = ${literal(order.number)}
      WHERE invoice_id = ${literal(document)} AND po_number = ${literal(keys.po ?? '')}`)
  }
}
