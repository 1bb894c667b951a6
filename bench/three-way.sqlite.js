import { createReadStream } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse'

/**
 * The same comparison as an honest engineer writes it with csv-parse and better-sqlite3: one transaction a file, prepared statements,
 * whole numbers for money and quantities, indices after the load, the accumulation in SQL.
 */
const folder = process.argv[2]
const from = performance.now()
const database = new Database(':memory:')
database.pragma('journal_mode = OFF')
database.pragma('synchronous = OFF')
database.exec(`
  CREATE TABLE po (company TEXT, po_number TEXT, line_number TEXT, quantity INTEGER, factor INTEGER, price INTEGER);
  CREATE TABLE receipt (company TEXT, po_number TEXT, line_number TEXT, quantity INTEGER);
  CREATE TABLE invoice (invoice_id TEXT PRIMARY KEY, company TEXT, invoice_date TEXT, po_number TEXT) WITHOUT ROWID;
  CREATE TABLE line (invoice_id TEXT, sequence INTEGER, line_number TEXT, quantity INTEGER, uom TEXT, price INTEGER);
`)

/** Thousandths, exactly. */
const mills = (text) => {
  const [whole, part = ''] = text.split('.')
  return Number(whole) * 1000 + Number(part.padEnd(3, '0'))
}

async function load(name, insert, values) {
  const statement = database.prepare(insert)
  database.exec('BEGIN')
  const records = createReadStream(path.join(folder, `${name}.csv`)).pipe(parse({ from_line: 2 }))
  for await (const record of records) statement.run(...values(record))
  database.exec('COMMIT')
}

await load('po-lines', 'INSERT INTO po VALUES (?, ?, ?, ?, ?, ?)', (r) => [
  r[0],
  r[1],
  r[2],
  Number(r[6]),
  Number(r[8]),
  mills(r[9]),
])
await load('receipts', 'INSERT INTO receipt VALUES (?, ?, ?, ?)', (r) => [r[0], r[1], r[2], Number(r[4])])
await load('invoices', 'INSERT INTO invoice VALUES (?, ?, ?, ?)', (r) => [r[0], r[2], r[4], r[5]])
await load('invoice-lines', 'INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)', (r) => [
  r[0],
  Number(r[1]),
  r[2],
  Number(r[3]),
  r[4],
  mills(r[5]),
])
database.exec('CREATE INDEX po_key ON po (po_number, line_number, company); ANALYZE')

const row = database
  .prepare(
    `WITH received AS (SELECT company, po_number, line_number, sum(quantity) AS quantity FROM receipt GROUP BY 1, 2, 3),
  billed AS (
    SELECT p.rowid AS po_id, l.price, i.invoice_date, l.invoice_id, l.sequence, l.quantity, p.price AS po_price, p.factor AS po_factor,
      CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END AS factor, p.quantity * p.factor AS ordered, r.quantity * p.factor AS received,
      l.quantity * CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END AS base
    FROM line l
    JOIN invoice i ON i.invoice_id = l.invoice_id
    JOIN po p ON p.po_number = i.po_number AND p.line_number = l.line_number AND p.company = i.company
    LEFT JOIN received r ON r.company = p.company AND r.po_number = p.po_number AND r.line_number = p.line_number
  ),
  running AS (SELECT *, sum(base) OVER (PARTITION BY po_id ORDER BY invoice_date, invoice_id, sequence ROWS UNBOUNDED PRECEDING) AS in_all FROM billed),
  over AS (SELECT *, max(min(in_all - ordered, base), 0) AS over_ordered FROM running),
  found AS (
    SELECT *, price * po_factor <> po_price * factor AS is_price, over_ordered > 0 AS is_ordered, received IS NULL AS is_missing,
      received IS NOT NULL AND in_all > received AND min(in_all - received, base) - over_ordered > 0 AS is_received
    FROM over
  )
  SELECT total(is_price) AS price, total(is_ordered) AS ordered, total(is_received) AS received, total(is_missing) AS missing,
    sum(CASE WHEN is_price THEN abs((quantity * price + 5) / 10 - (base * po_price / po_factor + 5) / 10) END) AS price_at_risk,
    sum(CASE WHEN is_ordered THEN (over_ordered * min(price * po_factor, po_price * factor) / (factor * po_factor) + 5) / 10 END) AS ordered_at_risk
  FROM found`,
  )
  .get()
const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const result = { ...row, price_at_risk: money(row.price_at_risk), ordered_at_risk: money(row.ordered_at_risk) }
console.log(
  JSON.stringify({ result, seconds: (performance.now() - from) / 1000, rss: process.resourceUsage().maxRSS / 1024 }),
)
