-- PRICE-CONTRACT: the billed price against the contract line in force on the PO date (contracts.sql).
-- At risk: the difference times the quantity, less what INV-PRICE already counts on the line.

CREATE TABLE three_way.contract_line AS
SELECT d.*, c.* EXCLUDE (po_id),
  d.unit_price::DECIMAL(20, 6) * c.contract_factor AS contract_billed_cross,
  c.contract_price::DECIMAL(20, 6) * d.per * d.factor AS contract_cross,
  price_ratio(c.contract_price::DECIMAL(20, 6) * d.per * d.factor, c.contract_factor::DECIMAL(16, 4)) AS expected_price
FROM three_way.doubtful d
JOIN three_way.contracted c ON c.po_id = d.po_id
WHERE d.base <> 0 AND d.per IS NOT NULL;

INSERT INTO three_way.raised BY NAME
WITH gap AS (
  SELECT c.*, c.contract_billed_cross > c.contract_cross AS is_over,
    CASE WHEN c.contract_billed_cross > c.contract_cross THEN a.over_text ELSE a.under_text END AS tolerance,
    three_way.amount(abs(c.amount)) - coalesce(worth(abs(c.base), c.contract_price, 1, c.contract_factor), 0) AS difference,
    CASE WHEN b.is_over THEN b.difference ELSE 0 END AS counted_by_price
  FROM three_way.contract_line c
  JOIN three_way.allowed a ON a.rule = 'contract-price' AND a.scope = c.scope
  LEFT JOIN three_way.price_beyond b ON b.line_id = c.line_id
  WHERE c.contract_billed_cross <> c.contract_cross
    -- Where the contract agrees with the PO, INV-PRICE has said it all.
    AND (b.line_id IS NULL OR b.expected_price IS DISTINCT FROM c.expected_price)
    AND CASE WHEN c.contract_billed_cross > c.contract_cross
      THEN beyond(c.contract_billed_cross - c.contract_cross, c.contract_cross, a.over_mode, a.over_percent,
        a.over_absolute * c.contract_factor::DECIMAL(19, 4), a.over_combine)
      ELSE beyond(c.contract_cross - c.contract_billed_cross, c.contract_cross, a.under_mode, a.under_percent,
        a.under_absolute * c.contract_factor::DECIMAL(19, 4), a.under_combine) END
)
SELECT 'PRICE-CONTRACT' AS code, turn, line_id, po_id, contract,
  CASE WHEN is_over THEN greatest(difference - counted_by_price, 0) ELSE abs(difference) END::DECIMAL(18, 2) AS amount,
  name || ': billed at ' || money(unit_price) || ' per ' || three_way.priced_unit(price_basis, uom) || ', contract ' || contract || ' says '
    || money(contract_price) || ' per ' || contract_uom || ' on ' || po_date || ', the date of the PO' AS message,
  json_object('billed price', money(unit_price), 'contract price', money(expected_price),
    'contract price as agreed', money(contract_price) || ' per ' || contract_uom, 'contract', contract, 'PO date', po_date::VARCHAR) AS compared,
  tolerance, 'IT104' AS billed_field, plain(unit_price) AS billed_value, 'po_date' AS po_field, po_date::VARCHAR AS po_value,
  {file: source_file, record: source_record, field: 'unit_price', value: plain(contract_price)} AS other
FROM gap;

-- A contract price per a unit that cannot be converted is not compared, and not passed over either.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-UOM' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount,
  name || ': contract ' || contract || ' is priced per ' || contract_uom || ', billed in ' || uom || ', and nothing says how one becomes the other' AS message,
  json_object('billed unit', uom, 'contract unit', contract_uom, 'contract', contract) AS compared,
  'IT103' AS billed_field, uom AS billed_value,
  {file: source_file, record: source_record, field: 'uom', value: contract_uom} AS other
FROM three_way.contract_line
WHERE contract_factor IS NULL AND line_id NOT IN (SELECT line_id FROM three_way.raised WHERE code = 'INV-UOM');
