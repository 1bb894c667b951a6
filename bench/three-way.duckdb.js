import { DuckDBInstance } from '@duckdb/node-api'
import { csvSource } from './three-way.layouts.js'

/**
 * The same job as bare SQL, written for these very files: exact, and with nothing else of a matcher in it. It reads the columns it
 * needs and no other (the trailer, which has too few values, is passed over as any faulty record would be), and leaves what each contender
 * leaves: a row for each line with the numbers compared, the findings with keys, amount and message, the outcome of each invoice.
 */
const folder = process.argv[2]
const american = '%m/%d/%Y'
const iso = '%Y%m%d'

const sql = `
CREATE TABLE tolerance AS FROM read_csv('${folder}/tolerances.csv', header=true, auto_detect=false, delim=',', columns={supplier: 'VARCHAR', percent: 'DECIMAL(5,2)'});
CREATE TABLE po AS
SELECT company, po_number, line_nbr AS line_number, ltrim(vendor) AS supplier, item, ven_item AS vendor_item, req_location AS facility,
  CASE closed_fl WHEN 'N' THEN 'open' WHEN 'Y' THEN 'closed' ELSE 'cancelled' END AS status, ent_buy_uom AS uom, ebuy_uom_mult AS factor,
  ent_unit_cst AS unit_price, quantity * ebuy_uom_mult AS ordered
FROM ${csvSource(folder, 'po-lines', american, { QUANTITY: 'DECIMAL(9,2)', EBUY_UOM_MULT: 'SMALLINT', ENT_UNIT_CST: 'DECIMAL(9,3)' })};

CREATE TABLE received AS
SELECT p.rowid AS po_id, sum(r.rec_qty) * any_value(p.factor) AS received, max(r.rec_date) AS last_on
FROM ${csvSource(folder, 'receipts', american, { REC_QTY: 'DECIMAL(9,2)', REC_DATE: 'DATE' })} r
JOIN po p ON p.po_number = r.po_number AND p.line_number = r.line_nbr AND p.company = r.company
GROUP BY p.rowid;

CREATE TABLE bill AS
SELECT doc_id AS invoice_id, partner, company, invoice_number, invoice_date, po_number, total,
  row_number() OVER (PARTITION BY partner, upper(invoice_number) ORDER BY invoice_date, doc_id) > 1 AS is_duplicate
FROM ${csvSource(folder, 'invoices', iso, { INVOICE_DATE: 'DATE', TOTAL: 'DECIMAL(18,2)' })};

CREATE TABLE line AS
SELECT b.invoice_id, l.sequence, l.po_line AS assigned_id, l.quantity, l.uom, l.unit_price, l.vendor_item, b.partner, b.company, b.po_number,
  b.invoice_number, b.invoice_date, round(l.quantity * l.unit_price, 2)::DECIMAL(18,2) AS amount
FROM ${csvSource(folder, 'invoice-lines', iso, { SEQUENCE: 'INTEGER', QUANTITY: 'DECIMAL(9,2)', UNIT_PRICE: 'DECIMAL(9,3)' })} l
JOIN bill b ON b.invoice_id = l.doc_id AND NOT b.is_duplicate;

-- By the PO line's number, where the item agrees; else by the item.
CREATE TABLE key AS
SELECT l.rowid AS line_id, p.rowid AS po_id
FROM line l
JOIN po p ON p.po_number = l.po_number AND p.line_number = l.assigned_id AND p.company = l.company AND p.vendor_item = l.vendor_item;
INSERT INTO key
SELECT l.rowid, p.rowid
FROM line l
JOIN po p ON p.po_number = l.po_number AND p.vendor_item = l.vendor_item AND p.company = l.company
WHERE l.rowid NOT IN (SELECT line_id FROM key);

CREATE TABLE result AS
WITH billed AS (
  SELECT k.po_id, l.invoice_id, l.sequence, l.invoice_number, l.invoice_date, l.partner, l.quantity, l.uom, l.unit_price, l.amount,
    p.company, p.po_number, p.line_number, p.supplier, p.item, p.facility, p.status, p.unit_price AS po_price, p.factor AS po_factor, p.ordered, r.received,
    CASE l.uom WHEN p.uom THEN p.factor WHEN 'EA' THEN 1 END::SMALLINT AS factor, l.quantity * CASE l.uom WHEN p.uom THEN p.factor WHEN 'EA' THEN 1 END::SMALLINT AS base
  FROM line l
  JOIN key k ON k.line_id = l.rowid
  JOIN po p ON p.rowid = k.po_id
  LEFT JOIN received r ON r.po_id = k.po_id
),
running AS (SELECT *, sum(base) OVER (PARTITION BY po_id ORDER BY invoice_date, invoice_id, sequence ROWS UNBOUNDED PRECEDING) AS in_all FROM billed),
over AS (SELECT *, greatest(least(in_all - ordered, base), 0) AS over_ordered FROM running)
SELECT o.*,
  greatest(unit_price * po_factor - po_price * factor, 0) * 100 > po_price * factor * coalesce(t.percent, (SELECT percent FROM tolerance WHERE supplier IS NULL)) AS is_price,
  over_ordered > 0 AS is_ordered, received IS NULL AS is_missing,
  received IS NOT NULL AND in_all > received AND least(in_all - received, base) - over_ordered > 0 AS is_received
FROM over o
LEFT JOIN tolerance t ON t.supplier = o.supplier;

CREATE TABLE finding AS
WITH lowest AS (SELECT *, least(unit_price * po_factor, po_price * factor) * CASE WHEN factor = 1 THEN 0.1 ELSE 0.01 END::DECIMAL(3,2) AS price FROM result)
SELECT 'INV-PRICE' AS code, invoice_id, sequence, company, po_number, line_number, item, facility, abs(amount - round(base * (po_price * 0.1::DECIMAL(2,1)), 2)) AS amount,
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
FROM lowest WHERE is_missing OR is_received
UNION ALL
SELECT 'INV-PO-STATUS', invoice_id, sequence, company, po_number, line_number, item, facility, amount,
  'PO ' || po_number || ' line ' || line_number || ' is ' || status || ' and billed for ' || amount
FROM result WHERE status <> 'open'
UNION ALL
SELECT 'INV-SUPPLIER', invoice_id, NULL, any_value(company), any_value(po_number), NULL, NULL, any_value(facility), sum(amount),
  'PO ' || any_value(po_number) || ' was placed with supplier ' || any_value(supplier) || ', and partner ' || any_value(partner) || ' bills it'
FROM result WHERE supplier <> partner GROUP BY invoice_id
UNION ALL
SELECT 'INV-UNKNOWN-PO', invoice_id, NULL, any_value(company), any_value(po_number), NULL, NULL, NULL, sum(amount), 'PO ' || any_value(po_number) || ' is not in the ERP'
FROM line WHERE (company, po_number) NOT IN (SELECT (company, po_number) FROM po) GROUP BY invoice_id
UNION ALL
SELECT 'INV-DUPLICATE', invoice_id, NULL, company, po_number, NULL, NULL, NULL, total, 'invoice ' || invoice_number || ' repeats an earlier one'
FROM bill WHERE is_duplicate
UNION ALL
SELECT 'INV-TOTAL', b.invoice_id, NULL, b.company, b.po_number, NULL, NULL, NULL, abs(b.total - l.amount),
  'the invoice asks for ' || b.total || ', its lines come to ' || l.amount
FROM bill b JOIN (SELECT invoice_id, sum(amount) AS amount, count(*) AS lines FROM line GROUP BY invoice_id) l ON l.invoice_id = b.invoice_id
WHERE abs(b.total - l.amount) > 0.01::DECIMAL(3,2) * l.lines
UNION ALL
SELECT 'GRNI-AGED', NULL, NULL, p.company, p.po_number, p.line_number, p.item, p.facility, round((r.received - coalesce(b.base, 0)) * (p.unit_price * 0.1::DECIMAL(2,1)), 2),
  'PO ' || p.po_number || ' line ' || p.line_number || ': ' || r.received || ' EA received, ' || coalesce(b.base, 0) || ' billed, last receipt ' || r.last_on
FROM received r
JOIN po p ON p.rowid = r.po_id
LEFT JOIN (SELECT po_id, sum(base) AS base FROM result GROUP BY po_id) b ON b.po_id = r.po_id
WHERE r.last_on < DATE '2026-03-10' - 25 AND r.received > coalesce(b.base, 0);

CREATE TABLE outcome AS
SELECT invoice_id, CASE WHEN is_duplicate THEN 'duplicate' WHEN invoice_id IN (SELECT invoice_id FROM finding WHERE invoice_id IS NOT NULL) THEN 'held' ELSE 'clean' END AS outcome
FROM bill`

const from = performance.now()
const cpu = process.cpuUsage()
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run('SET preserve_insertion_order = false')
await connection.run(sql)
const read = async (query) => (await connection.runAndReadAll(query)).getRowObjectsJson()
const found = await read(
  'SELECT code, count(*) AS findings, sum(amount)::DECIMAL(18,2)::VARCHAR AS amount FROM finding GROUP BY code ORDER BY code',
)
const outcomes = await read('SELECT outcome, count(*) AS invoices FROM outcome GROUP BY outcome ORDER BY outcome')
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
