-- INV-PRICE: the billed unit price against the PO's, both brought to base units by multiplying crosswise, so nothing is rounded:
--   billed / (per x factor)  and  PO / (PO per x PO factor)   compare as   billed x PO per x PO factor  and  PO x per x factor.
-- At risk: the difference times the billed quantity.

-- Only lines whose price differs at all; equal price, unit and basis need no arithmetic.
CREATE TABLE three_way.price_gap AS
SELECT j.*,
  unit_price::DECIMAL(20, 6) * po_per * po_factor AS billed_cross,
  po_price::DECIMAL(20, 6) * per * factor AS po_cross,
  po_per::DECIMAL(19, 0) * po_factor AS cross_unit
FROM three_way.judged j
WHERE base <> 0 AND per IS NOT NULL AND po_per IS NOT NULL
  AND NOT (unit_price = po_price AND factor = po_factor AND per = po_per)
  AND unit_price::DECIMAL(20, 6) * po_per * po_factor <> po_price::DECIMAL(20, 6) * per * factor;

-- Prices as invoices write them: PO price in the invoice's unit and basis, rounded to 6 decimals for the reader only.
CREATE TABLE three_way.price_beyond AS
SELECT g.line_id, g.turn, g.po_id, g.uom, g.unit_price, l.price_basis, p.item, p.line_number, three_way.po_name(p.po_number, p.release) AS po_name,
  three_way.price_ratio(g.po_cross, g.cross_unit) AS expected_price,
  p.unit_price AS po_price, p.uom AS po_uom,
  g.billed_cross > g.po_cross AS is_over,
  coalesce(three_way.worth(abs(g.base), g.unit_price, g.per, g.factor), 9999999999999999.99)
    - coalesce(three_way.worth(abs(g.base), g.po_price, g.po_per, g.po_factor), 0) AS difference,
  CASE WHEN g.billed_cross > g.po_cross THEN a.over_text ELSE a.under_text END AS tolerance
FROM three_way.price_gap g
JOIN three_way.scope s ON s.po_id = g.po_id
JOIN three_way.allowed a ON a.rule = 'price' AND a.company = s.company AND a.supplier = s.supplier AND a.category = s.category AND a.item = s.item
JOIN invoice_line l ON l.rowid = g.line_id
JOIN three_way.po p ON p.po_id = g.po_id
WHERE CASE WHEN g.billed_cross > g.po_cross
  THEN three_way.beyond(g.billed_cross - g.po_cross, g.po_cross, a.over_mode, a.over_percent, a.over_absolute * g.cross_unit, a.over_combine)
  ELSE three_way.beyond(g.po_cross - g.billed_cross, g.po_cross, a.under_mode, a.under_percent, a.under_absolute * g.cross_unit, a.under_combine) END;

INSERT INTO three_way.raised BY NAME
SELECT 'INV-PRICE' AS code, turn, line_id, po_id, abs(three_way.amount(difference)) AS amount,
  po_name || ' line ' || line_number || coalesce(', item ' || item, '') || ': billed at ' || three_way.money(unit_price) || ' per ' || three_way.priced_unit(price_basis, uom)
    || ', ordered at ' || coalesce(three_way.money(expected_price), three_way.money(po_price) || ' per ' || po_uom)
    || CASE WHEN is_over THEN ': too high by ' ELSE ': too low by ' END || three_way.money(abs(three_way.amount(difference))) || ' on this line' AS message,
  json_object('billed price', three_way.money(unit_price), 'PO price', three_way.money(expected_price),
    'PO price as ordered', three_way.money(po_price) || ' per ' || po_uom) AS compared,
  tolerance, 'IT104' AS billed_field, three_way.plain(unit_price) AS billed_value, 'unit_price' AS po_field, three_way.plain(po_price) AS po_value
FROM three_way.price_beyond;

-- Amounts in two currencies cannot be compared; the line is held for its whole amount.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-PRICE' AS code, j.turn, j.line_id, j.po_id, three_way.amount(j.amount) AS amount,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || ': billed in ' || b.currency || ', ordered in ' || p.currency AS message,
  json_object('billed currency', b.currency, 'PO currency', p.currency, 'billed price', three_way.money(j.unit_price), 'PO price', three_way.money(p.unit_price)) AS compared,
  'CUR02' AS billed_field, b.currency AS billed_value, 'currency' AS po_field, p.currency AS po_value
FROM three_way.judged j
JOIN three_way.bill b ON b.turn = j.turn
JOIN three_way.po p ON p.po_id = j.po_id
WHERE j.other_currency AND j.line_id NOT IN (SELECT line_id FROM three_way.price_beyond);
