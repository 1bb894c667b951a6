import { DuckDBInstance } from '@duckdb/node-api'

/**
 * The same job as bare SQL, written for these very files: exact, and with nothing else of a matcher in it. It leaves what each contender
 * leaves: a row for each PO line with where it stands, and the findings with keys, amount and message.
 */
const folder = process.argv[2]
const csv = (name, columns) =>
  `read_csv('${folder}/${name}.csv', header=true, auto_detect=false, delim=',', columns={${Object.entries(columns)
    .map(([column, type]) => `${column}: '${type}'`)
    .join(', ')}})`
const text = (...names) => Object.fromEntries(names.map((name) => [name, 'VARCHAR']))

const sql = `
CREATE TABLE po AS SELECT *, (quantity * unit_price)::DECIMAL(18,2) AS value
FROM ${csv('po-lines', { ...text('company', 'po_number', 'line_number', 'supplier', 'item', 'vendor_item'), quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', uom_factor: 'SMALLINT', unit_price: 'DECIMAL(9,3)', ...text('status', 'matching'), po_date: 'DATE', requested_on: 'DATE' })};
CREATE TABLE due AS FROM ${csv('due', { partner: 'VARCHAR', po_date: 'DATE', due_at: 'VARCHAR', is_over: 'BOOLEAN' })};
CREATE TABLE ack AS FROM ${csv('acknowledgments', { ...text('document_id', 'partner', 'company', 'po_number', 'type'), acknowledged_on: 'DATE' })};
CREATE TABLE ack_line AS FROM ${csv('acknowledgment-lines', { document_id: 'VARCHAR', sequence: 'INTEGER', assigned_id: 'VARCHAR', quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', unit_price: 'DECIMAL(9,3)', vendor_item: 'VARCHAR' })};
CREATE TABLE ack_status AS FROM ${csv('acknowledgment-statuses', { document_id: 'VARCHAR', sequence: 'INTEGER', place: 'INTEGER', status: 'VARCHAR', quantity: 'DECIMAL(9,2)', uom: 'VARCHAR', promised_on: 'DATE', vendor_item: 'VARCHAR' })};

CREATE TABLE answer AS
SELECT a.*, p.po_number IS NOT NULL AS is_known
FROM ack a LEFT JOIN (SELECT DISTINCT company, po_number, supplier FROM po) p ON p.company = a.company AND p.po_number = a.po_number AND p.supplier = a.partner;
CREATE TABLE answered AS
SELECT p.rowid AS po_id, any_value(l.unit_price) AS price, any_value(l.uom) AS uom,
  sum(s.quantity * CASE s.uom WHEN 'BX' THEN 10 ELSE 1 END) AS base,
  coalesce(sum(s.quantity * CASE s.uom WHEN 'BX' THEN 10 ELSE 1 END) FILTER (s.status = 'IB'), 0) AS backordered,
  bool_or(s.status = 'IR') AS is_rejected, bool_or(s.status = 'IS') AS is_substituted, max(s.vendor_item) AS substitute,
  max(s.promised_on) FILTER (s.status NOT IN ('IB', 'IR')) AS promised_on, string_agg(s.status || ' ' || s.quantity || ' ' || s.uom, ', ' ORDER BY s.place) AS statuses
FROM ack_line l
JOIN answer a ON a.document_id = l.document_id AND a.is_known AND a.type <> 'RJ'
JOIN po p ON p.company = a.company AND p.po_number = a.po_number AND p.line_number = l.assigned_id AND p.vendor_item = l.vendor_item
JOIN ack_status s ON s.document_id = l.document_id AND s.sequence = l.sequence
GROUP BY p.rowid;

CREATE TABLE line AS
SELECT p.*, a.* EXCLUDE (uom), a.uom AS acked_uom, d.type, u.due_at, a.price * CASE a.uom WHEN 'EA' THEN 10 ELSE 1 END AS acked_price, quantity * 10 AS ordered
FROM po p
LEFT JOIN answered a ON a.po_id = p.rowid
LEFT JOIN answer d ON d.company = p.company AND d.po_number = p.po_number AND d.is_known
LEFT JOIN due u ON u.partner = p.supplier AND u.po_date = p.po_date;

CREATE TABLE finding AS
SELECT 'ACK-PRICE' AS code, company, po_number, line_number, supplier, item, abs((quantity * acked_price)::DECIMAL(18,2) - value) AS amount,
  'PO ' || po_number || ' line ' || line_number || ': acknowledged at ' || price || ' per ' || acked_uom || ', ordered at ' || unit_price AS message
FROM line WHERE acked_price <> unit_price AND NOT is_rejected
UNION ALL
SELECT 'ACK-QUANTITY', company, po_number, line_number, supplier, item, round(value * abs(ordered - base) / ordered, 2)::DECIMAL(18,2),
  'PO ' || po_number || ' line ' || line_number || ': acknowledged ' || statuses || ', ordered ' || quantity || ' ' || uom
FROM line WHERE base <> ordered
UNION ALL
SELECT 'ACK-DATE', company, po_number, line_number, supplier, item, value, 'PO ' || po_number || ' line ' || line_number || ': promised for ' || promised_on || ', wanted on ' || requested_on
FROM line WHERE promised_on > requested_on
UNION ALL
SELECT 'ACK-BACKORDERED', company, po_number, line_number, supplier, item, round(value * backordered / ordered, 2)::DECIMAL(18,2), 'PO ' || po_number || ' line ' || line_number || ': ' || backordered || ' EA backordered'
FROM line WHERE backordered > 0
UNION ALL
SELECT 'ACK-REJECTED', company, po_number, line_number, supplier, item, value, 'PO ' || po_number || ' line ' || line_number || ': rejected (' || statuses || ')'
FROM line WHERE is_rejected
UNION ALL
SELECT 'ACK-SUBSTITUTION', company, po_number, line_number, supplier, item, value, 'PO ' || po_number || ' line ' || line_number || ': substituted by ' || substitute
FROM line WHERE is_substituted
UNION ALL
SELECT 'ACK-NOT-ON-ACK', company, po_number, line_number, supplier, item, value, 'PO ' || po_number || ' line ' || line_number || ': not on the acknowledgment, due ' || due_at
FROM line WHERE type = 'AC' AND po_id IS NULL
UNION ALL
SELECT 'ACK-REJECTED', company, po_number, NULL, min(supplier), NULL, sum(value), 'PO ' || po_number || ': the whole order is rejected, ' || count(*) || ' lines'
FROM line WHERE type = 'RJ' GROUP BY company, po_number
UNION ALL
SELECT 'ACK-OVERDUE', company, po_number, NULL, min(supplier), NULL, sum(value), 'PO ' || po_number || ': not acknowledged, due ' || min(due_at)
FROM line WHERE type IS NULL GROUP BY company, po_number
UNION ALL
SELECT 'ACK-UNKNOWN-PO', a.company, a.po_number, NULL, a.partner, NULL, sum(l.quantity * l.unit_price), 'an 855 answers PO ' || a.po_number || ', which is not in the ERP'
FROM answer a JOIN ack_line l ON l.document_id = a.document_id WHERE NOT a.is_known GROUP BY a.company, a.po_number, a.partner;

CREATE TABLE state AS
SELECT company, po_number, line_number, supplier, item, quantity, uom, unit_price, acked_price, base, promised_on, requested_on, statuses, value,
  CASE WHEN type = 'RJ' OR is_rejected THEN 'rejected' WHEN is_substituted THEN 'substituted' WHEN backordered > 0 THEN 'backordered'
    WHEN acked_price <> unit_price OR base <> ordered OR promised_on > requested_on THEN 'differs' WHEN po_id IS NOT NULL THEN 'accepted'
    WHEN type = 'AC' THEN 'left out' ELSE 'overdue' END AS state
FROM line`

const from = performance.now()
const cpu = process.cpuUsage()
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run('SET preserve_insertion_order = false')
await connection.run(sql)
const found = (
  await connection.runAndReadAll(
    'SELECT code, count(*) AS findings, sum(amount)::DECIMAL(18,2)::VARCHAR AS amount FROM finding GROUP BY code ORDER BY code',
  )
).getRowObjectsJson()
const { user, system } = process.cpuUsage(cpu)
console.log(
  JSON.stringify({
    result: Object.fromEntries(found.map(({ code, findings, amount }) => [code, `${findings} for ${amount}`])),
    seconds: (performance.now() - from) / 1000,
    cpu: (user + system) / 1e6,
    rss: process.resourceUsage().maxRSS / 1024,
  }),
)
