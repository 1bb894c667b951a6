-- The whole ladder, for the lines that the plain rung 1 left over: each is held against the lines of the POs that it may be of.
-- The lowest rung with a candidate decides; several candidates on it are a tie, and a tie is never broken.
-- Both sides are put by what they must have in common. Each line beside each line of its PO would be millions for a standing order.

-- The POs in question, the lines that may be of them, and the lines that they have.
CREATE TABLE three_way.claimed_order AS
SELECT (row_number() OVER ())::INTEGER AS order_id, *
FROM (SELECT DISTINCT c.company, c.po_number, c.release FROM three_way.claim c JOIN three_way.left_over l ON l.turn = c.turn AND l.line_po = c.line_po);
CREATE TABLE three_way.sought AS
SELECT l.line_id, o.order_id, l.assigned_id
FROM three_way.left_over l
JOIN three_way.claim c ON c.turn = l.turn AND c.line_po = l.line_po
JOIN three_way.claimed_order o ON o.po_number = c.po_number AND o.company = c.company AND o.release = c.release;
CREATE TABLE three_way.offered AS
SELECT o.order_id, p.po_id, p.line_number
FROM three_way.claimed_order o
JOIN three_way.po_line p ON p.po_number = o.po_number AND p.company = o.company AND coalesce(p.release, '') = o.release;

-- For an invoice that names no PO: the open lines of the biller's POs for the same ship-to, those that were ordered when any such invoice
-- could mean them.
CREATE TABLE three_way.open_at_ship_to AS
WITH asked AS (
  SELECT b.ship_to, m.company, m.supplier, min(b.invoice_date) - (SELECT no_po_window_days FROM three_way.night) AS first_on, max(b.invoice_date) AS last_on
  FROM three_way.bill b
  JOIN three_way.may_bill m ON m.partner = b.partner AND (b.company IS NULL OR m.company = b.company)
  WHERE b.po_number IS NULL AND NOT b.is_duplicate
  GROUP BY b.ship_to, m.company, m.supplier
)
SELECT p.po_id, p.ship_to, p.company, p.supplier, p.po_date
FROM three_way.po_line p
JOIN asked a ON a.ship_to = p.ship_to AND a.company = p.company AND a.supplier = p.supplier
WHERE p.status = 'open' AND p.po_date BETWEEN a.first_on AND a.last_on;

-- What each side is called, a row for each name; an NDC as it is written, and with its eleven digits where that differs. The item master
-- adds what the PO does not say: part, NDC, HIBC, the GTIN of each pack.
CREATE TABLE three_way.line_name AS
SELECT line_id, name.kind, name.rung, name.id, name.said FROM (
  SELECT l.line_id, unnest([
    {kind: 'buyer item', rung: 2, id: bare_id(l.buyer_item), said: l.buyer_item},
    {kind: 'vendor item', rung: 3, id: bare_id(l.vendor_item), said: l.vendor_item},
    {kind: 'manufacturer part', rung: 4, id: bare_id(l.manufacturer_part), said: l.manufacturer_part},
    {kind: 'GTIN', rung: 5, id: three_way.gtin14(l.gtin), said: l.gtin},
    {kind: 'NDC', rung: 6, id: bare_id(l.ndc), said: l.ndc},
    {kind: 'NDC', rung: 6, id: nullif(ndc11(l.ndc), bare_id(l.ndc)), said: l.ndc},
    {kind: 'HIBC', rung: 6, id: hibc_primary(l.hibc), said: l.hibc}
  ]) AS name
  FROM three_way.invoice_line l
  WHERE l.line_id IN (SELECT line_id FROM three_way.left_over)
)
WHERE trim(name.said) <> '' AND name.id IS NOT NULL;

