-- Lines of the standing 855s to lines of the PO: by number, unless what they name speaks against it and another line has those names.

CREATE TABLE answer_line AS
SELECT l.rowid AS line_id, l.document_id, l.sequence, l.assigned_id, l.quantity, l.uom, l.unit_price, l.price_basis, l.buyer_item, l.vendor_item,
  l.manufacturer_part, l.gtin, l.description, coalesce(l.promised_on, s.promised_on) AS promised_on, l.byte_offset, l.byte_length, l.source_file,
  s.company, s.po_number, s.release, s.partner, s.turn, s.purpose, s.type, s.currency
FROM acknowledgment_line l
JOIN standing s ON s.document_id = l.document_id AND s.meaning IN ('full-detail', 'exceptions-only', 'accepted');

CREATE TABLE numbered AS
SELECT l.line_id, min(o.po_id) AS po_id,
  bool_and(same_item(l.buyer_item, o.item, l.vendor_item, o.vendor_item, l.manufacturer_part, o.manufacturer_part, l.gtin, o.gtin)) AS agrees
FROM answer_line l
JOIN ordered o ON o.company = l.company AND o.po_number = l.po_number AND o.release = l.release AND o.line_number = l.assigned_id
GROUP BY l.line_id
HAVING count(*) = 1;

-- The others by their names. Several lines that fit are a tie, which quantity and price may break and nothing else.
CREATE TABLE named AS
WITH pair AS (
  SELECT l.line_id, o.po_id, coalesce(l.quantity = o.quantity AND l.uom = o.uom AND l.unit_price = o.unit_price, false) AS same_terms
  FROM answer_line l
  LEFT JOIN numbered d ON d.line_id = l.line_id
  JOIN ordered o ON o.company = l.company AND o.po_number = l.po_number AND o.release = l.release
  WHERE (d.line_id IS NULL OR NOT coalesce(d.agrees, true))
    AND same_item(l.buyer_item, o.item, l.vendor_item, o.vendor_item, l.manufacturer_part, o.manufacturer_part, l.gtin, o.gtin)
),
best AS (SELECT * FROM pair QUALIFY same_terms = max(same_terms) OVER (PARTITION BY line_id))
SELECT line_id, CASE WHEN count(*) = 1 THEN min(po_id) END AS po_id, count(*) AS candidates
FROM best
GROUP BY line_id;

CREATE TABLE found AS
SELECT l.line_id, l.document_id, coalesce(a.po_id, d.po_id) AS po_id
FROM answer_line l
LEFT JOIN numbered d ON d.line_id = l.line_id
LEFT JOIN named a ON a.line_id = l.line_id;

INSERT INTO finding BY NAME
WITH unplaced AS (
  SELECT l.*, coalesce(l.assigned_id, '#' || l.sequence) AS line, coalesce(l.vendor_item, l.buyer_item) AS item, n.candidates
  FROM answer_line l
  JOIN found f ON f.line_id = l.line_id AND f.po_id IS NULL
  LEFT JOIN named n ON n.line_id = l.line_id
)
SELECT 'ACK-NOT-ON-PO' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line, 'item', item)::VARCHAR AS keys,
  max(coalesce(extended(quantity, unit_price, coalesce(price_per(price_basis), 1)), 0)) AS amount, min(currency) AS currency,
  po_name(po_number, release) || ' of company ' || company || ': ' || min(partner) || ' acknowledges line ' || line
    || coalesce(' (' || max(coalesce(plain(quantity) || ' ' || uom || ' of ', '')) || coalesce(item, max(description)) || ')', '')
    || CASE WHEN max(candidates) > 1 THEN ', which may be any of ' || max(candidates) || ' lines of the PO' ELSE ', which is not on the PO' END AS message,
  json_object('acknowledged quantity', max(plain(quantity) || ' ' || uom), 'acknowledged price', max(money(unit_price)), 'vendor item', max(vendor_item),
    'buyer item', max(buyer_item))::VARCHAR AS compared,
  places(list(place_in_bytes(source_file, byte_offset, byte_length, 'PO1', coalesce(assigned_id, vendor_item)) ORDER BY turn, document_id, sequence)) AS evidence
FROM unplaced
GROUP BY company, po_number, release, line, item;

-- Most lines are answered once, by number, and plainly as they were ordered: they need no further rule (and need not be carried along).
CREATE TABLE plain_line AS
WITH once AS (SELECT po_id, min(line_id) AS line_id FROM found WHERE po_id IS NOT NULL GROUP BY po_id HAVING count(*) = 1)
SELECT o.po_id, s.status, coalesce(s.promised_on, l.promised_on) AS promised_on
FROM once f
JOIN ordered o ON o.po_id = f.po_id AND o.is_open
JOIN answer_line l ON l.line_id = f.line_id
JOIN numbered d ON d.line_id = f.line_id AND coalesce(d.agrees, true)
JOIN acknowledgment_status s ON s.document_id = l.document_id AND s.sequence = l.sequence AND s.place = 1 AND s.status IN ('IA', 'AC', 'AR', 'AA')
ANTI JOIN (FROM acknowledgment_status WHERE place > 1) more ON more.document_id = s.document_id AND more.sequence = s.sequence
CROSS JOIN night n
WHERE coalesce(s.vendor_item, s.buyer_item, s.manufacturer_part, s.gtin) IS NULL
  AND l.uom = o.uom AND coalesce(s.uom, l.uom) = o.uom AND coalesce(s.quantity, l.quantity) = o.quantity
  AND l.unit_price = o.unit_price AND o.per IS NOT NULL AND coalesce(nullif(l.price_basis, 'PE'), '') = coalesce(nullif(o.price_basis, 'PE'), '')
  AND coalesce(l.currency = coalesce(o.currency, n.currency), true)
  AND coalesce(coalesce(s.promised_on, l.promised_on) <= o.requested_on, coalesce(s.promised_on, l.promised_on) IS NULL);
