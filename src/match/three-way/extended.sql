-- INV-EXTENDED: the money of a line is out of order though its quantity and its price are each within tolerance:
-- in all more is billed than the PO line amounts to; or the line bills nothing; or an amount no one can judge;
-- or the amount that the supplier states for the line is not its quantity times its price.

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

-- What a line is stated to come to (PAM), against quantity x price. Without a tolerance of its own a cent is allowed, for rounding.
INSERT INTO three_way.raised BY NAME
WITH gap AS (
  SELECT d.turn, d.line_id, d.po_id, d.name, d.scope, d.quantity, d.unit_price, m.stated, abs(d.amount) AS due
  FROM three_way.doubtful d
  JOIN three_way.misstated m ON m.line_id = d.line_id
  WHERE d.line_id NOT IN (SELECT line_id FROM three_way.raised WHERE line_id IS NOT NULL AND code = 'INV-EXTENDED')
)
SELECT 'INV-EXTENDED' AS code, g.turn, g.line_id, g.po_id, three_way.amount(abs(g.stated - g.due)) AS amount,
  g.name || ': ' || money(g.stated) || ' stated for the line, quantity times price is ' || money(g.due) AS message,
  json_object('stated amount', money(g.stated), 'quantity x price', money(g.due), 'quantity', plain(g.quantity), 'billed price', money(g.unit_price)) AS compared,
  CASE WHEN a.is_set THEN CASE WHEN g.stated > g.due THEN a.over_text ELSE a.under_text END
    ELSE json_object('rule', 'extended-amount', 'side', CASE WHEN g.stated > g.due THEN 'over' ELSE 'under' END, 'mode', 'limit', 'absolute', '0.01', 'set for', 'not set: a cent')::VARCHAR END AS tolerance,
  'PAM05' AS billed_field, money(g.stated) AS billed_value
FROM gap g
JOIN three_way.allowed a ON a.rule = 'extended-amount' AND a.scope = g.scope
WHERE CASE
  WHEN NOT a.is_set THEN abs(g.stated - g.due) > 0.01::DECIMAL(3, 2)
  WHEN g.stated > g.due THEN beyond(g.stated - g.due, g.due, a.over_mode, a.over_percent, a.over_absolute, a.over_combine)
  ELSE beyond(g.due - g.stated, g.due, a.under_mode, a.under_percent, a.under_absolute, a.under_combine) END;
