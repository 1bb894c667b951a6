import { createReadStream } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse'

/**
 * The same job as an honest engineer writes it with csv-parse and better-sqlite3: one transaction a file, prepared statements,
 * whole numbers for money and quantities, indices after the load, the accumulation in SQL. Of the wide files it keeps what it needs.
 */
const folder = process.argv[2]
const from = performance.now()
const cpu = process.cpuUsage()
const database = new Database(':memory:')
database.pragma('journal_mode = OFF')
database.pragma('synchronous = OFF')
database.exec(`
  CREATE TABLE tolerance (supplier TEXT, percent INTEGER);
  CREATE TABLE po (company TEXT, po_number TEXT, line_number TEXT, supplier TEXT, item TEXT, vendor_item TEXT, facility TEXT, quantity INTEGER, uom TEXT, factor INTEGER, price INTEGER, status TEXT);
  CREATE TABLE receipt (company TEXT, po_number TEXT, line_number TEXT, quantity INTEGER, received_on TEXT);
  CREATE TABLE invoice (invoice_id TEXT PRIMARY KEY, partner TEXT, company TEXT, invoice_number TEXT, invoice_date TEXT, po_number TEXT, total INTEGER) WITHOUT ROWID;
  CREATE TABLE line (invoice_id TEXT, sequence INTEGER, line_number TEXT, quantity INTEGER, uom TEXT, price INTEGER, vendor_item TEXT, amount INTEGER);
`)

/** Thousandths: exact, as no number in these files has more digits than a double holds. */
const mills = (text) => Math.round(Number(text) * 1000)
const cents = (text) => Math.round(Number(text) * 100)
/** Dates that sort as texts. */
const iso = (american) => `${american.slice(6)}-${american.slice(0, 2)}-${american.slice(3, 5)}`

const statuses = { N: 'open', Y: 'closed', X: 'cancelled' }

async function load(name, insert, values, options) {
  const statement = database.prepare(insert)
  database.exec('BEGIN')
  const records = createReadStream(path.join(folder, `${name}.csv`)).pipe(parse({ columns: true, ...options }))
  for await (const record of records) statement.run(...values(record))
  database.exec('COMMIT')
}

const flat = { delimiter: '|' }
/** The trailer, with three values, is not taken for a record. */
const extract = { delimiter: '|', skip_records_with_error: true }

await load('tolerances', 'INSERT INTO tolerance VALUES (?, ?)', (r) => [r.supplier, cents(r.percent)])
await load(
  'po-lines',
  'INSERT INTO po VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  (r) => [
    r.COMPANY,
    r.PO_NUMBER,
    r.LINE_NBR,
    r.VENDOR.trim(),
    r.ITEM,
    r.VEN_ITEM,
    r.REQ_LOCATION,
    Number(r.QUANTITY),
    r.ENT_BUY_UOM,
    Number(r.EBUY_UOM_MULT),
    mills(r.ENT_UNIT_CST),
    statuses[r.CLOSED_FL],
  ],
  extract,
)
await load(
  'receipts',
  'INSERT INTO receipt VALUES (?, ?, ?, ?, ?)',
  (r) => [r.COMPANY, r.PO_NUMBER, r.LINE_NBR, Number(r.REC_QTY), iso(r.REC_DATE)],
  extract,
)
await load(
  'invoices',
  'INSERT INTO invoice VALUES (?, ?, ?, ?, ?, ?, ?)',
  (r) => [r.DOC_ID, r.PARTNER, r.COMPANY, r.INVOICE_NUMBER, r.INVOICE_DATE, r.PO_NUMBER, cents(r.TOTAL)],
  flat,
)
await load(
  'invoice-lines',
  'INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  (r) => [
    r.DOC_ID,
    Number(r.SEQUENCE),
    r.PO_LINE,
    Number(r.QUANTITY),
    r.UOM,
    mills(r.UNIT_PRICE),
    r.VENDOR_ITEM,
    Math.floor((Number(r.QUANTITY) * mills(r.UNIT_PRICE) + 5) / 10),
  ],
  flat,
)

