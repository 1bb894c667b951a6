-- REQ-NO-REQUISITION: an order of the window has no requisition behind it, and its category is none that may do without.
CREATE TABLE unasked AS
SELECT o.*
FROM order_line o
ANTI JOIN requisition_line r ON r.company = o.company AND r.po_number = o.po_number AND coalesce(r.release, '') = o.release AND r.po_line = o.line_number
CROSS JOIN night n
WHERE o.status <> 'cancelled' AND n.as_of - o.po_date <= n.order_window_days AND NOT list_contains(n.exempt_categories, coalesce(o.category, ''));

INSERT INTO finding BY NAME
SELECT 'REQ-NO-REQUISITION' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'supplier', supplier, 'item', item, 'facility', facility)::VARCHAR AS keys,
  coalesce(amount, 0)::DECIMAL(18, 2) AS amount, currency,
  po_name(po_number, release) || ' line ' || line_number || ' of ' || po_date || coalesce(', item ' || nullif(item, ''), '')
    || ': ordered from ' || supplier || ' for ' || coalesce(money(amount), 'an unknown amount') || ' without a requisition' AS message,
  json_object('order date', po_date::VARCHAR, 'category', category, 'amount', money(amount))::VARCHAR AS compared,
  places([place(source_file, source_record, 'po_number', po_number)]) AS evidence
FROM unasked;
