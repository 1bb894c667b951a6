-- Vouchers and receipts, each on its PO line and in base units. NULL base: its unit has no conversion.

-- A voucher without a unit is in the PO's own: the ERP vouchers its own PO line.
CREATE TABLE three_way.voucher AS
SELECT i.document, p.po_id, v.uom, v.amount,
  coalesce(v.quantity, 0)::DECIMAL(19, 4)
    * three_way.factor_of(coalesce(v.uom, p.uom), p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS base
FROM voucher_line v
JOIN three_way.vouchered_invoice i
  ON i.company = v.company AND i.supplier = v.supplier AND i.number = upper(trim(v.invoice_number))
JOIN three_way.po p
  ON p.po_number = v.po_number AND p.line_number = v.line_number AND p.company = v.company
  AND coalesce(p.release, '') = coalesce(v.release, '')
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = v.uom
LEFT JOIN three_way.generic g ON g.from_uom = v.uom AND g.to_uom = p.own_base
WHERE v.status <> 'cancelled';

-- Receipts nearly all come in the PO's own unit: those are summed as they are (quantity), and only the others converted (other_base).
CREATE TABLE three_way.received AS
WITH own AS (
  SELECT p.rowid AS po_id, sum(CASE WHEN r.uom = p.uom THEN r.quantity END) AS quantity, max(r.received_on) AS last_on,
    bool_or(r.uom <> p.uom) AS has_other
  FROM receipt_line r
  JOIN po_line p
    ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company
    AND coalesce(p.release, '') = coalesce(r.release, '')
  GROUP BY p.rowid
)
SELECT po_id, coalesce(quantity, 0)::DECIMAL(26, 4) AS quantity, last_on, has_other, 0::DECIMAL(38, 8) AS other_base, NULL::VARCHAR AS unknown_uom
FROM own;

CREATE VIEW three_way.otherwise_received_po_row AS
FROM three_way.po_row WHERE po_id IN (SELECT po_id FROM three_way.received WHERE has_other);
CREATE TABLE three_way.otherwise_received AS
SELECT p.po_id, r.uom,
  r.quantity::DECIMAL(19, 4)
    * three_way.factor_of(r.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS base
FROM receipt_line r
JOIN three_way.po_of('three_way.otherwise_received_po_row') p
  ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company AND p.release_name = coalesce(r.release, '')
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = r.uom
LEFT JOIN three_way.generic g ON g.from_uom = r.uom AND g.to_uom = p.own_base
WHERE r.uom <> p.uom;
UPDATE three_way.received r
SET other_base = o.base, unknown_uom = o.unknown_uom
FROM (SELECT po_id, coalesce(sum(base), 0) AS base, min(uom) FILTER (base IS NULL) AS unknown_uom FROM three_way.otherwise_received GROUP BY po_id) o
WHERE o.po_id = r.po_id;

CREATE MACRO three_way.received_base(quantity, po_factor, other_base) AS
  coalesce(quantity * po_factor, 0)::DECIMAL(38, 8) + coalesce(other_base, 0);
