import type { ExceptionCode } from '../../canonical/index.js'
import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'
import type { RelationRow } from '../bind-rows.js'
import { lineIn } from '../xref/mapped-target.js'

const codes: readonly ExceptionCode[] = ['INV-NOT-ON-PO', 'INV-AMBIGUOUS']

/**
 * The PO lines that somebody decided invoice lines are, for relation `mapped_line`. From the next night on the line is matched so, and the
 * exception is gone while the decision stands.
 */
export async function mappedLines(database: StateDatabase, job: string): Promise<RelationRow[]> {
  const found: StoredException[] = []
  for (const code of codes) found.push(...(await listExceptions(database, { job, code })))
  return found.flatMap(({ status, decision, document, keys }) => {
    const line = lineIn(decision?.note ?? null)
    const stands = (status === 'decided' || status === 'healed') && decision?.state === 'standing'
    if (!stands || decision.decision !== 'map' || line === undefined || !document || keys.invoiceLine === undefined)
      return []
    return [{ invoice_id: document, sequence: keys.invoiceLine, line_number: line, made_by: decision.decidedBy }]
  })
}