CREATE TABLE three_way.po_name AS
WITH p AS (
  FROM three_way.po_line
  WHERE po_id IN (SELECT po_id FROM three_way.offered UNION ALL SELECT po_id FROM three_way.open_at_ship_to)
),
item_name AS (
  SELECT item, 'manufacturer part' AS kind, bare_id(manufacturer_part) AS id, manufacturer_part AS said FROM three_way.item
  UNION ALL SELECT item, 'GTIN', three_way.gtin14(gtin), gtin FROM three_way.item
  UNION ALL SELECT item, 'GTIN', three_way.gtin14(gtin), gtin FROM three_way.item_uom
  UNION ALL SELECT item, 'NDC', bare_id(ndc), ndc FROM three_way.item
  UNION ALL SELECT item, 'NDC', ndc11(ndc), ndc FROM three_way.item WHERE contains(ndc, '-')
  UNION ALL SELECT item, 'HIBC', hibc_primary(hibc), hibc FROM three_way.item WHERE hibc <> ''
)
SELECT po_id, name.kind, name.id, name.said FROM (
  SELECT po_id, unnest([
    {kind: 'buyer item', id: bare_id(item), said: item},
    {kind: 'vendor item', id: bare_id(vendor_item), said: vendor_item},
    {kind: 'manufacturer part', id: bare_id(manufacturer_part), said: manufacturer_part},
    {kind: 'GTIN', id: three_way.gtin14(gtin), said: gtin},
    {kind: 'NDC', id: bare_id(ndc), said: ndc},
    {kind: 'NDC', id: nullif(ndc11(ndc), bare_id(ndc)), said: ndc},
    {kind: 'HIBC', id: hibc_primary(hibc), said: hibc}
  ]) AS name
  FROM p
)
WHERE trim(name.said) <> '' AND name.id IS NOT NULL
UNION
SELECT p.po_id, n.kind, n.id, n.said
FROM p
JOIN item_name n ON n.item = p.item
WHERE n.said <> '';

-- Where the names of a line and of a line of its PO agree, with the rung of the name. `names` names a relation with line_id, kind, rung and id.
CREATE TABLE three_way.offered_name AS
SELECT f.order_id, n.* FROM three_way.po_name n JOIN three_way.offered f ON f.po_id = n.po_id;
CREATE MACRO three_way.agreed_of(names) AS TABLE
WITH said AS (SELECT s.order_id, n.line_id, n.kind, n.rung, n.id FROM three_way.sought s JOIN query_table(names) n ON n.line_id = s.line_id)
SELECT s.line_id, f.po_id, min(s.rung) AS rung
FROM said s
JOIN three_way.offered_name f ON f.order_id = s.order_id AND f.kind = s.kind AND f.id = s.id
GROUP BY s.line_id, f.po_id;
CREATE TABLE three_way.agreed AS FROM three_way.agreed_of('three_way.line_name');

-- What people said those names are. Where the PO itself knows a line by one of them, the ERP is not corrected.
CREATE TABLE three_way.asked_reference AS
SELECT n.line_id, n.rung, b.partner, replace(lower(n.kind), ' ', '-') AS type, id_key(replace(lower(n.kind), ' ', '-'), n.said) AS key, b.invoice_date AS on_day
FROM three_way.line_name n
JOIN three_way.left_over l ON l.line_id = n.line_id
JOIN three_way.bill b ON b.turn = l.turn
WHERE EXISTS (FROM three_way.cross_reference) AND n.line_id NOT IN (SELECT line_id FROM three_way.agreed);
CREATE TABLE three_way.referenced_name AS
SELECT DISTINCT a.line_id, 'buyer item' AS kind, a.rung, bare_id(r.item) AS id, r.item || ' (' || r.reference || ')' AS said
FROM three_way.asked_reference a
JOIN items_referenced('three_way.asked_reference', 'three_way.cross_reference', (SELECT as_of FROM three_way.night)) r
  ON r.partner = a.partner AND r.type = a.type AND r.key = a.key AND r.on_day = a.on_day AND r.items = 1;
INSERT INTO three_way.line_name FROM three_way.referenced_name;
INSERT INTO three_way.agreed FROM three_way.agreed_of('three_way.referenced_name');

-- The PO line that IT101 names, and whether the names of both speak against it: some could be compared, and none agrees.
-- `pairs` names a relation with line_id and po_id.
CREATE MACRO three_way.compared_of(pairs) AS TABLE
SELECT DISTINCT x.line_id, x.po_id
FROM query_table(pairs) x
JOIN three_way.line_name l ON l.line_id = x.line_id
JOIN three_way.po_name p ON p.po_id = x.po_id AND p.kind = l.kind;
CREATE TABLE three_way.numbered AS
SELECT s.line_id, f.po_id FROM three_way.sought s JOIN three_way.offered f ON f.order_id = s.order_id AND f.line_number = s.assigned_id;
CREATE TABLE three_way.contradicted AS
SELECT c.line_id, c.po_id FROM three_way.compared_of('three_way.numbered') c ANTI JOIN three_way.agreed a ON a.line_id = c.line_id AND a.po_id = c.po_id;
