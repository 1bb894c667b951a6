import type { Matcher } from '../matcher.js'
import units from '../units.sql'
import answers from './answers.sql'
import changes from './changes.sql'
import crossReferences from './cross-references.sql'
import dates from './dates.sql'
import differs from './differs.sql'
import findings from './findings.sql'
import judged from './judged.sql'
import lines from './lines.sql'
import orders from './orders.sql'
import parts from './parts.sql'
import price from './price.sql'
import quantity from './quantity.sql'
import results from './results.sql'
import sent from './sent.sql'
import silence from './silence.sql'
import statusFindings from './status-findings.sql'
import statuses from './statuses.sql'
import { tables } from './tables.js'

/** Open PO lines against what was sent of them (850) and what the suppliers say to them (855, 856). */
export const poAcknowledgment: Matcher = {
  name: 'po-acknowledgment',
  needs: ['po_line'],
  needsSets: ['855'],
  documents: ['purchase-order', 'acknowledgment', 'ship-notice'],
  rules: [
    { name: 'cross-references', sql: crossReferences },
    { name: 'units', sql: units },
    { name: 'orders', sql: orders },
    { name: 'sent', sql: sent },
    { name: 'answers', sql: answers },
    { name: 'lines', sql: lines },
    { name: 'statuses', sql: statuses },
    { name: 'judged', sql: judged },
    { name: 'quantity', sql: quantity },
    { name: 'price', sql: price },
    { name: 'dates', sql: dates },
    { name: 'parts', sql: parts },
    { name: 'changes', sql: changes },
    { name: 'differs', sql: differs },
    { name: 'status-findings', sql: statusFindings },
    { name: 'silence', sql: silence },
    { name: 'findings', sql: findings },
    { name: 'results', sql: results },
  ],
  tables,
}
