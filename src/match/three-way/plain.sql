-- The key ladder, rung 1 at its plainest: the PO line of this company, PO, release and IT101, ordered from a vendor the partner may bill
-- as, and no id on the invoice speaks against it. Most lines end here; what does not goes to the whole ladder (keys-ladder.sql).

CREATE MACRO three_way.told_of(source) AS TABLE
SELECT line_id, invoice_id, coalesce(trim(po_number), '') AS line_po, assigned_id, sequence, quantity, uom,
  coalesce(unit_price, 0)::DECIMAL(18, 6) AS unit_price, price_per(price_basis) AS per, price_basis,
  buyer_item, vendor_item, manufacturer_part, gtin,
  coalesce(buyer_item, vendor_item, manufacturer_part, gtin, ndc, hibc) IS NULL AS is_nameless,
  coalesce(trim(lot), '') = '' AND coalesce(trim(serial), '') = '' AS is_unlabelled
FROM query_table(source);

CREATE VIEW three_way.plain AS
SELECT l.line_id, p.po_id, 1::TINYINT AS rung,
  b.turn, b.is_open, b.credit, b.currency,
  l.sequence, l.quantity, l.uom, l.unit_price, l.per, l.is_unlabelled,
  p.item, p.uom AS po_uom, p.factor AS po_factor, p.own_base, p.unit_price AS po_price, p.per AS po_per, p.quantity AS po_quantity,
  p.needs_receipt, p.is_closed, p.is_bill_only, p.currency AS po_currency
FROM three_way.told_of('three_way.invoice_line') l
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
JOIN three_way.po p
  -- A key of both sides, so that the PO lines are put by once and not once more for each invoice that names them.
  ON p.po_number = CASE WHEN l.line_po = '' THEN b.po_number END
  AND p.line_number = l.assigned_id AND p.company = b.company AND p.release_name = b.release
JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
WHERE NOT b.is_duplicate
  AND (l.is_nameless OR l.buyer_item = p.item OR l.vendor_item = p.vendor_item OR l.manufacturer_part = p.manufacturer_part OR l.gtin = p.gtin);

-- A line beside its PO line.
-- base: what the line bills in base units, negative for a credit or a return; NULL when its unit has no conversion.
-- is_sound: in itself the line is plainly in order: most lines are, and no rule has to look at them again (judged.sql).
CREATE MACRO three_way.billed_of(source) AS TABLE
WITH converted AS (
  SELECT s.*,
    three_way.factor_of(s.uom, s.po_uom, s.po_factor, s.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS factor
  FROM query_table(source) s
  LEFT JOIN three_way.pack k ON k.item = CASE WHEN s.uom <> s.po_uom AND s.own_base IS NULL THEN s.item END AND k.uom = s.uom
  LEFT JOIN three_way.generic g ON g.from_uom = CASE WHEN s.uom <> s.po_uom AND s.own_base IS NOT NULL THEN s.uom END AND g.to_uom = s.own_base
),
measured AS (
  SELECT *, CASE WHEN credit THEN -quantity ELSE quantity END::DECIMAL(19, 4) * factor AS base,
    extended(quantity, unit_price, coalesce(per, 1)) AS amount,
    po_quantity::DECIMAL(19, 4) * po_factor AS ordered_base
  FROM converted
)
SELECT line_id, po_id, rung, turn, is_open, sequence, base, amount,
  CASE WHEN credit THEN -1 ELSE 1 END::TINYINT AS sign,
  ordered_base,
  needs_receipt,
  amount IS NULL OR per IS NULL AS is_unknown,
  coalesce(base > 0 AND base <= ordered_base, false) AND amount IS NOT NULL AND per IS NOT NULL AND po_per IS NOT NULL
    AND CASE WHEN unit_price = po_price AND factor = po_factor AND per = po_per THEN true
      ELSE unit_price::DECIMAL(20, 6) * po_per * po_factor = po_price::DECIMAL(20, 6) * per * factor END
    AND NOT (is_closed OR (is_bill_only AND is_unlabelled) OR three_way.differ(po_currency, currency)) AS is_sound
FROM measured;

CREATE TABLE three_way.billed AS FROM three_way.billed_of('three_way.plain');

CREATE VIEW three_way.unbilled_row AS FROM three_way.invoice_line WHERE line_id NOT IN (SELECT line_id FROM three_way.billed);
CREATE TABLE three_way.unbilled AS
SELECT line_id, invoice_id, line_po, assigned_id, sequence, quantity, unit_price, per FROM three_way.told_of('three_way.unbilled_row');

-- Two PO lines under one key are a tie, which the ladder tells. There is one where more is billed than there are lines for.
CREATE TABLE three_way.twice_billed AS
SELECT line_id
FROM three_way.billed
WHERE (SELECT count(*) FROM three_way.billed) + (SELECT count(*) FROM three_way.unbilled) > (SELECT count(*) FROM three_way.invoice_line)
GROUP BY line_id
HAVING count(*) > 1;
DELETE FROM three_way.billed WHERE line_id IN (SELECT line_id FROM three_way.twice_billed);
INSERT INTO three_way.unbilled
SELECT line_id, invoice_id, line_po, assigned_id, sequence, quantity, unit_price, per
FROM three_way.told_of('three_way.invoice_line')
WHERE line_id IN (SELECT line_id FROM three_way.twice_billed);

CREATE TABLE three_way.left_over AS
SELECT u.line_id, b.turn, u.line_po, u.assigned_id, u.sequence, three_way.amount(extended(u.quantity, u.unit_price, coalesce(u.per, 1))) AS amount
FROM three_way.unbilled u
JOIN three_way.bill b ON b.invoice_id = u.invoice_id AND NOT b.is_duplicate;
