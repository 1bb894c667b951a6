-- INV-CREDIT: a credit (or a return line on an invoice) takes back more of its PO line than was billed before it, or what never was.
-- At risk: what it takes back too much, at the credited price.

INSERT INTO three_way.raised BY NAME
SELECT 'INV-CREDIT' AS code, j.turn, j.line_id, j.po_id,
  coalesce(three_way.worth(least(-j.base, -j.billed_base), j.unit_price, j.per, j.factor), three_way.amount(abs(j.amount))) AS amount,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') || ': ' || three_way.plain(-j.base) || ' ' || p.base_uom
    || ' credited, ' || CASE WHEN j.billed_base - j.base <= 0 THEN 'nothing' ELSE three_way.plain(j.billed_base - j.base) END || ' billed before' AS message,
  json_object('credited', three_way.plain(-j.base), 'billed before', three_way.plain(j.billed_base - j.base), 'unit', p.base_uom) AS compared,
  'IT102' AS billed_field, three_way.plain(j.quantity) AS billed_value
FROM three_way.judged j
JOIN three_way.po p ON p.po_id = j.po_id
WHERE j.base < 0 AND j.per IS NOT NULL AND j.unknown_voucher_uom IS NULL AND j.billed_base < 0;

-- Quantity and price within bounds, and still more money back than was billed (free goods, an earlier price reduction).
INSERT INTO three_way.raised BY NAME
SELECT 'INV-CREDIT' AS code, j.turn, j.line_id, j.po_id, three_way.amount(least(abs(j.amount), -j.billed_amount)) AS amount,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') || ': ' || three_way.money(abs(j.amount)) || ' credited, '
    || three_way.money(j.billed_amount + abs(j.amount)) || ' billed before' AS message,
  json_object('credited', three_way.money(abs(j.amount)), 'billed before', three_way.money(j.billed_amount + abs(j.amount))) AS compared,
  'IT104' AS billed_field, three_way.plain(j.unit_price) AS billed_value
FROM three_way.judged j
JOIN three_way.po p ON p.po_id = j.po_id
WHERE j.base < 0 AND j.per IS NOT NULL AND j.unknown_voucher_uom IS NULL AND j.billed_base >= 0 AND j.billed_amount < 0
  AND j.line_id NOT IN (SELECT line_id FROM three_way.raised WHERE code = 'INV-PRICE');
