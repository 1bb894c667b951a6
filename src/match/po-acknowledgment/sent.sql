-- PO-NOT-SENT and PO-DIFFERS: the ERP's POs against our copies of the 850s. Where no 850 has come at all, nothing is said of them: then
-- nobody gives us copies.

CREATE TABLE sent AS
SELECT l.*, m.company AS po_company, m.po_number AS po, m.release AS po_release
FROM sent_order_line l
JOIN po_meant('sent_order_line') m
  ON m.partner = l.partner AND m.said_company = coalesce(l.company, '') AND m.said_number = l.po_number AND m.said_release = coalesce(l.release, '')
WHERE m.how = 'found'
-- An order that was sent again counts as it was sent last.
QUALIFY l.turn = max(l.turn) OVER (PARTITION BY m.company, m.po_number, m.release);

CREATE TABLE sent_order AS SELECT po_company AS company, po AS po_number, po_release AS release FROM sent GROUP BY ALL;

CREATE TABLE not_sent AS
SELECT p.*, o.value, o.lines, o.currency
FROM purchase_order p
JOIN (
  SELECT company, po_number, release, sum(value) AS value, count(*) AS lines, min(currency) AS currency FROM ordered WHERE is_open GROUP BY ALL
) o ON o.company = p.company AND o.po_number = p.po_number AND o.release = p.release
CROSS JOIN night n
WHERE EXISTS (FROM sent_order_line) AND n.as_of - p.po_date > n.send_days AND n.as_of - p.po_date <= n.look_back_days
  AND (p.company, p.po_number, p.release) NOT IN (SELECT (company, po_number, release) FROM sent_order);

INSERT INTO finding BY NAME
SELECT 'PO-NOT-SENT' AS code, po_keys(company, po_number, release, supplier) AS keys, value::DECIMAL(18, 2) AS amount, currency,
  po_name(po_number, release) || ' of company ' || company || ' to ' || partner || ', ' || lines || CASE WHEN lines = 1 THEN ' open line' ELSE ' open lines' END
    || ', dated ' || po_date || ': no 850 was sent' AS message,
  json_object('PO date', po_date::VARCHAR, 'days allowed', (SELECT send_days FROM night)::VARCHAR, 'open lines', lines::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'po_number', po_number)]) AS evidence
FROM not_sent;

-- The line of the 850 by its number; where it has none or it names something else, by what it names.
CREATE TABLE sent_line AS
WITH pair AS (
  SELECT s.document_id, s.sequence, o.po_id, coalesce(s.assigned_id = o.line_number, false) AS is_numbered,
    same_item(s.buyer_item, o.item, s.vendor_item, o.vendor_item, s.manufacturer_part, o.manufacturer_part, s.gtin, o.gtin) AS agrees
  FROM sent s
  JOIN ordered o ON o.company = s.po_company AND o.po_number = s.po AND o.release = s.po_release AND coalesce(s.assigned_id, o.line_number) = o.line_number
)
SELECT document_id, sequence, min(po_id) AS po_id
FROM pair
WHERE is_numbered OR agrees
GROUP BY document_id, sequence
HAVING count(*) = 1;

CREATE TABLE sent_beside AS
SELECT o.*, s.document_id, s.quantity AS sent_quantity, s.uom AS sent_uom, s.unit_price AS sent_price, s.price_basis AS sent_basis,
  s.vendor_item AS sent_vendor_item, s.buyer_item AS sent_item, s.requested_on AS sent_requested_on,
  s.source_file AS sent_file, s.byte_offset, s.byte_length,
  s.quantity::DECIMAL(19, 4) * factor_of(s.uom, o.uom, o.factor, o.own_base, k.factor, g.factor) AS sent_base,
  factor_of(s.uom, o.uom, o.factor, o.own_base, k.factor, g.factor) AS sent_factor,
  same_item(s.buyer_item, o.item, s.vendor_item, o.vendor_item, s.manufacturer_part, o.manufacturer_part, s.gtin, o.gtin) AS agrees
FROM sent_line l
JOIN sent s ON s.document_id = l.document_id AND s.sequence = l.sequence
JOIN ordered o ON o.po_id = l.po_id
LEFT JOIN pack k ON k.item = CASE WHEN s.uom <> o.uom THEN o.item END AND k.uom = s.uom
LEFT JOIN generic_unit g ON g.from_uom = CASE WHEN s.uom <> o.uom THEN s.uom END AND g.to_uom = o.own_base;

