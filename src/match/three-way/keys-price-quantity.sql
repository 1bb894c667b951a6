-- Rung 8, for the lines that no lower rung found: the only line of the PO with this price and this quantity, after price basis and unit; no
-- id may speak against it.

-- Where each line fits, with the rung: those up to 7 first.
CREATE TABLE three_way.found AS
SELECT n.line_id, n.po_id, 1 AS rung FROM three_way.numbered n ANTI JOIN three_way.contradicted c ON c.line_id = n.line_id AND c.po_id = n.po_id
UNION ALL
SELECT line_id, po_id, rung FROM three_way.agreed
UNION ALL
SELECT s.line_id, s.po_id, 7
FROM three_way.substitute s
JOIN three_way.sought t ON t.line_id = s.line_id
JOIN three_way.offered f ON f.po_id = s.po_id AND f.order_id = t.order_id;

-- In one unit both sides are put by quantity; a line in another unit is held against each line of its PO.
CREATE TABLE three_way.same_terms AS
WITH line AS (
  SELECT s.order_id, l.line_id, l.quantity, l.uom, l.unit_price, price_per(l.price_basis) AS per
  FROM (FROM three_way.sought WHERE line_id NOT IN (SELECT line_id FROM three_way.found)) s
  JOIN three_way.invoice_line l ON l.line_id = s.line_id
  WHERE l.quantity > 0
),
ordered AS (
  SELECT f.order_id, p.* FROM three_way.offered f JOIN three_way.po p ON p.po_id = f.po_id
  WHERE f.order_id IN (SELECT order_id FROM line)
)
SELECT l.line_id, p.po_id
FROM line l
JOIN ordered p ON p.order_id = l.order_id AND p.uom = l.uom AND p.quantity = l.quantity
WHERE l.unit_price::DECIMAL(19, 6) * p.per = p.unit_price::DECIMAL(19, 6) * l.per
UNION ALL
SELECT line_id, po_id
FROM (
  SELECT l.*, p.po_id, p.quantity AS po_quantity, p.unit_price AS po_price, p.per AS po_per, p.factor AS po_factor,
    three_way.factor_of(l.uom, p.uom, p.factor, p.own_base, k.factor, g.factor) AS factor
  FROM line l
  JOIN ordered p ON p.order_id = l.order_id AND p.uom <> l.uom
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = l.uom
  LEFT JOIN three_way.generic g ON g.from_uom = l.uom AND g.to_uom = p.own_base
)
WHERE quantity::DECIMAL(19, 4) * factor = po_quantity::DECIMAL(19, 4) * po_factor
  AND unit_price::DECIMAL(19, 6) * po_per * po_factor = po_price::DECIMAL(19, 6) * per * factor;
INSERT INTO three_way.found
SELECT t.line_id, t.po_id, 8
FROM three_way.same_terms t
ANTI JOIN three_way.compared_of('three_way.same_terms') c ON c.line_id = t.line_id AND c.po_id = t.po_id;
