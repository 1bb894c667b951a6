-- Rung 8: the only line of the PO with this price and this quantity, after price basis and unit; no id may speak against it.

CREATE TABLE three_way.same_terms AS
WITH pair AS (
  SELECT x.line_id, x.po_id
  FROM three_way.pair x ANTI JOIN three_way.verdict v ON v.line_id = x.line_id AND v.po_id = x.po_id
),
sides AS (
  SELECT x.line_id, x.po_id, l.quantity, l.unit_price, price_per(l.price_basis) AS per,
    three_way.factor_of(l.uom, p.uom, p.factor, p.own_base, k.factor, g.factor) AS factor,
    p.quantity AS po_quantity, p.unit_price AS po_price, p.per AS po_per, p.factor AS po_factor
  FROM pair x
  JOIN (FROM three_way.invoice_line WHERE line_id IN (SELECT line_id FROM three_way.pair)) l ON l.line_id = x.line_id
  JOIN three_way.po p ON p.po_id = x.po_id
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = l.uom
  LEFT JOIN three_way.generic g ON g.from_uom = l.uom AND g.to_uom = p.own_base
)
SELECT line_id, po_id
FROM sides
WHERE quantity > 0
  AND quantity::DECIMAL(19, 4) * factor = po_quantity::DECIMAL(19, 4) * po_factor
  AND unit_price::DECIMAL(19, 6) * po_per * po_factor = po_price::DECIMAL(19, 6) * per * factor;
