-- What the usage that the ERP does not show yet does to its stock, and what has to be ordered.
CREATE TABLE effect AS
SELECT s.*, coalesce(u.pending, 0)::DECIMAL(38, 8) AS pending, (s.on_hand - coalesce(u.pending, 0))::DECIMAL(38, 8) AS after_usage, coalesce(u.lines, 0) AS lines,
  u.usage_file, u.usage_record
FROM stock s
LEFT JOIN (
  SELECT company, stock_location, item, sum(base) AS pending, count(*) AS lines, min(source_file) AS usage_file,
    min_by(source_record, usage_row) AS usage_record
  FROM judged WHERE is_pending GROUP BY ALL
) u ON u.company = s.company AND u.stock_location = s.location AND u.item = s.item
WHERE s.factor IS NOT NULL;

INSERT INTO finding BY NAME
SELECT 'USE-NEGATIVE-STOCK' AS code, json_object('company', company, 'location', location, 'item', item)::VARCHAR AS keys,
  coalesce(extended(in_units(least(-after_usage, pending)::DECIMAL(37, 8), factor), unit_cost, 1), 0)::DECIMAL(18, 2) AS amount,
  'Item ' || item || ' at ' || location || ' of company ' || company || ': ' || plain(pending) || ' ' || base_uom || ' used, '
    || plain(on_hand) || ' on hand, which leaves ' || plain(after_usage) AS message,
  json_object('on hand', plain(on_hand), 'used and not issued', plain(pending), 'after usage', plain(after_usage))::VARCHAR AS compared,
  places([place(source_file, source_record, 'on hand', plain(on_hand)), place(usage_file, usage_record, 'usage', plain(pending))]) AS evidence
FROM effect
WHERE pending > 0 AND after_usage < 0;

-- Whom it is ordered from and in which unit: the contract in force tonight, the smallest priority first.
CREATE TABLE proposal AS
WITH low AS (
  SELECT * FROM effect WHERE is_active AND after_usage + on_order <= reorder_point
), offered AS (
  SELECT l.*, c.supplier AS order_supplier, c.vendor_item, c.uom AS order_uom, c.unit_price, k.factor AS order_factor, c.contract,
    c.source_file AS contract_file, c.source_record AS contract_record
  FROM low l CROSS JOIN night n
  LEFT JOIN contract_price c ON c.item = l.item AND NOT coalesce(c.on_hold, false) AND c.supplier = coalesce(l.supplier, c.supplier)
    AND n.as_of BETWEEN c.effective_from AND coalesce(c.effective_to, n.as_of)
  LEFT JOIN pack k ON k.item = l.item AND k.uom = c.uom
  QUALIFY row_number() OVER (PARTITION BY l.company, l.location, l.item
    ORDER BY c.priority NULLS LAST, c.effective_from DESC NULLS LAST, c.supplier, c.contract, c.uom) = 1
)
SELECT *, (par - after_usage - on_order)::DECIMAL(38, 8) AS need,
  -- Whole order units, as many as it takes.
  CASE WHEN order_factor > 0 THEN ((((par - after_usage - on_order)::DECIMAL(38, 8) * 100000000)::HUGEINT + (order_factor * 10000)::HUGEINT * 10000 - 1)
    // ((order_factor * 10000)::HUGEINT * 10000))::DECIMAL(18, 0) END AS order_quantity
FROM offered;

INSERT INTO finding BY NAME
SELECT 'STOCK-REORDER' AS code, json_object('company', company, 'location', location, 'item', item)::VARCHAR AS keys,
  coalesce(extended(order_quantity, unit_price, 1), 0)::DECIMAL(18, 2) AS amount,
  'Item ' || item || ' at ' || location || ' of company ' || company || ': ' || plain(after_usage) || ' ' || base_uom || ' after usage'
    || CASE WHEN on_order > 0 THEN ' and ' || plain(on_order) || ' on order' ELSE '' END || ', reorder point ' || plain(reorder_point) || ', par '
    || plain(par) || CASE
      WHEN order_supplier IS NULL THEN '; no contract in force says whom to order from'
      WHEN order_quantity IS NULL THEN '; the contract unit ' || order_uom || ' has no way to the base unit'
      WHEN order_quantity <= 0 THEN '; nothing to order up to par'
      ELSE '; order ' || order_quantity || ' ' || order_uom || ' from vendor ' || order_supplier END AS message,
  json_object('after usage', plain(after_usage), 'on order', plain(on_order), 'reorder point', plain(reorder_point), 'par', plain(par),
    'unit path', coalesce('1 ' || order_uom || ' = ' || plain(order_factor) || ' ' || base_uom, order_uom))::VARCHAR AS compared,
  places([place(source_file, source_record, 'on hand', plain(on_hand)),
    CASE WHEN contract_file IS NOT NULL THEN place(contract_file, contract_record, 'contract', contract) END]) AS evidence
FROM proposal;
