-- INV-PRICE: the billed unit price against the PO's, both brought to base units by multiplying crosswise, so nothing is rounded:
--   billed / (per x factor)  and  PO / (PO per x PO factor)   compare as   billed x PO per x PO factor  and  PO x per x factor.
-- At risk: the difference times the billed quantity.

CREATE TABLE three_way.price_beyond AS
SELECT d.turn, d.line_id, d.po_id, d.name, d.unit_price, d.price_basis, d.uom, d.po_price, d.po_basis, d.po_uom,
  d.billed_cross > d.po_cross AS is_over,
  -- The PO price as the invoice would write it, rounded for the reader only.
  price_ratio(d.po_cross, d.cross_unit) AS expected_price,
  three_way.amount(abs(d.amount)) - coalesce(CASE WHEN d.factor = d.po_factor THEN extended(abs(d.quantity), d.po_price, d.po_per)
    ELSE worth(abs(d.base), d.po_price, d.po_per, d.po_factor) END, 0) AS difference,
  CASE WHEN d.billed_cross > d.po_cross THEN a.over_text ELSE a.under_text END AS tolerance
FROM three_way.doubtful d
JOIN three_way.allowed a ON a.rule = 'price' AND a.scope = d.scope
WHERE d.base <> 0 AND d.billed_cross <> d.po_cross
  AND CASE WHEN d.billed_cross > d.po_cross
    THEN beyond(d.billed_cross - d.po_cross, d.po_cross, a.over_mode, a.over_percent, a.over_absolute * d.cross_unit, a.over_combine)
    ELSE beyond(d.po_cross - d.billed_cross, d.po_cross, a.under_mode, a.under_percent, a.under_absolute * d.cross_unit, a.under_combine) END;

INSERT INTO three_way.raised BY NAME
SELECT 'INV-PRICE' AS code, turn, line_id, po_id, abs(three_way.amount(difference)) AS amount,
  name || ': billed at ' || money(unit_price) || ' per ' || three_way.priced_unit(price_basis, uom)
    || ', ordered at ' || coalesce(money(expected_price), money(po_price) || ' per ' || po_uom)
    || CASE WHEN is_over THEN ': too high by ' ELSE ': too low by ' END || money(abs(three_way.amount(difference))) || ' on this line' AS message,
  json_object('billed price', money(unit_price), 'PO price', money(expected_price),
    'PO price as ordered', money(po_price) || ' per ' || three_way.priced_unit(po_basis, po_uom)) AS compared,
  tolerance, 'IT104' AS billed_field, plain(unit_price) AS billed_value, 'unit_price' AS po_field, plain(po_price) AS po_value
FROM three_way.price_beyond;

-- Amounts in two currencies cannot be compared; the line is held for its whole amount.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-PRICE' AS code, d.turn, d.line_id, d.po_id, three_way.amount(abs(d.amount)) AS amount,
  d.name || ': billed in ' || b.currency || ', ordered in ' || d.po_currency AS message,
  json_object('billed currency', b.currency, 'PO currency', d.po_currency, 'billed price', money(d.unit_price), 'PO price', money(d.po_price)) AS compared,
  'CUR02' AS billed_field, b.currency AS billed_value, 'currency' AS po_field, d.po_currency AS po_value
FROM three_way.doubtful d
JOIN three_way.bill b ON b.turn = d.turn
WHERE d.other_currency AND d.line_id NOT IN (SELECT line_id FROM three_way.price_beyond);
