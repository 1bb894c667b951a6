-- Lines of the standing 855s to lines of the PO: by number, unless what they name speaks against it and another line has those names.

CREATE VIEW answering AS FROM standing WHERE meaning IN ('full-detail', 'exceptions-only', 'accepted');
CREATE VIEW answer_row AS SELECT rowid AS line_id, * FROM acknowledgment_line;
CREATE MACRO answer_line_of(source) AS TABLE
SELECT l.* REPLACE (coalesce(l.promised_on, a.promised_on) AS promised_on), a.company, a.po_number, a.release,
  a.partner, a.turn, a.purpose, a.type, a.currency
FROM query_table(source) l
JOIN answering a ON a.document_id = l.document_id;

-- Most lines are answered by number, once and plainly, as they were ordered or in another unit that comes to the same: no further rule has to
-- look at them, and nothing of them is carried along but what was said. Where the unit is another, the line must be for a known date and of an
-- order that is not rejected or held as a whole.
CREATE TABLE further_status AS SELECT document_id, sequence FROM acknowledgment_status WHERE place > 1;
CREATE TABLE numbered AS
WITH only_status AS (
  SELECT s.*
  FROM acknowledgment_status s
  ANTI JOIN further_status f ON f.document_id = s.document_id AND f.sequence = s.sequence
  WHERE s.place = 1 AND s.status IN ('IA', 'AC', 'AR', 'AA') AND coalesce(s.vendor_item, s.buyer_item, s.manufacturer_part, s.gtin) IS NULL
),
beside AS (
  SELECT l.line_id, o.po_id, o.is_open,
    same_item(l.buyer_item, o.item, l.vendor_item, o.vendor_item, l.manufacturer_part, o.manufacturer_part, l.gtin, o.gtin) AS agrees,
    s.status, coalesce(s.quantity, l.quantity) AS quantity, l.uom, coalesce(s.promised_on, l.promised_on) AS promised_on,
    coalesce(s.uom, l.uom) = l.uom AS is_one_unit, l.uom <> o.uom AS is_other_unit,
    factor_of(l.uom, o.uom, o.factor, o.own_base, k.factor, g.factor) AS factor, l.unit_price, l.price_basis,
    price_per(l.price_basis) AS per, l.currency,
    o.quantity AS po_quantity, o.base AS po_base, o.factor AS po_factor, o.unit_price AS po_price, o.price_basis AS po_basis, o.per AS po_per,
    coalesce(o.currency, n.currency) AS po_currency, o.requested_on
  FROM answer_line_of('answer_row') l
  JOIN ordered o ON o.company = l.company AND o.po_number = l.po_number AND o.release = l.release AND o.line_number = l.assigned_id
  CROSS JOIN night n
  LEFT JOIN only_status s ON s.document_id = l.document_id AND s.sequence = l.sequence
  LEFT JOIN pack k ON k.item = CASE WHEN l.uom <> o.uom THEN o.item END AND k.uom = l.uom
  LEFT JOIN generic_unit g ON g.from_uom = CASE WHEN l.uom <> o.uom THEN l.uom END AND g.to_uom = o.own_base
)
SELECT line_id, po_id, coalesce(agrees, true) AS agrees, status, quantity, uom, promised_on, is_other_unit,
  coalesce(is_open AND coalesce(agrees, true) AND status IS NOT NULL AND is_one_unit AND po_per IS NOT NULL
    AND CASE WHEN is_other_unit
      THEN requested_on IS NOT NULL AND po_id NOT IN (SELECT po_id FROM whole_order_line)
        AND quantity::DECIMAL(19, 4) * factor = po_base AND unit_price::DECIMAL(20, 6) * po_per * po_factor = po_price::DECIMAL(20, 6) * per * factor
      ELSE quantity = po_quantity AND unit_price = po_price AND per = po_per END
    AND coalesce(currency = po_currency, true) AND coalesce(promised_on <= requested_on, promised_on IS NULL), false) AS is_plain
FROM beside;
-- Two PO lines under one number are no number.
DELETE FROM numbered WHERE line_id IN (SELECT line_id FROM numbered GROUP BY line_id HAVING count(*) > 1);

