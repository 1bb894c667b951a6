-- ITEM-MISSING: an active item of the ERP that a list lacks, of the categories that belong on it.
CREATE TABLE absent AS
SELECT l.system, i.*
FROM (SELECT DISTINCT system FROM listed_item) l
CROSS JOIN erp_item i CROSS JOIN night n
WHERE i.status = 'active' AND (len(n.listed_categories) = 0 OR list_contains(n.listed_categories, i.category))
  AND NOT EXISTS (FROM candidate c JOIN entry e ON e.id = c.id WHERE e.system = l.system AND c.item = i.item);

INSERT INTO finding BY NAME
SELECT 'ITEM-MISSING' AS code, json_object('item', item, 'other', system)::VARCHAR AS keys, 0 AS amount,
  'Item ' || item || coalesce(' (' || description || ')', '') || ' is active in the ERP, and ' || system || ' lacks it' AS message,
  json_object('item', item, 'missing in', system)::VARCHAR AS compared, places([place(source_file, source_record, 'item', item)]) AS evidence
FROM absent;

-- ITEM-INACTIVE: an open order line, or a supplier's offer under our own number, of an item that is inactive. At risk: what is on order. A
-- successor serves offers at once; an order names it when somebody has changed it. One that is of no use opens what was decided again.
INSERT INTO finding BY NAME
SELECT 'ITEM-INACTIVE' AS code, json_object('company', p.company, 'po', p.po_number, 'release', p.release,
  'line', p.line_number, 'item', p.item)::VARCHAR AS keys,
  coalesce(extended(p.quantity, p.unit_price, price_per(p.price_basis)), 0) AS amount, nullif(p.currency, '') AS currency,
  po_name(p.po_number, p.release) || ' line ' || p.line_number || ' is open for ' || plain(p.quantity) || ' '
    || p.uom || ' of item ' || p.item || ', which is inactive'
    || coalesce('; its successor is item ' || coalesce(of_no_use(s.successor, s.status), s.successor) || ' (' || s.reference || ')', '') AS message,
  json_object('item', p.item, 'status in the ERP', i.status, 'successor', of_no_use(s.successor, s.status))::VARCHAR AS compared,
  places([place(p.source_file, p.source_record, 'item', p.item), place(i.source_file, i.source_record, 'status', i.status)]) AS evidence
FROM po_line p JOIN erp_item i ON i.item = p.item AND i.status = 'inactive'
LEFT JOIN successor s ON s.named_by = p.supplier AND s.item = p.item
WHERE p.status = 'open';

INSERT INTO finding BY NAME
SELECT 'ITEM-INACTIVE' AS code, json_object('supplier', m.seller, 'identifier', m.entry, 'item', m.told)::VARCHAR AS keys, 0 AS amount,
  upper(any_value(m.who)[1]) || any_value(m.who)[2:] || ' is offered as item ' || m.told || ', which is inactive'
    || coalesce('; its successor is item ' || min(of_no_use(s.successor, s.status)) || ' (' || min(s.reference) || ')', '') AS message,
  json_object('item', m.told, 'status in the ERP', 'inactive', 'successor', min(of_no_use(s.successor, s.status)))::VARCHAR AS compared,
  places([place(min(m.source_file), min(m.source_record), 'item', m.told),
    place(min(i.source_file), min(i.source_record), 'status', 'inactive')]) AS evidence
FROM mapping m JOIN erp_item i ON i.item = m.item AND i.status = 'inactive'
LEFT JOIN successor s ON s.named_by = m.seller AND s.item = m.told
WHERE m.system = 'supplier' AND m.rung = 1
GROUP BY m.seller, m.entry, m.told;
