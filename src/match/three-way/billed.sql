-- Every line that found its PO line, with both sides' numbers in comparable form.
-- base: what the line bills in base units, negative for a credit or a return; NULL when its unit has no conversion.

CREATE TABLE three_way.billed AS
SELECT m.line_id, m.po_id, m.rung, b.turn, b.is_open, b.in_grace, l.sequence,
  l.uom, l.quantity, coalesce(l.unit_price, 0)::DECIMAL(18, 6) AS unit_price, three_way.price_per(l.price_basis) AS per,
  three_way.factor_of(l.uom, p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)::DECIMAL(12, 4) AS factor,
  CASE WHEN b.credit THEN -l.quantity ELSE l.quantity END::DECIMAL(19, 4)
    * three_way.factor_of(l.uom, p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)::DECIMAL(12, 4) AS base,
  three_way.extended(l.quantity, coalesce(l.unit_price, 0), coalesce(three_way.price_per(l.price_basis), 1)) AS amount,
  CASE WHEN b.credit THEN -1 ELSE 1 END::TINYINT AS sign,
  p.uom AS po_uom, p.unit_price AS po_price, p.per AS po_per, p.factor AS po_factor,
  p.quantity::DECIMAL(19, 4) * p.factor AS ordered_base,
  three_way.extended(p.quantity, p.unit_price, coalesce(p.per, 1)) AS ordered_amount,
  p.matching = 'three-way' AS needs_receipt,
  p.status AS po_status,
  p.is_bill_only AND coalesce(trim(l.lot), '') = '' AND coalesce(trim(l.serial), '') = '' AS lacks_label,
  p.currency <> b.currency AS other_currency
FROM three_way.matched m
JOIN invoice_line l ON l.rowid = m.line_id
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
JOIN three_way.po p ON p.po_id = m.po_id
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = l.uom
LEFT JOIN three_way.generic g ON g.from_uom = l.uom AND g.to_uom = p.base_uom;