-- The others by their names. Several lines that fit are a tie, which quantity and price may break and nothing else.
CREATE TABLE misnumbered AS
SELECT l.line_id, n.po_id
FROM (SELECT rowid AS line_id, document_id FROM acknowledgment_line ANTI JOIN (FROM numbered WHERE agrees) d ON d.line_id = rowid) l
JOIN answering a ON a.document_id = l.document_id
LEFT JOIN numbered n ON n.line_id = l.line_id;
CREATE VIEW misnumbered_row AS FROM answer_row WHERE line_id IN (SELECT line_id FROM misnumbered);
CREATE TABLE named AS
WITH pair AS (
  SELECT l.line_id, o.po_id, coalesce(l.quantity = o.quantity AND l.uom = o.uom AND l.unit_price = o.unit_price, false) AS same_terms
  FROM answer_line_of('misnumbered_row') l
  JOIN ordered o ON o.company = l.company AND o.po_number = l.po_number AND o.release = l.release
  WHERE same_item(l.buyer_item, o.item, l.vendor_item, o.vendor_item, l.manufacturer_part, o.manufacturer_part, l.gtin, o.gtin)
),
best AS (SELECT * FROM pair QUALIFY same_terms = max(same_terms) OVER (PARTITION BY line_id))
SELECT line_id, CASE WHEN count(*) = 1 THEN min(po_id) END AS po_id, count(*) AS candidates
FROM best
GROUP BY line_id;

CREATE VIEW placed AS
SELECT line_id, po_id, is_plain FROM numbered WHERE agrees
UNION ALL
SELECT m.line_id, coalesce(n.po_id, m.po_id), false FROM misnumbered m LEFT JOIN named n ON n.line_id = m.line_id;
CREATE TABLE answered_again AS SELECT po_id FROM placed WHERE po_id IS NOT NULL GROUP BY po_id HAVING count(*) > 1;
CREATE VIEW plain_line AS
SELECT po_id, status, quantity, uom, promised_on, is_other_unit FROM numbered WHERE is_plain AND po_id NOT IN (SELECT po_id FROM answered_again);

-- The lines that are not plainly answered, with their PO line, if it was found.
CREATE TABLE unplain AS SELECT line_id, po_id FROM placed WHERE NOT is_plain OR po_id IN (SELECT po_id FROM answered_again);
CREATE VIEW unplain_row AS SELECT l.*, u.po_id FROM unplain u JOIN answer_row l ON l.line_id = u.line_id;
CREATE TABLE found AS FROM answer_line_of('unplain_row');

INSERT INTO finding BY NAME
WITH unplaced AS (
  SELECT l.*, coalesce(l.assigned_id, '#' || l.sequence) AS line, coalesce(l.vendor_item, l.buyer_item) AS item, n.candidates
  FROM found l
  LEFT JOIN named n ON n.line_id = l.line_id
  WHERE l.po_id IS NULL
)
SELECT 'ACK-NOT-ON-PO' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line, 'item', item)::VARCHAR AS keys,
  max(coalesce(extended(quantity, unit_price, coalesce(price_per(price_basis), 1)), 0)) AS amount, min(currency) AS currency,
  po_name(po_number, release) || ' of company ' || company || ': ' || min(partner) || ' acknowledges line ' || line
    || coalesce(' (' || max(coalesce(plain(quantity) || ' ' || uom || ' of ', '')) || coalesce(item, max(description)) || ')', '')
    || CASE WHEN max(candidates) > 1 THEN ', which may be any of ' || max(candidates) || ' lines of the PO'
      ELSE ', which is not on the PO' END AS message,
  json_object('acknowledged quantity', max(plain(quantity) || ' ' || uom), 'acknowledged price',
    max(money(unit_price)), 'vendor item', max(vendor_item),
    'buyer item', max(buyer_item))::VARCHAR AS compared,
  places(list(place_in_bytes(source_file, byte_offset, byte_length, 'PO1', coalesce(assigned_id, vendor_item))
    ORDER BY turn, document_id, sequence)) AS evidence
FROM unplaced
GROUP BY company, po_number, release, line, item;

-- The open PO lines that further rules look at.
CREATE VIEW unsettled_row AS FROM po_row WHERE status = 'open' AND po_id NOT IN (SELECT po_id FROM plain_line);
CREATE TABLE unsettled AS
SELECT o.* REPLACE (coalesce(o.category, i.category) AS category), coalesce(o.own_base, i.base_uom, 'base units') AS base_uom
FROM ordered_of('unsettled_row') o
LEFT JOIN product i ON i.item = o.item;
