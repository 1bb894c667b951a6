-- INV-EXTENDED: the money of a line is out of order though its quantity and its price are each within tolerance:
-- in all more is billed than the PO line amounts to; or the line bills nothing; or an amount no one can judge.

INSERT INTO three_way.raised BY NAME
SELECT 'INV-EXTENDED' AS code, d.turn, d.line_id, d.po_id, three_way.amount(least(d.billed_amount - d.ordered_amount, d.amount)) AS amount,
  d.name || ': ' || money(d.billed_amount) || ' billed in all, the PO line amounts to ' || money(d.ordered_amount) AS message,
  json_object('billed in all', money(d.billed_amount), 'PO line amount', money(d.ordered_amount), 'this line', money(d.amount)) AS compared,
  a.over_text AS tolerance, 'IT104' AS billed_field, plain(d.unit_price) AS billed_value,
  'quantity x unit_price' AS po_field, money(d.ordered_amount) AS po_value
FROM three_way.doubtful d
JOIN three_way.allowed a ON a.rule = 'extended-amount' AND a.scope = d.scope
WHERE d.base > 0 AND d.per IS NOT NULL AND d.po_per IS NOT NULL AND NOT d.other_currency AND d.unknown_voucher_uom IS NULL
  AND d.billed_amount > d.ordered_amount
  -- A line at the PO price and within the order is not to blame for what was overpaid before it.
  AND (d.billed_base > d.ordered_base OR d.billed_cross > d.po_cross)
  -- What the price or the quantity rule raised is said there.
  AND d.line_id NOT IN (SELECT line_id FROM three_way.raised WHERE line_id IS NOT NULL AND code IN ('INV-PRICE', 'INV-QTY-ORDERED'))
  AND beyond(d.billed_amount - d.ordered_amount, d.ordered_amount, a.over_mode, a.over_percent, a.over_absolute, a.over_combine);

INSERT INTO three_way.raised BY NAME
SELECT 'INV-EXTENDED' AS code, turn, line_id, po_id, CASE WHEN quantity = 0 THEN 0 ELSE three_way.amount(amount) END AS amount,
  name || ': ' || plain(quantity) || coalesce(' ' || uom, '') || ' at ' || money(unit_price)
    || CASE WHEN quantity = 0 THEN ' bills nothing' ELSE ' is more than any invoice line we can judge' END AS message,
  json_object('quantity', plain(quantity), 'billed price', money(unit_price)) AS compared,
  'IT102' AS billed_field, plain(quantity) AS billed_value
FROM three_way.doubtful
WHERE (quantity = 0 AND unit_price <> 0) OR amount IS NULL;
