-- The key ladder, rung 1 at its plainest: the PO line of this company, PO, release and IT101, ordered from a vendor the partner may bill
-- as, and no id on the invoice speaks against it. Most lines end here; what does not goes to the whole ladder (keys-ladder.sql).

CREATE VIEW three_way.told_line AS
SELECT rowid AS line_id, invoice_id, coalesce(trim(po_number), '') AS line_po, assigned_id, sequence, quantity, uom,
  coalesce(unit_price, 0)::DECIMAL(18, 6) AS unit_price, three_way.price_per(price_basis) AS per,
  buyer_item, vendor_item, manufacturer_part, gtin,
  coalesce(buyer_item, vendor_item, manufacturer_part, gtin, ndc, hibc) IS NULL AS is_nameless,
  coalesce(trim(lot), '') = '' AND coalesce(trim(serial), '') = '' AS is_unlabelled
FROM invoice_line;

CREATE VIEW three_way.plain AS
SELECT l.line_id, p.po_id, 1::TINYINT AS rung,
  b.turn, b.is_open, b.in_grace, b.credit, b.currency,
  l.sequence, l.quantity, l.uom, l.unit_price, l.per, l.is_unlabelled,
  p.item, p.uom AS po_uom, p.factor AS po_factor, p.own_base, p.unit_price AS po_price, p.per AS po_per, p.quantity AS po_quantity,
  p.needs_receipt, p.is_closed, p.is_bill_only, p.currency AS po_currency
FROM three_way.told_line l
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
JOIN three_way.po p
  ON p.po_number = b.po_number AND p.line_number = l.assigned_id AND p.company = b.company AND p.release_name = b.release
JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
WHERE l.line_po = ''
  AND NOT b.is_duplicate
  AND (l.is_nameless OR l.buyer_item = p.item OR l.vendor_item = p.vendor_item OR l.manufacturer_part = p.manufacturer_part OR l.gtin = p.gtin);

-- A line beside its PO line, both sides' numbers in comparable form.
-- base: what the line bills in base units, negative for a credit or a return; NULL when its unit has no conversion.
CREATE MACRO three_way.billed_of(source) AS TABLE
WITH converted AS (
  SELECT s.*,
    three_way.factor_of(s.uom, s.po_uom, s.po_factor, s.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS factor
  FROM query_table(source) s
  LEFT JOIN three_way.pack k ON k.item = CASE WHEN s.uom <> s.po_uom AND s.own_base IS NULL THEN s.item END AND k.uom = s.uom
  LEFT JOIN three_way.generic g ON g.from_uom = CASE WHEN s.uom <> s.po_uom AND s.own_base IS NOT NULL THEN s.uom END AND g.to_uom = s.own_base
)
SELECT line_id, po_id, rung, turn, is_open, in_grace, sequence,
  CASE WHEN credit THEN -quantity ELSE quantity END::DECIMAL(19, 4) * factor AS base,
  three_way.extended(quantity, unit_price, coalesce(per, 1)) AS amount,
  CASE WHEN credit THEN -1 ELSE 1 END::TINYINT AS sign,
  unit_price, per, factor,
  po_price, po_per, po_factor, po_quantity::DECIMAL(19, 4) * po_factor AS ordered_base,
  needs_receipt,
  is_closed,
  is_bill_only AND is_unlabelled AS lacks_label,
  coalesce(po_currency <> '' AND po_currency <> currency, false) AS other_currency
FROM converted;

CREATE TABLE three_way.billed AS FROM three_way.billed_of('three_way.plain');

-- Two PO lines under one key are a tie, which the ladder tells.
DELETE FROM three_way.billed
WHERE line_id IN (SELECT line_id FROM three_way.billed GROUP BY line_id HAVING count(*) > 1);

CREATE TABLE three_way.left_over AS
WITH rest AS MATERIALIZED (
  SELECT line_id, invoice_id, line_po, assigned_id, sequence, three_way.extended(quantity, unit_price, coalesce(per, 1)) AS amount
  FROM three_way.told_line
  WHERE line_id NOT IN (SELECT line_id FROM three_way.billed)
)
SELECT r.line_id, b.turn, r.line_po, r.assigned_id, r.sequence, three_way.amount(r.amount) AS amount
FROM rest r
JOIN three_way.bill b ON b.invoice_id = r.invoice_id AND NOT b.is_duplicate;
