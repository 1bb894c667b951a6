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

-- Up to and including each line, in turn: an invoice is held against what came before it and is not blamed for what comes after.
CREATE TABLE three_way.running AS
WITH counted AS (
  SELECT line_id, po_id, turn, sequence, base, (sign * amount)::DECIMAL(18, 2) AS amount
  FROM three_way.billed
  WHERE base IS NOT NULL AND turn NOT IN (SELECT turn FROM three_way.set_aside)
),
shared AS (SELECT po_id FROM counted GROUP BY po_id HAVING count(*) > 1)
SELECT line_id, base::DECIMAL(38, 8) AS base, amount::DECIMAL(38, 2) AS amount
FROM counted
WHERE po_id NOT IN (SELECT po_id FROM shared)
UNION ALL
SELECT line_id, sum(base) OVER so_far, sum(amount) OVER so_far
FROM counted
WHERE po_id IN (SELECT po_id FROM shared)
WINDOW so_far AS (PARTITION BY po_id ORDER BY turn, sequence, line_id ROWS UNBOUNDED PRECEDING);
