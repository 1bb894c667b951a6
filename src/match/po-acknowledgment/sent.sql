-- PO-NOT-SENT: the ERP's POs without a copy of an 850. Where no 850 has come at all, nothing is said of them: then nobody gives us copies.

CREATE VIEW sent_order_name AS
SELECT row_number() OVER () AS said_id, * FROM (SELECT DISTINCT partner, coalesce(company, '') AS company,
  po_number, coalesce(release, '') AS release FROM sent_order_line);
CREATE TABLE sent AS
SELECT l.*, m.company AS po_company, m.po_number AS po, m.release AS po_release
FROM sent_order_line l
JOIN po_meant('sent_order_name') m
  ON m.partner = l.partner AND m.said_company = coalesce(l.company, '') AND m.said_number = l.po_number AND m.said_release = coalesce(l.release, '')
WHERE m.how = 'found'
-- An order that was sent again counts as it was sent last.
QUALIFY l.turn = max(l.turn) OVER (PARTITION BY m.company, m.po_number, m.release);

CREATE TABLE sent_order AS SELECT po_company AS company, po AS po_number, po_release AS release FROM sent GROUP BY ALL;

CREATE TABLE not_sent AS
WITH asked AS (
  SELECT p.*
  FROM purchase_order p
  CROSS JOIN night n
  ANTI JOIN sent_order s ON s.company = p.company AND s.po_number = p.po_number AND s.release = p.release
  WHERE EXISTS (FROM sent_order_line) AND n.as_of - p.po_date > n.send_days AND n.as_of - p.po_date <= n.look_back_days
)
SELECT p.*, sum(o.value) AS value, count(*) AS lines, min(o.currency) AS currency
FROM asked p
JOIN ordered o ON o.company = p.company AND o.po_number = p.po_number AND o.release = p.release AND o.is_open
GROUP BY ALL;

INSERT INTO finding BY NAME
SELECT 'PO-NOT-SENT' AS code, po_keys(company, po_number, release, supplier) AS keys, value::DECIMAL(18, 2) AS amount, currency,
  po_name(po_number, release) || ' of company ' || company || ' to ' || partner || ', ' || lines
    || CASE WHEN lines = 1 THEN ' open line' ELSE ' open lines' END
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
  JOIN ordered o ON o.company = s.po_company AND o.po_number = s.po AND o.release = s.po_release
    AND coalesce(s.assigned_id, o.line_number) = o.line_number
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
