-- What each PO line was received and billed for in all, in base units, over partial receipts, vouchers and invoices.

CREATE TABLE three_way.received AS
WITH receipt AS (
  SELECT p.po_id, r.received_on,
    r.quantity::DECIMAL(19, 4) * three_way.factor_of(r.uom, p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)::DECIMAL(12, 4) AS base,
    r.uom
  FROM receipt_line r
  JOIN three_way.po p
    ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company AND coalesce(p.release, '') = coalesce(r.release, '')
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = r.uom
  LEFT JOIN three_way.generic g ON g.from_uom = r.uom AND g.to_uom = p.base_uom
)
SELECT po_id, sum(base) AS base, max(received_on) AS last_on, min(uom) FILTER (base IS NULL) AS unknown_uom
FROM receipt
GROUP BY po_id;

-- Vouchers are what was billed before; one of an invoice that we loaded is that invoice seen again and not counted twice.
CREATE TABLE three_way.vouchered AS
WITH loaded AS (
  SELECT DISTINCT m.company, m.supplier, b.number
  FROM three_way.bill b
  JOIN three_way.may_bill m ON m.partner = b.partner AND (b.company IS NULL OR m.company = b.company)
  WHERE NOT b.is_open
),
voucher AS (
  SELECT p.po_id, v.amount, v.uom,
    coalesce(v.quantity, 0)::DECIMAL(19, 4)
      * three_way.factor_of(coalesce(v.uom, p.uom), p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)::DECIMAL(12, 4) AS base
  FROM voucher_line v
  JOIN three_way.po p
    ON p.po_number = v.po_number AND p.line_number = v.line_number AND p.company = v.company AND coalesce(p.release, '') = coalesce(v.release, '')
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = v.uom
  LEFT JOIN three_way.generic g ON g.from_uom = v.uom AND g.to_uom = p.base_uom
  ANTI JOIN loaded d ON d.company = v.company AND d.supplier = v.supplier AND d.number = upper(trim(v.invoice_number))
  WHERE v.status <> 'cancelled'
)
SELECT po_id, sum(base) AS base, sum(amount) AS amount, min(uom) FILTER (base IS NULL) AS unknown_uom
FROM voucher
GROUP BY po_id;

-- Up to and including each line, in turn: an invoice is held against what came before it and is not blamed for what comes after.
CREATE TABLE three_way.counted AS
SELECT line_id, po_id, turn, sequence, base, (sign * amount)::DECIMAL(18, 2) AS amount
FROM three_way.billed
WHERE base IS NOT NULL AND turn NOT IN (SELECT turn FROM three_way.set_aside);

CREATE TABLE three_way.running AS
WITH shared AS (SELECT po_id FROM three_way.counted GROUP BY po_id HAVING count(*) > 1)
SELECT line_id, base::DECIMAL(38, 8) AS base, amount::DECIMAL(38, 2) AS amount
FROM three_way.counted
WHERE po_id NOT IN (SELECT po_id FROM shared)
UNION ALL
SELECT line_id, sum(base) OVER so_far, sum(amount) OVER so_far
FROM three_way.counted
WHERE po_id IN (SELECT po_id FROM shared)
WINDOW so_far AS (PARTITION BY po_id ORDER BY turn, sequence, line_id ROWS UNBOUNDED PRECEDING);
