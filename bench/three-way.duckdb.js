import { DuckDBInstance } from '@duckdb/node-api'

/** The same comparison as one bare SQL statement over the CSV files, exact, with nothing else of a matcher in it. */
const folder = process.argv[2]
const csv = (name, columns) =>
  `read_csv('${folder}/${name}.csv', header=true, auto_detect=false, delim=',', columns={${Object.entries(columns)
    .map(([column, type]) => `${column}: '${type}'`)
    .join(', ')}})`
const text = (...names) => Object.fromEntries(names.map((name) => [name, 'VARCHAR']))

const sql = `
WITH po AS (
  SELECT company, po_number, line_number, uom_factor AS factor, unit_price, quantity * uom_factor AS ordered
  FROM ${csv('po-lines', { ...text('company', 'po_number', 'line_number', 'supplier', 'item', 'vendor_item'), quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', uom_factor: 'SMALLINT', unit_price: 'DECIMAL(9,3)', ...text('status', 'matching', 'ship_to', 'facility'), po_date: 'DATE' })}
),
received AS (
  SELECT r.company, r.po_number, r.line_number, sum(quantity) AS quantity
  FROM ${csv('receipts', { ...text('company', 'po_number', 'line_number', 'receipt_number'), quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', received_on: 'DATE' })} r
  GROUP BY ALL
),
billed AS (
  SELECT i.company, i.po_number, l.assigned_id AS line_number, l.unit_price, i.invoice_date, l.invoice_id, l.sequence, l.quantity,
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
),
found AS (
  SELECT *, unit_price * po_factor <> po_price * factor AS is_price, over_ordered > 0 AS is_ordered,
    received IS NULL AS is_missing, received IS NOT NULL AND in_all > received AND least(in_all - received, base) - over_ordered > 0 AS is_received
  FROM over
)
SELECT count(*) FILTER (is_price) AS price, count(*) FILTER (is_ordered) AS ordered, count(*) FILTER (is_received) AS received, count(*) FILTER (is_missing) AS missing,
  (sum(abs(round(quantity * unit_price, 2) - round(base * (po_price * 0.1::DECIMAL(2,1)), 2))) FILTER (is_price))::DECIMAL(18,2)::VARCHAR AS price_at_risk,
  (sum(round(over_ordered * (least(unit_price * po_factor, po_price * factor) * CASE WHEN factor = 1 THEN 0.1 ELSE 0.01 END::DECIMAL(3,2)), 2)) FILTER (is_ordered))::DECIMAL(18,2)::VARCHAR AS ordered_at_risk
FROM found`

const from = performance.now()
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJson()
const result = {
  ...row,
  price: Number(row.price),
  ordered: Number(row.ordered),
  received: Number(row.received),
  missing: Number(row.missing),
}
console.log(
  JSON.stringify({ result, seconds: (performance.now() - from) / 1000, rss: process.resourceUsage().maxRSS / 1024 }),
)
