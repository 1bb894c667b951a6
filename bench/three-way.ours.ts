// Loaded before the clock starts, as the others load theirs.
import '@duckdb/node-api'
import { literal, type RelationName } from '../src/canonical/index.js'
import { openDuckDb } from '../src/match/engine/duckdb.js'
import { matchThreeWay } from '../src/match/three-way/index.js'

/** CSV to findings with the whole matcher: every rule runs. */
const [folder = '', watch] = process.argv.slice(2)
const from = performance.now()
const cpu = process.cpuUsage()
const engine = await openDuckDb()
await engine.run('SET preserve_insertion_order = false')

const types: Readonly<Record<string, string>> = {
  quantity: 'DECIMAL(18,4)',
  uom_factor: 'DECIMAL(12,4)',
  unit_price: 'DECIMAL(18,6)',
  total: 'DECIMAL(18,2)',
  sequence: 'INTEGER',
  po_date: 'DATE',
  received_on: 'DATE',
  invoice_date: 'DATE',
}

/** The file's columns as they stand, and constants for what an extract of invoices would also say. */
async function read(relation: RelationName, name: string, columns: string, more: Record<string, string> = {}) {
  const typed = columns.split(' ').map((column) => `${column}: '${types[column] ?? 'VARCHAR'}'`)
  const said = Object.entries({ ...more, source_file: '0' }).map(([column, value]) => `${value} AS ${column}`)
  await engine.run(
    `CREATE TABLE ${relation} AS SELECT *, ${said.join(', ')} FROM read_csv(${literal(`${folder}/${name}.csv`)}, ` +
      `header=true, auto_detect=false, delim=',', columns={${typed.join(', ')}})`,
  )
}

await read(
  'po_line',
  'po-lines',
  'company po_number line_number supplier item vendor_item quantity uom uom_factor unit_price status matching ship_to facility po_date',
)
await read('receipt_line', 'receipts', 'company po_number line_number receipt_number quantity uom received_on')
await read('invoice', 'invoices', 'invoice_id partner company invoice_number invoice_date po_number total', {
  received_on: 'invoice_date',
  credit: 'false',
  state: "'open'",
})
await read('invoice_line', 'invoice-lines', 'invoice_id sequence assigned_id quantity uom unit_price vendor_item', {
  byte_offset: '0',
  byte_length: '0',
})
await read('item', 'items', 'item base_uom status')
await read('partner_vendor', 'partner-vendors', 'partner supplier')
await engine.run(
  `CREATE TABLE tolerance AS SELECT 'price' AS rule, supplier, 'limit' AS over_mode, percent::DECIMAL(18,6) AS over_percent, 'unlimited' AS under_mode
   FROM read_csv(${literal(`${folder}/tolerances.csv`)}, header=true, columns={supplier: 'VARCHAR', percent: 'DECIMAL(5,2)'})
   UNION ALL SELECT 'extended-amount', NULL, 'off', NULL, 'off'`,
)
await engine.run('RESET preserve_insertion_order')
if (watch) console.error('read', Math.round(performance.now() - from))

await matchThreeWay(
  engine,
  {
    asOf: '2026-03-10',
    currency: 'USD',
    receiptGraceDays: 3,
    receivedNotInvoicedDays: 25,
    duplicateWindowDays: 90,
    noPoWindowDays: 60,
  },
  (rule, milliseconds) => watch && console.error(rule, Math.round(milliseconds)),
)
const found = await engine.rows<{ code: string; findings: number; amount: string }>(
  'SELECT code, count(*) AS findings, sum(amount_at_risk)::DECIMAL(18,2) AS amount FROM finding GROUP BY code ORDER BY code',
)
const outcomes = await engine.rows<{ outcome: string; invoices: number }>(
  'SELECT outcome, count(*) AS invoices FROM invoice_outcome GROUP BY outcome ORDER BY outcome',
)
const result = {
  ...Object.fromEntries(found.map(({ code, findings, amount }) => [code, `${findings} for ${amount}`])),
  ...Object.fromEntries(outcomes.map(({ outcome, invoices }) => [outcome, String(invoices)])),
}
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    result,
    seconds: (performance.now() - from) / 1000,
    cpu: (user + system) / 1e6,
    rss: process.resourceUsage().maxRSS / 1024,
  }),
)
await engine.close()
