import type { StateDatabase } from '../../state/index.js'
import { standingMaps } from '../deciding/standing-maps.js'
import { lineIn } from '../xref/mapped-target.js'
import type { RelationRow } from './bind-rows.js'

/**
 * The PO lines that somebody decided invoice lines are, for relation `mapped_line`. From the next night on the line is matched so, and the
 * exception is gone while the decision stands.
 */
export async function mappedLines(database: StateDatabase, job: string): Promise<RelationRow[]> {
  const maps = await standingMaps(database, job, 'INV-NOT-ON-PO', 'INV-AMBIGUOUS', 'INV-CREDIT')
  return maps.flatMap(({ note, document, keys, decidedBy }) => {
    const line = lineIn(note)
    if (line === undefined || !document || keys.invoiceLine === undefined) return []
    return [{ invoice_id: document, sequence: keys.invoiceLine, line_number: line, made_by: decidedBy }]
  })
}