INSERT INTO raised BY NAME
WITH differing AS (
  SELECT *,
    CASE WHEN sent_base IS NULL THEN 'sent in ' || coalesce(sent_uom, 'no unit') || ', ordered in ' || uom
      WHEN sent_base <> base THEN 'sent ' || plain(sent_quantity) || ' ' || sent_uom || ', ordered ' || plain(quantity) || ' ' || uom END AS quantity_why,
    CASE WHEN sent_price::DECIMAL(20, 6) * per * factor <> unit_price::DECIMAL(20, 6) * price_per(sent_basis) * sent_factor
      THEN 'sent at ' || money(sent_price) || ', ordered at ' || money(unit_price)
      WHEN per IS NULL OR price_per(sent_basis) IS NULL THEN 'a price basis that is not known: sent ' || coalesce(sent_basis, 'none') || ', ordered ' || coalesce(price_basis, 'none') END AS price_why,
    CASE WHEN NOT agrees THEN 'sent as ' || coalesce(sent_vendor_item, sent_item) || ', ordered as ' || coalesce(vendor_item, item) END AS item_why,
    CASE WHEN sent_requested_on <> requested_on THEN 'sent for ' || sent_requested_on || ', wanted on ' || requested_on END AS date_why
  FROM sent_beside
  WHERE is_open
)
SELECT 'PO-DIFFERS' AS code, po_id, value AS amount, concat_ws('; ', item_why, quantity_why, price_why, date_why) AS message,
  json_object('sent quantity', plain(sent_quantity) || ' ' || sent_uom, 'PO quantity', plain(quantity) || ' ' || uom, 'sent price', money(sent_price),
    'PO price', money(unit_price), 'sent vendor item', sent_vendor_item, 'PO vendor item', vendor_item, 'sent requested date', sent_requested_on::VARCHAR,
    'PO requested date', requested_on::VARCHAR)::VARCHAR AS compared,
  bytes_at(sent_file, byte_offset, byte_length) AS place, 'PO1' AS field, plain(sent_quantity) || ' ' || sent_uom AS value,
  'quantity' AS po_field, plain(quantity) AS po_value
FROM differing
WHERE coalesce(item_why, quantity_why, price_why, date_why) IS NOT NULL;

INSERT INTO raised BY NAME
SELECT 'PO-DIFFERS' AS code, po_id, value AS amount, 'is not on the 850 that was sent' AS message,
  json_object('PO quantity', plain(quantity) || ' ' || uom, 'PO price', money(unit_price))::VARCHAR AS compared,
  'line_number' AS po_field, line_number AS po_value
FROM ordered
WHERE is_open AND quantity > 0 AND (company, po_number, release) IN (SELECT (company, po_number, release) FROM sent_order)
  AND po_id NOT IN (SELECT po_id FROM sent_line);

-- What was sent and the ERP does not have.
INSERT INTO finding BY NAME
SELECT 'PO-DIFFERS' AS code,
  json_object('company', po_company, 'po', po, 'release', po_release, 'line', coalesce(assigned_id, '#' || sequence), 'item', vendor_item)::VARCHAR AS keys,
  max(coalesce(extended(quantity, unit_price, coalesce(price_per(price_basis), 1)), 0)) AS amount,
  po_name(po, po_release) || ' of company ' || po_company || ': line ' || coalesce(assigned_id, '#' || sequence) || ' was sent on the 850 ('
    || max(plain(quantity)) || ' ' || max(uom) || coalesce(' of ' || vendor_item, '') || '), and the ERP has no such line' AS message,
  json_object('sent quantity', max(plain(quantity)) || ' ' || max(uom), 'sent price', max(money(unit_price)))::VARCHAR AS compared,
  places([place_in_bytes(min(source_file), min(byte_offset), min(byte_length), 'PO1', coalesce(assigned_id, ''))]) AS evidence
FROM sent
WHERE (document_id, sequence) NOT IN (SELECT (document_id, sequence) FROM sent_line)
GROUP BY po_company, po, po_release, assigned_id, sequence, vendor_item;
