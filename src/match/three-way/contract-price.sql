-- PRICE-CONTRACT: the billed price against the contract line in force on the PO date: same supplier and item, not on hold, the smallest
-- priority number first (then the later start, then the lower price).
-- At risk: the difference times the quantity, less what INV-PRICE already counts on the line.

CREATE TABLE three_way.contract_line AS
WITH in_force AS (
  SELECT j.line_id, j.turn, j.po_id, j.uom, j.unit_price, j.per, j.factor, j.base, j.amount, p.line_number, p.item, p.po_date,
    three_way.po_name(p.po_number, p.release) AS po_name,
    c.contract, c.uom AS contract_uom, c.unit_price AS contract_price, c.source_file, c.source_record,
    three_way.factor_of(c.uom, p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)::DECIMAL(12, 4) AS contract_factor
  FROM three_way.judged j
  JOIN three_way.po p ON p.po_id = j.po_id
  JOIN contract_price c
    ON c.supplier = p.supplier AND c.item = p.item
    AND p.po_date >= c.effective_from AND p.po_date <= coalesce(c.effective_to, DATE '9999-12-31')
    AND NOT coalesce(c.on_hold, false)
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = c.uom
  LEFT JOIN three_way.generic g ON g.from_uom = c.uom AND g.to_uom = p.base_uom
  WHERE j.base <> 0 AND j.per IS NOT NULL
  -- A contract in the billed unit itself needs no conversion and goes before one that does.
  QUALIFY row_number() OVER (
    PARTITION BY j.line_id
    ORDER BY coalesce(c.priority, 2147483647), c.effective_from DESC, c.uom <> j.uom, contract_factor IS NULL, c.unit_price, c.contract
  ) = 1
)
SELECT *,
  unit_price::DECIMAL(20, 6) * contract_factor AS billed_cross,
  contract_price::DECIMAL(20, 6) * per * factor AS contract_cross
FROM in_force;

INSERT INTO three_way.raised BY NAME
WITH gap AS (
  SELECT c.*, c.billed_cross > c.contract_cross AS is_over,
    CASE WHEN c.billed_cross > c.contract_cross THEN a.over_text ELSE a.under_text END AS tolerance,
    three_way.price_ratio(c.contract_cross, c.contract_factor::DECIMAL(19, 4)) AS contract_price_as_billed,
    coalesce(three_way.worth(abs(c.base), c.unit_price, c.per, c.factor), 9999999999999999.99)
      - coalesce(three_way.worth(abs(c.base), c.contract_price, 1, c.contract_factor), 0) AS difference,
    CASE WHEN b.is_over THEN b.difference ELSE 0 END AS counted_by_price,
    b.line_id IS NOT NULL AND b.expected_price = contract_price_as_billed AS is_said
  FROM three_way.contract_line c
  JOIN three_way.scope s ON s.po_id = c.po_id
  JOIN three_way.allowed a ON a.rule = 'contract-price' AND a.company = s.company AND a.supplier = s.supplier AND a.category = s.category AND a.item = s.item
  LEFT JOIN three_way.price_beyond b ON b.line_id = c.line_id
  WHERE c.contract_factor IS NOT NULL AND c.billed_cross <> c.contract_cross
    AND CASE WHEN c.billed_cross > c.contract_cross
      THEN three_way.beyond(c.billed_cross - c.contract_cross, c.contract_cross, a.over_mode, a.over_percent, a.over_absolute * c.contract_factor::DECIMAL(19, 4), a.over_combine)
      ELSE three_way.beyond(c.contract_cross - c.billed_cross, c.contract_cross, a.under_mode, a.under_percent, a.under_absolute * c.contract_factor::DECIMAL(19, 4), a.under_combine) END
)
SELECT 'PRICE-CONTRACT' AS code, g.turn, g.line_id, g.po_id, g.contract,
  CASE WHEN g.is_over THEN greatest(g.difference - g.counted_by_price, 0) ELSE abs(g.difference) END::DECIMAL(18, 2) AS amount,
  g.po_name || ' line ' || g.line_number || ', item ' || g.item || ': billed at ' || three_way.money(g.unit_price) || ' per ' || three_way.priced_unit(l.price_basis, g.uom)
    || ', contract ' || g.contract || ' says ' || three_way.money(g.contract_price) || ' per ' || g.contract_uom || ' on ' || g.po_date || ', the date of the PO' AS message,
  json_object('billed price', three_way.money(g.unit_price), 'contract price', three_way.money(g.contract_price_as_billed),
    'contract price as agreed', three_way.money(g.contract_price) || ' per ' || g.contract_uom, 'contract', g.contract, 'PO date', g.po_date::VARCHAR) AS compared,
  g.tolerance, 'IT104' AS billed_field, three_way.plain(g.unit_price) AS billed_value, 'po_date' AS po_field, g.po_date::VARCHAR AS po_value,
  {file: g.source_file, record: g.source_record, field: 'unit_price', value: three_way.plain(g.contract_price)} AS other
FROM gap g
JOIN invoice_line l ON l.rowid = g.line_id
-- Where the contract agrees with the PO, INV-PRICE has said it all.
WHERE NOT g.is_said;

-- A contract price per a unit that cannot be converted is not compared, and not passed over either.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-UOM' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount,
  po_name || ' line ' || line_number || ', item ' || item || ': contract ' || contract || ' is priced per ' || contract_uom || ', billed in ' || uom
    || ', and nothing says how one becomes the other' AS message,
  json_object('billed unit', uom, 'contract unit', contract_uom, 'contract', contract) AS compared,
  'IT103' AS billed_field, uom AS billed_value,
  {file: source_file, record: source_record, field: 'uom', value: contract_uom} AS other
FROM three_way.contract_line
WHERE contract_factor IS NULL AND line_id NOT IN (SELECT line_id FROM three_way.raised WHERE code = 'INV-UOM');
