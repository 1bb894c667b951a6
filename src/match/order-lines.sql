-- Order lines, each once, with what they are worth; and those that nobody asked for. An order line is known by company, number, release and line.
CREATE TABLE order_line AS
SELECT company, po_number, coalesce(release, '') AS release, line_number, supplier, item, category, facility, cost_center, po_date, status, matching,
  extended(quantity, unit_price, coalesce(price_per(price_basis), 1)) AS amount, nullif(currency, '') AS currency, source_file, source_record
FROM po_line
QUALIFY row_number() OVER (PARTITION BY company, po_number, coalesce(release, ''), line_number ORDER BY source_file, source_record) = 1;

CREATE MACRO ordered_unasked(exempt_categories) AS TABLE
SELECT o.*
FROM order_line o
ANTI JOIN requisition_line r ON r.company = o.company AND r.po_number = o.po_number
  AND coalesce(r.release, '') = o.release AND r.po_line = o.line_number
WHERE o.status <> 'cancelled' AND NOT list_contains(exempt_categories, coalesce(o.category, ''));

-- REQ-NO-REQUISITION of the order lines in a table.
CREATE MACRO without_requisition(source) AS TABLE
SELECT 'REQ-NO-REQUISITION' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'supplier', supplier,
    'item', item, 'facility', facility)::VARCHAR AS keys,
  coalesce(amount, 0)::DECIMAL(18, 2) AS amount, currency,
  po_name(po_number, release) || ' line ' || line_number || ' of ' || po_date || coalesce(', item ' || nullif(item, ''), '')
    || ': ordered from ' || supplier || ' for ' || coalesce(money(amount), 'an unknown amount') || ' without a requisition' AS message,
  json_object('order date', po_date::VARCHAR, 'category', category, 'amount', money(amount))::VARCHAR AS compared,
  places([place(source_file, source_record, 'po_number', po_number)]) AS evidence
FROM query_table(source);

-- What another workflow has told of an order line already, the first that did: open, or settled. One that healed undecided is told anew.
CREATE VIEW told_unasked AS
FROM known_exception WHERE code = 'REQ-NO-REQUISITION' AND (status <> 'healed' OR decision = 'waive')
QUALIFY row_number() OVER (PARTITION BY company, po_number, coalesce(release, ''), line_number ORDER BY exception) = 1;
