-- INV-EXTENDED: the money of a line is out of order though its quantity and its price are each within tolerance:
-- in all more is billed than the PO line amounts to; or the line bills nothing; or an amount no one can judge.

INSERT INTO three_way.raised BY NAME
SELECT 'INV-EXTENDED' AS code, j.turn, j.line_id, j.po_id, three_way.amount(least(j.billed_amount - j.ordered_amount, j.amount)) AS amount,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') || ': ' || three_way.money(j.billed_amount)
    || ' billed in all, the PO line amounts to ' || three_way.money(j.ordered_amount) AS message,
  json_object('billed in all', three_way.money(j.billed_amount), 'PO line amount', three_way.money(j.ordered_amount), 'this line', three_way.money(j.amount)) AS compared,
  a.over_text AS tolerance, 'IT104' AS billed_field, three_way.plain(j.unit_price) AS billed_value,
  'quantity x unit_price' AS po_field, three_way.money(j.ordered_amount) AS po_value
FROM three_way.judged j
JOIN three_way.po p ON p.po_id = j.po_id
JOIN three_way.scope s ON s.po_id = j.po_id
JOIN three_way.allowed a ON a.rule = 'extended-amount' AND a.company = s.company AND a.supplier = s.supplier AND a.category = s.category AND a.item = s.item
WHERE j.base > 0 AND j.per IS NOT NULL AND j.po_per IS NOT NULL AND j.amount > 0 AND NOT coalesce(j.other_currency, false)
  AND j.unknown_voucher_uom IS NULL
  AND j.billed_amount > j.ordered_amount
  -- A line at the PO price and within the order is not to blame for what was overpaid before it.
  AND (j.billed_base > j.ordered_base OR j.unit_price::DECIMAL(20, 6) * j.po_per * j.po_factor > j.po_price::DECIMAL(20, 6) * j.per * j.factor)
  -- What the price or the quantity rule raised is said there.
  AND j.line_id NOT IN (SELECT line_id FROM three_way.raised WHERE line_id IS NOT NULL AND code IN ('INV-PRICE', 'INV-QTY-ORDERED'))
  AND three_way.beyond(j.billed_amount - j.ordered_amount, j.ordered_amount, a.over_mode, a.over_percent, a.over_absolute, a.over_combine);

INSERT INTO three_way.raised BY NAME
SELECT 'INV-EXTENDED' AS code, b.turn, l.rowid AS line_id, m.po_id,
  CASE WHEN l.quantity = 0 THEN 0 ELSE three_way.amount(three_way.extended(l.quantity, l.unit_price, coalesce(three_way.price_per(l.price_basis), 1))) END AS amount,
  'line ' || l.sequence || ': ' || three_way.plain(l.quantity) || coalesce(' ' || l.uom, '') || ' at ' || three_way.money(l.unit_price)
    || CASE WHEN l.quantity = 0 THEN ' bills nothing' ELSE ' is more than any invoice line we can judge' END AS message,
  json_object('quantity', three_way.plain(l.quantity), 'billed price', three_way.money(l.unit_price)) AS compared,
  'IT102' AS billed_field, three_way.plain(l.quantity) AS billed_value
FROM invoice_line l
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
JOIN three_way.matched m ON m.line_id = l.rowid
WHERE b.is_open AND b.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND ((l.quantity = 0 AND l.unit_price <> 0)
    OR three_way.extended(l.quantity, l.unit_price, coalesce(three_way.price_per(l.price_basis), 1)) IS NULL AND l.unit_price IS NOT NULL);
