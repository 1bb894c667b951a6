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
  CREATE TABLE po (company TEXT, po_number TEXT, line_number TEXT, item TEXT, facility TEXT, quantity INTEGER, factor INTEGER, price INTEGER);
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
  const records = createReadStream(path.join(folder, `${name}.csv`)).pipe(parse({ columns: true }))
  for await (const record of records) statement.run(...values(record))
  database.exec('COMMIT')
}

await load('po-lines', 'INSERT INTO po VALUES (?, ?, ?, ?, ?, ?, ?, ?)', (r) => [
  r.company,
  r.po_number,
  r.line_number,
  r.item,
  r.facility,
  Number(r.quantity),
  Number(r.uom_factor),
  mills(r.unit_price),
])
await load('receipts', 'INSERT INTO receipt VALUES (?, ?, ?, ?)', (r) => [
  r.company,
  r.po_number,
  r.line_number,
  Number(r.quantity),
])
await load('invoices', 'INSERT INTO invoice VALUES (?, ?, ?, ?)', (r) => [
  r.invoice_id,
  r.company,
  r.invoice_date,
  r.po_number,
])
await load('invoice-lines', 'INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)', (r) => [
  r.invoice_id,
  Number(r.sequence),
  r.assigned_id,
  Number(r.quantity),
  r.uom,
  mills(r.unit_price),
])

database.exec(`
  CREATE INDEX po_key ON po (po_number, line_number, company);
  ANALYZE;
  CREATE TABLE result AS
  WITH received AS (SELECT company, po_number, line_number, sum(quantity) AS quantity FROM receipt GROUP BY 1, 2, 3),
  billed AS (
    SELECT p.rowid AS po_id, p.company, p.po_number, p.line_number, p.item, p.facility, l.price, l.uom, i.invoice_date, l.invoice_id, l.sequence,
      l.quantity, p.price AS po_price, p.factor AS po_factor, CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END AS factor,
      p.quantity * p.factor AS ordered, r.quantity * p.factor AS received, l.quantity * CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END AS base
    FROM line l
    JOIN invoice i ON i.invoice_id = l.invoice_id
    JOIN po p ON p.po_number = i.po_number AND p.line_number = l.line_number AND p.company = i.company
    LEFT JOIN received r ON r.company = p.company AND r.po_number = p.po_number AND r.line_number = p.line_number
  ),
  running AS (SELECT *, sum(base) OVER (PARTITION BY po_id ORDER BY invoice_date, invoice_id, sequence ROWS UNBOUNDED PRECEDING) AS in_all FROM billed),
  over AS (SELECT *, max(min(in_all - ordered, base), 0) AS over_ordered FROM running)
  SELECT *, price * po_factor <> po_price * factor AS is_price, over_ordered > 0 AS is_ordered, received IS NULL AS is_missing,
    received IS NOT NULL AND in_all > received AND min(in_all - received, base) - over_ordered > 0 AS is_received,
    min(price * po_factor, po_price * factor) AS lowest
  FROM over;

  CREATE TABLE finding AS
  SELECT 'INV-PRICE' AS code, invoice_id, sequence, company, po_number, line_number, item, facility,
    abs((quantity * price + 5) / 10 - (base * po_price / po_factor + 5) / 10) AS amount,
    printf('PO %s line %s: billed at %.3f per %s, ordered at %.3f per BX', po_number, line_number, price / 1000.0, uom, po_price / 1000.0) AS message
  FROM result WHERE is_price
  UNION ALL
  SELECT 'INV-QTY-ORDERED', invoice_id, sequence, company, po_number, line_number, item, facility,
    (over_ordered * lowest / (factor * po_factor) + 5) / 10, printf('PO %s line %s: %d EA billed in all, %d ordered', po_number, line_number, in_all, ordered)
  FROM result WHERE is_ordered
  UNION ALL
  SELECT CASE WHEN is_missing THEN 'INV-NO-RECEIPT' ELSE 'INV-QTY-RECEIVED' END, invoice_id, sequence, company, po_number, line_number, item, facility,
    ((min(in_all - ifnull(received, 0), base) - over_ordered) * lowest / (factor * po_factor) + 5) / 10,
    printf('PO %s line %s: %d EA billed in all, %d received', po_number, line_number, in_all, ifnull(received, 0))
  FROM result WHERE is_missing OR is_received;

  CREATE TABLE outcome AS
  SELECT invoice_id, CASE WHEN invoice_id IN (SELECT invoice_id FROM finding) THEN 'held' ELSE 'clean' END AS outcome
  FROM (SELECT DISTINCT invoice_id FROM result);
`)
const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const of = (code) =>
  database.prepare('SELECT count(*) AS findings, sum(amount) AS amount FROM finding WHERE code = ?').get(code)
const result = {
  price: of('INV-PRICE').findings,
  ordered: of('INV-QTY-ORDERED').findings,
  received: of('INV-QTY-RECEIVED').findings,
  missing: of('INV-NO-RECEIPT').findings,
  price_at_risk: money(of('INV-PRICE').amount),
  ordered_at_risk: money(of('INV-QTY-ORDERED').amount),
  held: database.prepare("SELECT count(*) AS held FROM outcome WHERE outcome = 'held'").get().held,
}
console.log(
  JSON.stringify({ result, seconds: (performance.now() - from) / 1000, rss: process.resourceUsage().maxRSS / 1024 }),
)
