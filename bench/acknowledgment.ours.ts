// Loaded before the clock starts, as the others load theirs.
import '@duckdb/node-api'
import { type ColumnKind, literal, type RelationName, relations, sqlType } from '../src/canonical/index.js'
import { openDuckDb } from '../src/match/engine/duckdb.js'
import { matcherOf, runMatcher } from '../src/match/index.js'

/** CSV to findings and result tables with the whole matcher: every rule runs. */
const [folder = '', watch] = process.argv.slice(2)
const from = performance.now()
const cpu = process.cpuUsage()
const engine = await openDuckDb()
await engine.run('SET preserve_insertion_order = false')

const types: Readonly<Record<string, string>> = {
  quantity: 'DECIMAL(18,4)',
  uom_factor: 'DECIMAL(12,4)',
  unit_price: 'DECIMAL(18,6)',
  sequence: 'INTEGER',
  place: 'INTEGER',
  po_date: 'DATE',
  requested_on: 'DATE',
  acknowledged_on: 'DATE',
  promised_on: 'DATE',
  is_over: 'BOOLEAN',
}

/** The relation with the file's columns as they stand, what an 855 would also say, and nothing in the others. */
async function read(relation: RelationName, name: string, columns: string, more: Record<string, string> = {}) {
  const typed = columns.split(' ').map((column) => `${column}: '${types[column] ?? 'VARCHAR'}'`)
  const said = Object.entries(relations[relation]).map(([column, { kind }]) => {
    if (columns.split(' ').includes(column)) return column
    return `${more[column] ?? `NULL::${sqlType[kind as ColumnKind]}`} AS ${column}`
  })
  await engine.run(
    `CREATE TABLE ${relation} AS SELECT ${said.join(', ')}, 0 AS source_file, NULL::BIGINT AS source_record FROM read_csv(${literal(`${folder}/${name}.csv`)}, ` +
      `header=true, auto_detect=false, delim=',', columns={${typed.join(', ')}})`,
  )
}

const bytes = { byte_offset: '0', byte_length: '0' }
await read(
  'po_line',
  'po-lines',
  'company po_number line_number supplier item vendor_item quantity uom uom_factor unit_price status matching po_date requested_on',
)
await read('acknowledgment', 'acknowledgments', 'document_id partner company po_number type acknowledged_on', {
  ...bytes,
  purpose: "'00'",
  turn: "acknowledged_on || ' ' || document_id",
  content: 'document_id',
})
await read(
  'acknowledgment_line',
  'acknowledgment-lines',
  'document_id sequence assigned_id quantity uom unit_price vendor_item',
  bytes,
)
await read(
  'acknowledgment_status',
  'acknowledgment-statuses',
  'document_id sequence place status quantity uom promised_on vendor_item',
  bytes,
)
await read('item', 'items', 'item base_uom status')
await read('partner_vendor', 'partner-vendors', 'partner supplier')
await read('acknowledgment_due', 'due', 'partner po_date due_at is_over')
await engine.run('RESET preserve_insertion_order')
if (watch) console.error('read', Math.round(performance.now() - from))

const settings = { 'acknowledgment-hours': 24, 'send-days': 0, 'look-back-days': 90 }
await runMatcher(
  engine,
  matcherOf('po-acknowledgment'),
  { asOf: '2026-03-12', currency: 'USD', settings },
  (rule, milliseconds) => watch && console.error(rule, Math.round(milliseconds)),
)
const found = await engine.rows<{ code: string; findings: number; amount: string }>(
  'SELECT code, count(*) AS findings, sum(amount)::DECIMAL(18,2) AS amount FROM finding GROUP BY code ORDER BY code',
)
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    result: Object.fromEntries(found.map(({ code, findings, amount }) => [code, `${findings} for ${amount}`])),
    seconds: (performance.now() - from) / 1000,
    cpu: (user + system) / 1e6,
    rss: process.resourceUsage().maxRSS / 1024,
  }),
)
await engine.close()
