-- What came of each PO line: billed and received in all, in base units.

-- Vouchers are what was billed before; one of an invoice that we loaded is that invoice seen again and not counted twice.
CREATE TABLE three_way.vouchered AS
WITH loaded AS (
  SELECT d.document
  FROM three_way.document d
  JOIN three_way.bill b ON b.partner = d.partner AND b.number = d.number
  WHERE d.document < 0 AND NOT b.is_open
)
SELECT po_id, sum(base) AS base, sum(amount) AS amount, min(uom) FILTER (base IS NULL) AS unknown_uom
FROM three_way.voucher
WHERE document NOT IN (SELECT document FROM loaded)
GROUP BY po_id;

DELETE FROM three_way.billed WHERE turn IN (SELECT turn FROM three_way.set_aside);

-- What was received on each PO line. Receipts nearly all come in the PO's own unit: those are summed as they are, and what came in
-- another one is converted after.
CREATE TABLE three_way.received AS
SELECT po_id, coalesce(quantity::DECIMAL(26, 4) * factor, 0)::DECIMAL(38, 8) AS base, last_on, has_other, NULL::VARCHAR AS unknown_uom
FROM (
  SELECT p.po_id, sum(CASE WHEN r.uom = p.uom THEN r.quantity END) AS quantity, max(r.received_on) AS last_on,
    bool_or(r.uom <> p.uom) AS has_other, any_value(p.factor) AS factor
  FROM three_way.receipt_line r
  JOIN three_way.po p
    ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company AND p.release_name = coalesce(r.release, '')
  GROUP BY p.po_id
);

CREATE VIEW three_way.otherwise_received_po_row AS
FROM three_way.po_line WHERE po_id IN (SELECT po_id FROM three_way.received WHERE has_other);
CREATE TABLE three_way.otherwise_received AS
SELECT p.po_id, r.uom,
  r.quantity::DECIMAL(19, 4)
    * three_way.factor_of(r.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS base
FROM three_way.receipt_line r
JOIN three_way.po_of('three_way.otherwise_received_po_row') p
  ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company AND p.release_name = coalesce(r.release, '')
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = r.uom
LEFT JOIN three_way.generic g ON g.from_uom = r.uom AND g.to_uom = p.own_base
WHERE r.uom <> p.uom;
UPDATE three_way.received r
SET base = r.base + o.base, unknown_uom = o.unknown_uom
FROM (SELECT po_id, coalesce(sum(base), 0) AS base, min(uom) FILTER (base IS NULL) AS unknown_uom FROM three_way.otherwise_received GROUP BY po_id) o
WHERE o.po_id = r.po_id;

-- The PO lines that are not done with a single bill for just what was received, with both sides in all. Most are, and are not here.
CREATE TABLE three_way.balance AS
WITH bills AS (
  SELECT po_id, count(*) AS bills, count(*) > count(base) AS has_unknown_bill, sum(base) AS base FROM three_way.billed GROUP BY po_id
)
SELECT coalesce(b.po_id, r.po_id) AS po_id, coalesce(b.bills, 0) AS bills, coalesce(b.has_unknown_bill, false) AS has_unknown_bill,
  coalesce(v.base, 0)::DECIMAL(38, 8) AS vouchered, coalesce(b.base, 0)::DECIMAL(38, 8) AS billed, coalesce(r.base, 0)::DECIMAL(38, 8) AS received,
  r.last_on, r.unknown_uom AS unknown_receipt_uom, v.unknown_uom AS unknown_voucher_uom
FROM bills b
FULL JOIN three_way.received r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = coalesce(b.po_id, r.po_id)
WHERE b.bills IS DISTINCT FROM 1 OR b.base IS DISTINCT FROM r.base OR r.unknown_uom IS NOT NULL OR v.po_id IS NOT NULL;

-- Up to and including each line, in turn: an invoice is held against what came before it and is not blamed for what comes after.
-- Only PO lines billed more than once need a sum.
CREATE TABLE three_way.running AS
SELECT line_id, sum(base) OVER so_far AS base, sum(sign * amount) OVER so_far AS amount
FROM three_way.billed
WHERE base IS NOT NULL AND po_id IN (SELECT po_id FROM three_way.balance WHERE bills > 1)
WINDOW so_far AS (PARTITION BY po_id ORDER BY turn, sequence, line_id ROWS UNBOUNDED PRECEDING);

-- The lines up to which more is billed than was ordered or received, or of which too little is known to say.
CREATE TABLE three_way.strained AS
SELECT b.line_id
FROM three_way.billed b
JOIN three_way.balance o ON o.po_id = b.po_id
LEFT JOIN three_way.running u ON u.line_id = b.line_id
WHERE o.vouchered + coalesce(u.base, b.base) > CASE WHEN b.needs_receipt THEN least(b.ordered_base, o.received) ELSE b.ordered_base END
  OR o.unknown_voucher_uom IS NOT NULL
  OR (b.needs_receipt AND o.unknown_receipt_uom IS NOT NULL);
