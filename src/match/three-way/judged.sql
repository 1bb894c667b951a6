-- Each open line against its PO line: the numbers that the rules compare, and what lies so far off that a rule must look.

CREATE TABLE three_way.judged AS
SELECT b.*,
  coalesce(v.base, 0)::DECIMAL(38, 8) + u.base AS billed_base,
  coalesce(v.amount, 0)::DECIMAL(38, 2) + u.amount AS billed_amount,
  coalesce(r.base, 0)::DECIMAL(38, 8) AS received_base,
  r.po_id IS NOT NULL AS has_receipt,
  r.unknown_uom AS unknown_receipt_uom,
  v.unknown_uom AS unknown_voucher_uom
FROM three_way.billed b
LEFT JOIN three_way.running u ON u.line_id = b.line_id
LEFT JOIN three_way.received r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = b.po_id
WHERE b.is_open AND b.turn NOT IN (SELECT turn FROM three_way.set_aside);
