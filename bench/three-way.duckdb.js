import { DuckDBInstance } from '@duckdb/node-api'

/**
 * The same comparison as bare SQL over the CSV files, exact, with nothing else of a matcher in it. It leaves what each contender leaves:
 * a row for each line with the numbers compared, the findings with keys, amount and message, the outcome of each invoice.
 */
const folder = process.argv[2]
const csv = (name, columns) =>
  `read_csv('${folder}/${name}.csv', header=true, auto_detect=false, delim=',', columns={${Object.entries(columns)
    .map(([column, type]) => `${column}: '${type}'`)
    .join(', ')}})`
const text = (...names) => Object.fromEntries(names.map((name) => [name, 'VARCHAR']))

const sql = `
CREATE TABLE result AS
WITH po AS (
  SELECT company, po_number, line_number, item, facility, uom, uom_factor AS factor, unit_price, quantity * uom_factor AS ordered
  FROM ${csv('po-lines', { ...text('company', 'po_number', 'line_number', 'supplier', 'item', 'vendor_item'), quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', uom_factor: 'SMALLINT', unit_price: 'DECIMAL(9,3)', ...text('status', 'matching', 'ship_to', 'facility'), po_date: 'DATE' })}
),
received AS (
  SELECT r.company, r.po_number, r.line_number, sum(quantity) AS quantity
  FROM ${csv('receipts', { ...text('company', 'po_number', 'line_number', 'receipt_number'), quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', received_on: 'DATE' })} r
  GROUP BY ALL
),
billed AS (
  SELECT i.company, i.po_number, l.assigned_id AS line_number, p.item, p.facility, i.invoice_number, i.invoice_date, l.invoice_id, l.sequence, l.quantity, l.uom, l.unit_price,
    p.unit_price AS po_price, p.factor AS po_factor, CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END::SMALLINT AS factor, p.ordered,
    r.quantity * p.factor AS received, l.quantity * CASE l.uom WHEN 'EA' THEN 1 ELSE p.factor END::SMALLINT AS base
  FROM ${csv('invoice-lines', { invoice_id: 'VARCHAR', sequence: 'INTEGER', assigned_id: 'VARCHAR', quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', unit_price: 'DECIMAL(9,3)', vendor_item: 'VARCHAR' })} l
  JOIN ${csv('invoices', { ...text('invoice_id', 'partner', 'company', 'invoice_number'), invoice_date: 'DATE', po_number: 'VARCHAR', total: 'DECIMAL(18,2)' })} i USING (invoice_id)
  JOIN po p ON p.company = i.company AND p.po_number = i.po_number AND p.line_number = l.assigned_id
  LEFT JOIN received r ON r.company = p.company AND r.po_number = p.po_number AND r.line_number = p.line_number
),
running AS (
  SELECT *, sum(base) OVER (PARTITION BY company, po_number, line_number ORDER BY invoice_date, invoice_id, sequence ROWS UNBOUNDED PRECEDING) AS in_all FROM billed
),
over AS (
  SELECT *, greatest(least(in_all - ordered, base), 0) AS over_ordered FROM running
)
SELECT *, unit_price * po_factor <> po_price * factor AS is_price, over_ordered > 0 AS is_ordered, received IS NULL AS is_missing,
  received IS NOT NULL AND in_all > received AND least(in_all - received, base) - over_ordered > 0 AS is_received
FROM over;

CREATE TABLE finding AS
WITH lowest AS (SELECT *, least(unit_price * po_factor, po_price * factor) * CASE WHEN factor = 1 THEN 0.1 ELSE 0.01 END::DECIMAL(3,2) AS price FROM result)
SELECT 'INV-PRICE' AS code, invoice_id, sequence, company, po_number, line_number, item, facility, abs(round(quantity * unit_price, 2) - round(base * (po_price * 0.1::DECIMAL(2,1)), 2)) AS amount,
  'PO ' || po_number || ' line ' || line_number || ': billed at ' || unit_price || ' per ' || uom || ', ordered at ' || po_price || ' per BX' AS message
FROM lowest WHERE is_price
UNION ALL
SELECT 'INV-QTY-ORDERED', invoice_id, sequence, company, po_number, line_number, item, facility, round(over_ordered * price, 2),
  'PO ' || po_number || ' line ' || line_number || ': ' || in_all || ' EA billed in all, ' || ordered || ' ordered'
FROM lowest WHERE is_ordered
UNION ALL
SELECT CASE WHEN is_missing THEN 'INV-NO-RECEIPT' ELSE 'INV-QTY-RECEIVED' END, invoice_id, sequence, company, po_number, line_number, item, facility,
  round((least(in_all - coalesce(received, 0), base) - over_ordered) * price, 2),
  'PO ' || po_number || ' line ' || line_number || ': ' || in_all || ' EA billed in all, ' || coalesce(received, 0) || ' received'
FROM lowest WHERE is_missing OR is_received;

CREATE TABLE outcome AS
SELECT r.invoice_id, CASE WHEN any_value(f.invoice_id) IS NULL THEN 'clean' ELSE 'held' END AS outcome
FROM (SELECT DISTINCT invoice_id FROM result) r LEFT JOIN (SELECT DISTINCT invoice_id FROM finding) f USING (invoice_id)
GROUP BY r.invoice_id`

const from = performance.now()
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run(sql)
const read = async (query) => (await connection.runAndReadAll(query)).getRowObjectsJson()
const found = await read(
  'SELECT code, count(*) AS findings, sum(amount)::DECIMAL(18,2)::VARCHAR AS amount FROM finding GROUP BY code',
)
const [{ held }] = await read("SELECT count(*) AS held FROM outcome WHERE outcome = 'held'")
const of = (code) => found.find((row) => row.code === code)
const result = {
  price: Number(of('INV-PRICE').findings),
  ordered: Number(of('INV-QTY-ORDERED').findings),
  received: Number(of('INV-QTY-RECEIVED').findings),
  missing: Number(of('INV-NO-RECEIPT').findings),
  price_at_risk: of('INV-PRICE').amount,
  ordered_at_risk: of('INV-QTY-ORDERED').amount,
  held: Number(held),
}
console.log(
  JSON.stringify({ result, seconds: (performance.now() - from) / 1000, rss: process.resourceUsage().maxRSS / 1024 }),
)
