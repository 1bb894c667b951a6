-- The whole ladder, for the lines that the plain rung 1 left over: each against every line of its PO.
-- The lowest rung with a candidate decides; several candidates on it are a tie, and a tie is never broken.

CREATE TABLE three_way.pair AS
SELECT l.line_id, p.po_id, coalesce(p.line_number = l.assigned_id, false) AS is_numbered
FROM three_way.left_over l
JOIN three_way.claim c ON c.turn = l.turn AND c.line_po = l.line_po
JOIN three_way.po_line p ON p.po_number = c.po_number AND p.company = c.company AND coalesce(p.release, '') = c.release;

-- For an invoice that names no PO: the open lines of the biller's POs for the same ship-to.
CREATE TABLE three_way.open_at_ship_to AS
SELECT b.turn, p.po_id
FROM three_way.bill b
JOIN three_way.po_line p ON p.ship_to = b.ship_to AND p.status = 'open' AND (b.company IS NULL OR p.company = b.company)
JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
WHERE b.po_number IS NULL AND NOT b.is_duplicate
  AND p.po_date BETWEEN b.invoice_date - (SELECT no_po_window_days FROM three_way.night) AND b.invoice_date;

-- What each side is called, one row a name; an NDC as it is written, and with its eleven digits where that is another. The item master adds what the PO does not say: part, NDC, HIBC, the GTIN of each pack.
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
  WHERE po_id IN (SELECT po_id FROM three_way.pair UNION ALL SELECT po_id FROM three_way.open_at_ship_to)
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

-- What people said those names are. Where the PO itself knows a line by one of them, the ERP is not corrected.
CREATE TABLE three_way.asked_reference AS
SELECT n.line_id, n.rung, b.partner, replace(lower(n.kind), ' ', '-') AS type, id_key(replace(lower(n.kind), ' ', '-'), n.said) AS key, b.invoice_date AS on_day
FROM three_way.line_name n
JOIN three_way.left_over l ON l.line_id = n.line_id
JOIN three_way.bill b ON b.turn = l.turn
WHERE EXISTS (FROM three_way.cross_reference)
  AND n.line_id NOT IN (
    SELECT x.line_id FROM three_way.pair x
    JOIN three_way.line_name m ON m.line_id = x.line_id
    JOIN three_way.po_name p ON p.po_id = x.po_id AND p.kind = m.kind AND p.id = m.id);
INSERT INTO three_way.line_name
SELECT DISTINCT a.line_id, 'buyer item', a.rung, bare_id(r.item), r.item || ' (' || r.reference || ')'
FROM three_way.asked_reference a
JOIN items_referenced('three_way.asked_reference', 'three_way.cross_reference', (SELECT as_of FROM three_way.night)) r
  ON r.partner = a.partner AND r.type = a.type AND r.key = a.key AND r.on_day = a.on_day AND r.items = 1;

-- What the names say of a pair: the lowest rung on which they agree, and whether any could be compared at all.
CREATE TABLE three_way.verdict AS
SELECT x.line_id, x.po_id, min(l.rung) FILTER (l.id = p.id) AS agrees_on
FROM three_way.pair x
JOIN three_way.line_name l ON l.line_id = x.line_id
JOIN three_way.po_name p ON p.po_id = x.po_id AND p.kind = l.kind
GROUP BY x.line_id, x.po_id;
