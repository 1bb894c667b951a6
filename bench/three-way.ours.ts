// Loaded before the clock starts, as the others load theirs.
import '@duckdb/node-api'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { literal } from '../src/canonical/index.js'
import { loadContract } from '../src/config/index.js'
import { checkExtract } from '../src/contracts/index.js'
import { openDuckDb } from '../src/match/engine/duckdb.js'
import { matchThreeWay } from '../src/match/three-way/index.js'
import { csvSource } from './three-way.layouts.js'

/** Files to findings as a night does it: each file under its contract, then the whole matcher, every rule. */
const [folder = '', watch] = process.argv.slice(2)
const from = performance.now()
const cpu = process.cpuUsage()
// As a night opens it (compose.ts): with a folder to spill to, and no limit of memory but DuckDB's own.
const spill = await mkdtemp(path.join(tmpdir(), 'matchbook-bench-spill-'))
const engine = await openDuckDb({ tempFolder: spill })

/** As a night reads it: layout, trailer with its sums, types, keys given twice, every record accounted for. */
async function read(index: number, name: string, contractName: string): Promise<void> {
  const { value: contract, problems } = await loadContract(contractName, [path.resolve()])
  if (contract === undefined) throw new Error(`contract ${contractName}: ${JSON.stringify(problems)}`)
  const file = { index, path: path.join(folder, `${name}.csv`), name: `${name}.csv`, sha256: 'generated' }
  const { usable, rejected, findings } = await checkExtract(engine, contract, file)
  if (!usable || rejected > 0) throw new Error(`${name}: ${rejected} rejected; ${findings[0]?.message}`)
  if (watch) console.error('read', name, Math.round(performance.now() - from))
}

await read(0, 'po-lines', 'lawson-po-lines')
await read(1, 'receipts', 'lawson-receipts')
await read(2, 'items', 'lawson-items')

// Contracts are for extracts: invoices come into a night as documents. From a translator's flat file each column that the relation knows.
// Nothing asks for the order of its lines, as in the bare SQL; extracts, whose records are numbered, keep theirs.
await engine.run('SET preserve_insertion_order = false')
const iso = '%Y%m%d'
await engine.run(`CREATE TABLE invoice AS
  SELECT DOC_ID AS invoice_id, PARTNER AS partner, COMPANY AS company, INVOICE_NUMBER AS invoice_number, INVOICE_DATE AS invoice_date,
    RECEIVED AS received_on, "TYPE" = 'CR' AS credit, PO_NUMBER AS po_number, PO_RELEASE AS release, SHIP_TO AS ship_to, REMIT_TO AS remit_to,
    CURRENCY AS currency, TOTAL AS total, TERMS_PERCENT AS discount_percent, TERMS_DAYS AS discount_days, NET_DAYS AS net_days,
    'open' AS state, 3 AS source_file
  FROM ${csvSource(folder, 'invoices', iso, { INVOICE_DATE: 'DATE', RECEIVED: 'DATE', TOTAL: 'DECIMAL(18,2)', TERMS_PERCENT: 'DECIMAL(18,6)', TERMS_DAYS: 'INTEGER', NET_DAYS: 'INTEGER' })}`)
await engine.run(`CREATE TABLE invoice_line AS
  SELECT DOC_ID AS invoice_id, SEQUENCE AS sequence, PO_LINE AS assigned_id, QUANTITY AS quantity, UOM AS uom, UNIT_PRICE AS unit_price,
    PRICE_BASIS AS price_basis, BUYER_ITEM AS buyer_item, VENDOR_ITEM AS vendor_item, MANUF_PART AS manufacturer_part, GTIN AS gtin, NDC AS ndc,
    HIBC AS hibc, LOT AS lot, SERIAL AS serial, DESCRIPTION AS description, 0 AS byte_offset, 0 AS byte_length, 4 AS source_file
  FROM ${csvSource(folder, 'invoice-lines', iso, { SEQUENCE: 'INTEGER', QUANTITY: 'DECIMAL(18,4)', UNIT_PRICE: 'DECIMAL(18,6)' })}`)
await engine.run('RESET preserve_insertion_order')
// Settings, which are no extracts.
await engine.run(
  `CREATE TABLE partner_vendor AS SELECT * FROM read_csv(${literal(`${folder}/partner-vendors.csv`)}, header=true, all_varchar=true)`,
)
await engine.run(
  `CREATE TABLE tolerance AS SELECT 'price' AS rule, supplier, 'limit' AS over_mode, percent::DECIMAL(18,6) AS over_percent, 'unlimited' AS under_mode
   FROM read_csv(${literal(`${folder}/tolerances.csv`)}, header=true, columns={supplier: 'VARCHAR', percent: 'DECIMAL(5,2)'})
   UNION ALL SELECT 'extended-amount', NULL, 'off', NULL, 'off'`,
)

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
await rm(spill, { recursive: true, force: true })
