-- What each PO line was billed for in all, in base units, over vouchers and invoices.

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

-- Up to and including each line, in turn: an invoice is held against what came before it and is not blamed for what comes after.
-- Only PO lines billed more than once need a sum.
CREATE TABLE three_way.running AS
WITH shared AS (SELECT po_id FROM three_way.billed GROUP BY po_id HAVING count(*) > 1)
SELECT line_id, sum(base) OVER so_far AS base, sum(sign * amount) OVER so_far AS amount
FROM three_way.billed
WHERE base IS NOT NULL AND po_id IN (SELECT po_id FROM shared)
WINDOW so_far AS (PARTITION BY po_id ORDER BY turn, sequence, line_id ROWS UNBOUNDED PRECEDING);

-- The lines up to which more is billed than was ordered or received, or of which too little is known to say.
CREATE TABLE three_way.strained AS
SELECT b.line_id
FROM (SELECT line_id, po_id, base, ordered_base, po_factor, needs_receipt FROM three_way.billed) b
LEFT JOIN three_way.running u ON u.line_id = b.line_id
LEFT JOIN three_way.received r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = b.po_id
WHERE coalesce(v.base, 0) + coalesce(u.base, b.base) > 
    CASE WHEN b.needs_receipt THEN least(b.ordered_base, three_way.received_base(r.quantity, b.po_factor, r.other_base)) ELSE b.ordered_base END
  OR v.unknown_uom IS NOT NULL
  OR (b.needs_receipt AND r.unknown_uom IS NOT NULL);
