-- INV-CREDIT: a credit (or a return line on an invoice) takes back more of its PO line than was billed before it, or what never was.
-- At risk: what it takes back too much, at the credited price.

INSERT INTO three_way.raised BY NAME
SELECT 'INV-CREDIT' AS code, turn, line_id, po_id,
  coalesce(worth(least(-base, -billed_base), unit_price, per, factor), three_way.amount(abs(amount))) AS amount,
  name || ': ' || three_way.plain_base(-base) || ' ' || base_uom || ' credited, '
    || CASE WHEN billed_base - base <= 0 THEN 'nothing' ELSE three_way.plain_base(billed_base - base) END || ' billed before' AS message,
  json_object('credited', three_way.plain_base(-base), 'billed before', three_way.plain_base(billed_base - base), 'unit', base_uom) AS compared,
  'IT102' AS billed_field, plain(quantity) AS billed_value
FROM three_way.doubtful
WHERE base < 0 AND per IS NOT NULL AND unknown_voucher_uom IS NULL AND billed_base < 0;

-- Quantity and price within bounds, and still more money back than was billed (free goods, an earlier price reduction).
INSERT INTO three_way.raised BY NAME
SELECT 'INV-CREDIT' AS code, turn, line_id, po_id, three_way.amount(least(abs(amount), -billed_amount)) AS amount,
  name || ': ' || money(abs(amount)) || ' credited, ' || money(billed_amount + abs(amount)) || ' billed before' AS message,
  json_object('credited', money(abs(amount)), 'billed before', money(billed_amount + abs(amount))) AS compared,
  'IT104' AS billed_field, plain(unit_price) AS billed_value
FROM three_way.doubtful
WHERE base < 0 AND per IS NOT NULL AND unknown_voucher_uom IS NULL AND billed_base >= 0 AND billed_amount < 0
  AND line_id NOT IN (SELECT line_id FROM three_way.raised WHERE code = 'INV-PRICE');
