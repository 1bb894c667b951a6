-- PO-DIFFERS: the ERP's PO line against the last 850. What the supplier itself changed, and the ERP has since as it was acknowledged, it knows.

CREATE TABLE agreed AS
SELECT c.*
FROM acknowledged_change c
ANTI JOIN changed_tonight t
  ON t.company = c.company AND t.po_number = c.po_number AND t.release = c.release AND t.line_number = c.line_number AND t.field = c.field;

INSERT INTO raised BY NAME
WITH differing AS (
  SELECT *,
    CASE WHEN sent_base IS NULL THEN 'sent in ' || coalesce(sent_uom, 'no unit') || ', ordered in ' || uom
      WHEN sent_base <> base THEN 'sent ' || plain(sent_quantity) || ' ' || sent_uom || ', ordered '
        || plain(quantity) || ' ' || uom END AS quantity_why,
    CASE WHEN sent_price::DECIMAL(20, 6) * per * factor <> unit_price::DECIMAL(20, 6) * price_per(sent_basis) * sent_factor
      THEN 'sent at ' || money(sent_price) || ', ordered at ' || money(unit_price)
      WHEN per IS NULL OR price_per(sent_basis) IS NULL THEN 'a price basis that is not known: sent '
        || coalesce(sent_basis, 'none') || ', ordered ' || coalesce(price_basis, 'none') END AS price_why,
    CASE WHEN NOT agrees THEN 'sent as ' || coalesce(sent_vendor_item, sent_item) || ', ordered as ' || coalesce(vendor_item, item) END AS item_why,
    CASE WHEN sent_requested_on <> requested_on THEN 'sent for ' || sent_requested_on || ', wanted on ' || requested_on END AS date_why
  FROM sent_beside
  WHERE is_open
),
unknown AS (
  SELECT d.* REPLACE (
      CASE WHEN NOT list_contains(coalesce(a.fields, []), 'quantity') THEN quantity_why END AS quantity_why,
      CASE WHEN NOT list_contains(coalesce(a.fields, []), 'price') THEN price_why END AS price_why,
      CASE WHEN NOT list_contains(coalesce(a.fields, []), 'date') THEN date_why END AS date_why,
      CASE WHEN NOT list_contains(coalesce(a.fields, []), 'item') THEN item_why END AS item_why)
  FROM differing d
  LEFT JOIN (SELECT company, po_number, release, line_number, list(field) AS fields FROM agreed GROUP BY ALL) a
    ON a.company = d.company AND a.po_number = d.po_number AND a.release = d.release AND a.line_number = d.line_number
)
SELECT 'PO-DIFFERS' AS code, po_id, value AS amount, concat_ws('; ', item_why, quantity_why, price_why, date_why) AS message,
  json_object('sent quantity', plain(sent_quantity) || ' ' || sent_uom, 'PO quantity', plain(quantity) || ' ' || uom, 'sent price', money(sent_price),
    'PO price', money(unit_price), 'sent vendor item', sent_vendor_item, 'PO vendor item', vendor_item,
    'sent requested date', sent_requested_on::VARCHAR,
    'PO requested date', requested_on::VARCHAR)::VARCHAR AS compared,
  bytes_at(sent_file, byte_offset, byte_length) AS place, 'PO1' AS field, plain(sent_quantity) || ' ' || sent_uom AS value,
  'quantity' AS po_field, plain(quantity) AS po_value
FROM unknown
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
WITH unplaced AS (
  SELECT *, coalesce(assigned_id, '#' || sequence) AS line
  FROM sent
  WHERE (document_id, sequence) NOT IN (SELECT (document_id, sequence) FROM sent_line)
)
SELECT 'PO-DIFFERS' AS code, json_object('company', po_company, 'po', po, 'release', po_release, 'line', line, 'item', vendor_item)::VARCHAR AS keys,
  max(coalesce(extended(quantity, unit_price, coalesce(price_per(price_basis), 1)), 0)) AS amount,
  po_name(po, po_release) || ' of company ' || po_company || ': line ' || line || ' was sent on the 850'
    || coalesce(' (' || max(plain(quantity)) || ' ' || max(uom) || coalesce(' of ' || vendor_item, '') || ')', '')
      || ', and the ERP has no such line' AS message,
  json_object('sent quantity', max(plain(quantity)) || ' ' || max(uom), 'sent price', max(money(unit_price)))::VARCHAR AS compared,
  places([place_in_bytes(min(source_file), min(byte_offset), min(byte_length), 'PO1', line)]) AS evidence
FROM unplaced
GROUP BY po_company, po, po_release, line, vendor_item;
