-- Each open line against its PO line: what is billed in all up to it, and what is received.
CREATE VIEW three_way.judged AS
SELECT b.*,
  coalesce(v.base, 0)::DECIMAL(38, 8) + CASE WHEN u.line_id IS NULL THEN b.base ELSE u.base END AS billed_base,
  coalesce(v.amount, 0)::DECIMAL(38, 2) + CASE WHEN u.line_id IS NULL THEN b.sign * b.amount ELSE u.amount END AS billed_amount,
  coalesce(r.base, 0)::DECIMAL(38, 8) AS received_base,
  r.po_id IS NOT NULL AS has_receipt,
  r.unknown_uom AS unknown_receipt_uom,
  v.unknown_uom AS unknown_voucher_uom
FROM three_way.billed b
LEFT JOIN three_way.running u ON u.line_id = b.line_id
LEFT JOIN three_way.received r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = b.po_id
WHERE b.is_open;

-- The lines that a rule must look at, because something about them is not plainly in order; the others are done here.
-- They carry what the rules and their messages need of both sides. Scopes: see tolerance.sql.
CREATE TABLE three_way.doubtful AS
WITH doubt AS (
  SELECT j.*, c.line_id IS NOT NULL AS has_contract
  FROM three_way.judged j
  LEFT JOIN (SELECT po_id AS line_id FROM three_way.contracted) c ON c.line_id = j.po_id
  WHERE j.base IS NULL OR j.base <= 0 OR j.amount IS NULL OR j.per IS NULL OR j.po_per IS NULL
    OR j.billed_base > j.ordered_base
    OR (j.needs_receipt AND j.billed_base > j.received_base)
    OR NOT (j.unit_price = j.po_price AND j.factor = j.po_factor AND j.per = j.po_per)
    OR j.is_closed OR j.lacks_label OR j.other_currency
    OR j.unknown_voucher_uom IS NOT NULL OR (j.needs_receipt AND j.unknown_receipt_uom IS NOT NULL)
    OR c.line_id IS NOT NULL
    OR j.line_id IN (SELECT line_id FROM three_way.substitute)
)
SELECT d.*, l.uom, l.quantity, l.price_basis,
  p.company, p.po_number, p.release, p.line_number, p.supplier, p.item, p.vendor_item, p.status, p.uom AS po_uom, p.base_uom,
  p.price_basis AS po_basis, p.currency AS po_currency,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') AS name,
  three_way.extended(p.quantity, p.unit_price, coalesce(p.per, 1)) AS ordered_amount,
  d.unit_price::DECIMAL(20, 6) * d.po_per * d.po_factor AS billed_cross,
  d.po_price::DECIMAL(20, 6) * d.per * d.factor AS po_cross,
  d.po_per::DECIMAL(19, 0) * d.po_factor AS cross_unit,
  s.scope
FROM doubt d
JOIN invoice_line l ON l.rowid = d.line_id
JOIN three_way.po p ON p.po_id = d.po_id
JOIN three_way.scope s ON s.po_id = d.po_id;
