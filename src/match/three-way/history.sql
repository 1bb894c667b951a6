-- What the ERP has vouchered, each voucher on its PO line and in base units. NULL base: its unit has no conversion.

-- A voucher without a unit is in the PO's own: the ERP vouchers its own PO line.
CREATE TABLE three_way.voucher AS
SELECT i.document, p.po_id, v.uom, v.amount,
  coalesce(v.quantity, 0)::DECIMAL(19, 4)
    * three_way.factor_of(coalesce(v.uom, p.uom), p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS base
FROM three_way.voucher_line v
JOIN three_way.vouchered_invoice i
  ON i.company = v.company AND i.supplier = v.supplier AND i.number = upper(trim(v.invoice_number))
JOIN three_way.po p
  ON p.po_number = v.po_number AND p.line_number = v.line_number AND p.company = v.company
  AND coalesce(p.release, '') = coalesce(v.release, '')
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = v.uom
LEFT JOIN three_way.generic g ON g.from_uom = v.uom AND g.to_uom = p.own_base
WHERE v.status <> 'cancelled';
