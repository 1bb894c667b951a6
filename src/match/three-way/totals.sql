-- INV-TOTAL: TDS01 is the sum of its lines (quantity x price, each in cents) plus charges and tax less allowances.
-- Without a tolerance of its own a cent a line is allowed, for suppliers who round at the end.

INSERT INTO three_way.raised BY NAME
WITH gap AS (
  SELECT *, goods + charges - allowances AS due, total - (goods + charges - allowances) AS difference
  FROM three_way.sum_of_bill
  WHERE total <> goods + charges - allowances
    -- An amount that could not be taken makes no sum.
    AND NOT has_unknown
)
SELECT 'INV-TOTAL' AS code, g.turn, b.po_number, three_way.amount(abs(g.difference)) AS amount,
  'The invoice asks for ' || money(g.total) || ', its lines, charges and allowances come to ' || money(g.due) AS message,
  json_object('TDS01', money(g.total), 'lines', money(g.goods), 'charges and tax', money(g.charges),
    'allowances', money(g.allowances), 'sum', money(g.due)) AS compared,
  CASE WHEN a.is_set THEN CASE WHEN g.difference > 0 THEN a.over_text ELSE a.under_text END
    ELSE json_object('rule', 'total', 'side', CASE WHEN g.difference > 0 THEN 'over' ELSE 'under' END, 'mode', 'limit', 'absolute', money((0.01 * greatest(g.lines, 1))::DECIMAL(18, 2)), 'set for', 'not set: a cent a line')::VARCHAR END AS tolerance,
  'TDS01' AS billed_field, money(g.total) AS billed_value
FROM gap g
JOIN three_way.bill b ON b.turn = g.turn
JOIN three_way.allowed a ON a.rule = 'total' AND a.scope = g.scope
WHERE CASE
  WHEN NOT a.is_set THEN abs(g.difference) > 0.01::DECIMAL(3, 2) * greatest(g.lines, 1)
  WHEN g.difference > 0 THEN beyond(g.difference, g.due, a.over_mode, a.over_percent, a.over_absolute, a.over_combine)
  ELSE beyond(-g.difference, g.due, a.under_mode, a.under_percent, a.under_absolute, a.under_combine) END;
