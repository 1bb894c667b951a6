import type { Matcher } from '../matcher.js'
import toldElsewhere from '../told-elsewhere.sql'
import units from '../units.sql'
import events from '../usage-events.sql'
import posted from './posted.sql'
import receipts from './receipts.sql'
import resolve from './resolve.sql'
import results from './results.sql'
import stock from './stock.sql'
import { tables } from './tables.js'
import unclear from './unclear.sql'
import usage from './usage.sql'

/** Usage on cases against items, stock and inventory transactions: what is wrong, what is to be issued, what is to be ordered. */
export const usageToReplenishment: Matcher = {
  name: 'usage-to-replenishment',
  needs: ['usage_line', 'item', 'location', 'stock_item', 'inventory_transaction'],
  documents: [],
  rules: [
    { name: 'units', sql: units },
    { name: 'usage-events', sql: events },
    { name: 'resolve', sql: resolve },
    { name: 'unclear', sql: unclear },
    { name: 'posted', sql: posted },
    { name: 'usage', sql: usage },
    { name: 'stock', sql: stock },
    { name: 'results', sql: results },
    { name: 'receipts', sql: receipts },
    { name: 'told-elsewhere', sql: toldElsewhere },
  ],
  tables,
}