database.exec(`
  CREATE INDEX po_key ON po (po_number, line_number, company);
  CREATE INDEX invoice_number ON invoice (partner, invoice_number);
  ANALYZE;
  CREATE TABLE duplicate AS
  SELECT invoice_id FROM (
    SELECT invoice_id, row_number() OVER (PARTITION BY partner, upper(invoice_number) ORDER BY invoice_date, invoice_id) AS place FROM invoice
  ) WHERE place > 1;

  CREATE TABLE key (line_id INTEGER PRIMARY KEY, po_id INTEGER);
  INSERT INTO key
  SELECT l.rowid, p.rowid
  FROM line l
  JOIN invoice i ON i.invoice_id = l.invoice_id
  JOIN po p ON p.po_number = i.po_number AND p.line_number = l.line_number AND p.company = i.company AND p.vendor_item = l.vendor_item
  WHERE i.invoice_id NOT IN (SELECT invoice_id FROM duplicate);
  INSERT INTO key
  SELECT l.rowid, p.rowid
  FROM line l
  JOIN invoice i ON i.invoice_id = l.invoice_id
  JOIN po p ON p.po_number = i.po_number AND p.company = i.company AND p.vendor_item = l.vendor_item
  WHERE l.rowid NOT IN (SELECT line_id FROM key) AND i.invoice_id NOT IN (SELECT invoice_id FROM duplicate);

  CREATE TABLE received (po_id INTEGER PRIMARY KEY, received INTEGER, last_on TEXT);
  INSERT INTO received
  SELECT p.rowid, sum(r.quantity) * p.factor, max(r.received_on)
  FROM receipt r JOIN po p ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company
  GROUP BY p.rowid;

  CREATE TABLE result AS
  WITH billed AS (
    SELECT k.po_id, p.company, p.po_number, p.line_number, p.supplier, p.item, p.facility, p.status, i.partner, i.invoice_date, l.invoice_id, l.sequence,
      l.quantity, l.price, l.uom, l.amount, p.price AS po_price, p.factor AS po_factor, CASE l.uom WHEN p.uom THEN p.factor WHEN 'EA' THEN 1 END AS factor,
      p.quantity * p.factor AS ordered, r.received, l.quantity * CASE l.uom WHEN p.uom THEN p.factor WHEN 'EA' THEN 1 END AS base
    FROM key k
    JOIN line l ON l.rowid = k.line_id
    JOIN invoice i ON i.invoice_id = l.invoice_id
    JOIN po p ON p.rowid = k.po_id
    LEFT JOIN received r ON r.po_id = k.po_id
  ),
  running AS (SELECT *, sum(base) OVER (PARTITION BY po_id ORDER BY invoice_date, invoice_id, sequence ROWS UNBOUNDED PRECEDING) AS in_all FROM billed),
  over AS (SELECT *, max(min(in_all - ordered, base), 0) AS over_ordered FROM running)
  SELECT o.*,
    max(price * po_factor - po_price * factor, 0) * 10000 > po_price * factor * ifnull(t.percent, (SELECT percent FROM tolerance WHERE supplier = '')) AS is_price,
    over_ordered > 0 AS is_ordered, received IS NULL AS is_missing,
    received IS NOT NULL AND in_all > received AND min(in_all - received, base) - over_ordered > 0 AS is_received,
    min(price * po_factor, po_price * factor) AS lowest
  FROM over o
  LEFT JOIN tolerance t ON t.supplier = o.supplier;

  CREATE TABLE finding AS
  SELECT 'INV-PRICE' AS code, invoice_id, sequence, company, po_number, line_number, item, facility,
    abs(amount - (base * po_price / po_factor + 5) / 10) AS amount,
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
  FROM result WHERE is_missing OR is_received
  UNION ALL
  SELECT 'INV-PO-STATUS', invoice_id, sequence, company, po_number, line_number, item, facility, amount,
    printf('PO %s line %s is %s and billed for %.2f', po_number, line_number, status, amount / 100.0)
  FROM result WHERE status <> 'open'
  UNION ALL
  SELECT 'INV-SUPPLIER', invoice_id, NULL, company, po_number, NULL, NULL, facility, sum(amount),
    printf('PO %s was placed with supplier %s, and partner %s bills it', po_number, supplier, partner)
  FROM result WHERE supplier <> partner GROUP BY invoice_id
  UNION ALL
  SELECT 'INV-UNKNOWN-PO', i.invoice_id, NULL, i.company, i.po_number, NULL, NULL, NULL, sum(l.amount), printf('PO %s is not in the ERP', i.po_number)
  FROM invoice i JOIN line l ON l.invoice_id = i.invoice_id
  WHERE NOT EXISTS (SELECT 1 FROM po p WHERE p.po_number = i.po_number AND p.company = i.company) AND i.invoice_id NOT IN (SELECT invoice_id FROM duplicate)
  GROUP BY i.invoice_id
  UNION ALL
  SELECT 'INV-DUPLICATE', invoice_id, NULL, company, po_number, NULL, NULL, NULL, total, printf('invoice %s repeats an earlier one', invoice_number)
  FROM invoice WHERE invoice_id IN (SELECT invoice_id FROM duplicate)
  UNION ALL
  SELECT 'INV-TOTAL', i.invoice_id, NULL, i.company, i.po_number, NULL, NULL, NULL, abs(i.total - l.amount),
    printf('the invoice asks for %.2f, its lines come to %.2f', i.total / 100.0, l.amount / 100.0)
  FROM (SELECT invoice_id, sum(amount) AS amount, count(*) AS lines FROM line GROUP BY invoice_id) l
  JOIN invoice i ON i.invoice_id = l.invoice_id
  WHERE abs(i.total - l.amount) > l.lines AND i.invoice_id NOT IN (SELECT invoice_id FROM duplicate)
  UNION ALL
  SELECT 'GRNI-AGED', NULL, NULL, p.company, p.po_number, p.line_number, p.item, p.facility,
    ((r.received - ifnull(b.base, 0)) * p.price / p.factor + 5) / 10,
    printf('PO %s line %s: %d EA received, %d billed, last receipt %s', p.po_number, p.line_number, r.received, ifnull(b.base, 0), r.last_on)
  FROM received r
  JOIN po p ON p.rowid = r.po_id
  LEFT JOIN (SELECT po_id, sum(base) AS base FROM result GROUP BY po_id) b ON b.po_id = r.po_id
  WHERE r.last_on < '2026-02-13' AND r.received > ifnull(b.base, 0);

  CREATE TABLE outcome AS
  SELECT invoice_id, CASE WHEN invoice_id IN (SELECT invoice_id FROM duplicate) THEN 'duplicate'
    WHEN invoice_id IN (SELECT invoice_id FROM finding) THEN 'held' ELSE 'clean' END AS outcome
  FROM invoice;
`)
const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const found = database
  .prepare('SELECT code, count(*) AS findings, sum(amount) AS amount FROM finding GROUP BY code ORDER BY code')
  .all()
const outcomes = database
  .prepare('SELECT outcome, count(*) AS invoices FROM outcome GROUP BY outcome ORDER BY outcome')
  .all()
const result = {
  ...Object.fromEntries(found.map(({ code, findings, amount }) => [code, `${findings} for ${money(amount)}`])),
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
