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

CREATE MACRO three_way.contract_gap_of(source) AS TABLE
SELECT c.*, c.contract_billed_cross > c.contract_cross AS is_over, abs(c.contract_billed_cross - c.contract_cross) AS gap,
  CASE WHEN c.contract_billed_cross > c.contract_cross THEN a.over_text ELSE a.under_text END AS tolerance,
  three_way.amount(abs(c.amount)) - coalesce(worth(abs(c.base), c.contract_price, 1, c.contract_factor), 0) AS difference,
  CASE WHEN b.is_over THEN b.difference ELSE 0 END AS counted_by_price,
  c.contract_billed_cross <> c.contract_cross
    -- Where the contract agrees with the PO, INV-PRICE has said it all.
    AND (b.line_id IS NULL OR b.expected_price IS DISTINCT FROM c.expected_price)
    AND CASE WHEN c.contract_billed_cross > c.contract_cross
      THEN beyond(c.contract_billed_cross - c.contract_cross, c.contract_cross, a.over_mode, a.over_percent,
        a.over_absolute * c.contract_factor::DECIMAL(19, 4), a.over_combine)
      ELSE beyond(c.contract_cross - c.contract_billed_cross, c.contract_cross, a.under_mode, a.under_percent,
        a.under_absolute * c.contract_factor::DECIMAL(19, 4), a.under_combine) END AS is_beyond
FROM query_table(source) c
JOIN three_way.allowed a ON a.rule = 'contract-price' AND a.scope = c.scope
LEFT JOIN three_way.price_beyond b ON b.line_id = c.line_id;
CREATE TABLE three_way.contract_gap AS FROM three_way.contract_gap_of('three_way.contract_line') WHERE is_beyond;

-- Contract lines of the same priority, unit and day that say another price: of lines that tie none goes first. A price that one of them has is
-- right until somebody settles it (PRICE-OVERLAP of contract-price-sync), and a price that none has is held against the nearest.
CREATE VIEW three_way.contract_tied AS
SELECT l.* REPLACE (c.contract AS contract, c.unit_price AS contract_price, c.source_file AS source_file, c.source_record AS source_record,
  c.unit_price::DECIMAL(20, 6) * l.per * l.factor AS contract_cross,
  price_ratio(c.unit_price::DECIMAL(20, 6) * l.per * l.factor, l.contract_factor::DECIMAL(16, 4)) AS expected_price)
FROM three_way.contract_line l
JOIN three_way.contract_price c
  ON c.supplier = l.contract_supplier AND c.item = l.item AND c.uom = l.contract_uom AND coalesce(c.priority, 2147483647) = l.contract_turn
  AND l.po_date >= c.effective_from AND l.po_date <= coalesce(c.effective_to, DATE '9999-12-31')
  AND NOT coalesce(c.on_hold, false) AND c.unit_price <> l.contract_price
WHERE l.line_id IN (SELECT line_id FROM three_way.contract_gap);

INSERT INTO three_way.raised BY NAME
WITH held_against AS MATERIALIZED (FROM three_way.contract_gap UNION ALL FROM three_way.contract_gap_of('three_way.contract_tied')),
tie AS (
  SELECT line_id, bool_and(is_beyond) AS is_beyond, string_agg(contract || ' ' || money(contract_price), ', ' ORDER BY contract_price, contract) AS all_told
  FROM held_against
  GROUP BY line_id
  HAVING count(*) > 1
)
SELECT 'PRICE-CONTRACT' AS code, turn, c.line_id, po_id, contract,
  CASE WHEN is_over THEN greatest(difference - counted_by_price, 0) ELSE abs(difference) END::DECIMAL(18, 2) AS amount,
  name || ': billed at ' || money(unit_price) || ' per ' || three_way.priced_unit(price_basis, uom) || ', contract ' || contract || ' says '
    || money(contract_price) || ' per ' || contract_uom || ' on ' || po_date || ', the date of the PO'
    || coalesce(', and is the nearest of those that tie (' || all_told || ')', '') AS message,
  json_merge_patch(json_object('billed price', money(unit_price), 'contract price', money(expected_price),
    'contract price as agreed', money(contract_price) || ' per ' || contract_uom, 'contract', contract, 'PO date', po_date::VARCHAR),
    CASE WHEN all_told IS NULL THEN '{}' ELSE json_object('contracts that tie', all_told) END) AS compared,
  tolerance, 'IT104' AS billed_field, plain(unit_price) AS billed_value, 'po_date' AS po_field, po_date::VARCHAR AS po_value,
  {file: source_file, record: source_record, field: 'unit_price', value: plain(contract_price)} AS other
FROM held_against c
LEFT JOIN tie t ON t.line_id = c.line_id
WHERE coalesce(t.is_beyond, true)
QUALIFY row_number() OVER (PARTITION BY c.line_id ORDER BY gap, contract_price, contract) = 1;

-- A contract price per a unit that cannot be converted is not compared, and not passed over either.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-UOM' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount,
  name || ': contract ' || contract || ' is priced per ' || contract_uom || ', billed in ' || uom || ', and nothing says how one becomes the other' AS message,
  json_object('billed unit', uom, 'contract unit', contract_uom, 'contract', contract) AS compared,
  'IT103' AS billed_field, uom AS billed_value,
  {file: source_file, record: source_record, field: 'uom', value: contract_uom} AS other
FROM three_way.contract_line
WHERE contract_factor IS NULL AND line_id NOT IN (SELECT line_id FROM three_way.raised WHERE code = 'INV-UOM');
