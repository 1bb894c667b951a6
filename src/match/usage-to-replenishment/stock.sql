-- What the usage that the ERP does not show yet does to its stock, and what has to be ordered.
CREATE TABLE effect AS
SELECT s.*, coalesce(u.pending, 0)::DECIMAL(38, 8) AS pending, (s.on_hand - coalesce(u.pending, 0))::DECIMAL(38, 8) AS after_usage,
  coalesce(u.lines, 0) AS lines,
  u.usage_file, u.usage_record
FROM stock s
LEFT JOIN (
  SELECT company, stock_location, item, sum(rest) AS pending, count(*) AS lines, min(source_file) AS usage_file,
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

-- What takes the place of an inactive item on the shelf, by what people said. `status` is that of the successor in the ERP, NULL where it is not
-- there. Two of them are none.
CREATE TABLE successor AS
WITH item_status AS (
  SELECT item, CASE WHEN bool_and(status = 'inactive') THEN 'inactive' ELSE 'active' END AS status FROM item GROUP BY item
), named AS (
  SELECT DISTINCT i.item, x.target, x.reference
  FROM item_status i CROSS JOIN night n
  LEFT JOIN cross_reference x ON x.kind = 'item' AND x.scope IN ('all', 'partner') AND coalesce(x.type, '') IN ('', 'buyer-item')
    AND x.identifier_key = bare_id(i.item) AND x.target <> i.item
    AND n.as_of BETWEEN coalesce(x.effective_from, n.as_of) AND coalesce(x.effective_to, n.as_of)
  WHERE i.status = 'inactive' AND i.item IN (SELECT item FROM effect)
)
SELECT n.item, CASE WHEN count(DISTINCT n.target) = 1 THEN min(n.target) END AS successor,
  string_agg(DISTINCT n.target, ' and ' ORDER BY n.target) AS said,
  string_agg(DISTINCT n.reference, ', ' ORDER BY n.reference) AS reference, min(s.status) AS status
FROM named n LEFT JOIN item_status s ON s.item = n.target
GROUP BY n.item;

-- Whom it is ordered from and in which unit: the contract in force tonight, the smallest priority first. An inactive item is ordered as its
-- successor; a shelf that keeps the successor too is filled by the par of that one.
CREATE TABLE proposal AS
WITH low AS (
  SELECT e.*, i.item IS NOT NULL AS is_inactive, i.said, i.reference,
    CASE WHEN i.successor IS NOT NULL THEN of_no_use(i.successor, i.status) END AS useless,
    CASE WHEN i.item IS NULL THEN e.item WHEN i.status = 'active' THEN i.successor END AS order_item
  FROM effect e LEFT JOIN successor i ON i.item = e.item
  WHERE e.is_active AND e.after_usage + e.on_order <= e.reorder_point
), offered AS (
  SELECT l.*, p.base_uom AS order_base, c.supplier AS order_supplier, c.vendor_item, c.uom AS order_uom,
    c.unit_price, k.factor AS order_factor, c.contract,
    c.source_file AS contract_file, c.source_record AS contract_record,
    -- What is missing, in base units of what is ordered. NULL: the successor is counted in a unit that nothing leads to.
    (TRY_CAST(l.par - l.after_usage - l.on_order AS DECIMAL(26, 8)) * b.factor)::DECIMAL(38, 8) AS need
  FROM low l CROSS JOIN night n
  LEFT JOIN contract_price c ON c.item = l.order_item AND NOT coalesce(c.on_hold, false)
    AND (l.is_inactive OR c.supplier = coalesce(l.supplier, c.supplier))
    AND n.as_of BETWEEN c.effective_from AND coalesce(c.effective_to, n.as_of)
  LEFT JOIN product p ON p.item = l.order_item
  LEFT JOIN pack k ON k.item = l.order_item AND k.uom = c.uom
  LEFT JOIN pack b ON b.item = l.order_item AND b.uom = l.base_uom
  WHERE NOT (l.is_inactive AND EXISTS (FROM effect o WHERE o.company = l.company AND o.location = l.location
    AND o.item = l.order_item AND o.is_active))
  QUALIFY row_number() OVER (PARTITION BY l.company, l.location, l.item
    ORDER BY c.supplier IS DISTINCT FROM l.supplier, c.priority NULLS LAST, c.effective_from DESC NULLS LAST, c.supplier, c.contract, c.uom) = 1
)
SELECT *,
  -- Whole order units, as many as it takes.
  CASE WHEN order_factor > 0 THEN (((need * 100000000)::HUGEINT + (order_factor * 10000)::HUGEINT * 10000 - 1)
    // ((order_factor * 10000)::HUGEINT * 10000))::DECIMAL(18, 0) END AS order_quantity
FROM offered;

INSERT INTO finding BY NAME
SELECT 'STOCK-REORDER' AS code, json_object('company', company, 'location', location, 'item', item)::VARCHAR AS keys,
  coalesce(extended(order_quantity, unit_price, 1), 0)::DECIMAL(18, 2) AS amount,
  'Item ' || item || ' at ' || location || ' of company ' || company || ': ' || plain(after_usage) || ' ' || base_uom || ' after usage'
    || CASE WHEN on_order > 0 THEN ' and ' || plain(on_order) || ' on order' ELSE '' END || ', reorder point ' || plain(reorder_point) || ', par '
    || plain(par) || CASE
      WHEN order_item IS NULL THEN '; the item is inactive in the ERP, and '
        || coalesce('its successor is item ' || useless || ' (' || reference || ')',
        'people said that items ' || said || ' take its place, which is not clear', 'nobody has said what takes its place') || ': nothing is ordered'
      WHEN order_supplier IS NULL THEN '; no contract in force says whom to order '
        || CASE WHEN is_inactive THEN 'item ' || order_item || ', which takes its place (' || reference || '), ' ELSE '' END || 'from'
      WHEN order_factor IS NULL THEN '; the contract unit ' || order_uom || ' has no way to the base unit'
      WHEN order_quantity IS NULL THEN '; nothing says how many ' || order_base || ' of item ' || order_item
        || ', which takes its place (' || reference || '), one ' || base_uom || ' is'
      WHEN order_quantity <= 0 THEN '; nothing to order up to par'
      ELSE '; order ' || order_quantity || ' ' || order_uom || CASE WHEN is_inactive THEN ' of item ' || order_item
        || ', which takes its place (' || reference || '),' ELSE '' END || ' from vendor ' || order_supplier END AS message,
  json_object('on hand', plain(on_hand), 'used and not issued', plain(pending), 'after usage', plain(after_usage),
    'on order', plain(on_order), 'reorder point', plain(reorder_point), 'par', plain(par),
    'ordered as', CASE WHEN is_inactive THEN order_item END, 'unit path',
    coalesce('1 ' || order_uom || ' = ' || plain(order_factor) || ' ' || order_base, order_uom))::VARCHAR AS compared,
  places([place(source_file, source_record, 'on hand', plain(on_hand)),
    CASE WHEN contract_file IS NOT NULL THEN place(contract_file, contract_record, 'contract', contract) END]) AS evidence
FROM proposal;
