-- What of the usage the ERP's inventory transactions show: by the usage they name, else by case and item, line for line as far as they reach.
CREATE TABLE issue AS
SELECT t.*, (t.taken * coalesce(nullif(t.uom_factor, 0), k.factor))::DECIMAL(38, 8) AS base, s.unit_cost, s.factor AS stock_factor
FROM (SELECT *, CASE kind WHEN 'pick' THEN quantity ELSE -quantity END AS taken FROM inventory_transaction WHERE kind IN ('issue', 'pick')) t
LEFT JOIN pack k ON k.item = t.item AND k.uom = t.uom
LEFT JOIN stock s ON s.company = t.company AND s.location = t.location AND s.item = t.item;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('item', item, 'uom', uom, 'document', min(document))::VARCHAR AS keys, 0 AS amount,
  'Unit ' || uom || ' of item ' || item || ', on ' || count(*) || ' inventory transactions, has no way to the base unit' AS message,
  json_object('unit', uom)::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'unit', uom) ORDER BY source_file, source_record)[:20]) AS evidence
FROM issue
WHERE base IS NULL
GROUP BY item, uom;

CREATE TABLE state_of_usage AS
WITH direct AS (
  SELECT usage FROM issue WHERE coalesce(usage, '') <> '' GROUP BY usage
), by_case AS (
  SELECT case_hash, item, sum(base) AS base FROM issue
  WHERE coalesce(case_hash, '') <> '' AND coalesce(usage, '') = '' AND base IS NOT NULL
  GROUP BY case_hash, item
), reach AS (
  SELECT u.*, d.usage IS NOT NULL AS is_named, c.base AS issued,
    sum(u.base) FILTER (d.usage IS NULL AND u.unclear IS NULL) OVER (PARTITION BY u.case_hash, u.item ORDER BY u.usage_row) AS used_so_far
  FROM used u
  LEFT JOIN direct d ON d.usage = u.usage
  LEFT JOIN by_case c ON c.case_hash = u.case_hash AND c.item = u.item
),
-- A line that they reach in part is to be issued for what is left of it, and costs that.
covered AS (
  SELECT *, is_named OR coalesce(unclear IS NULL AND used_so_far <= issued, false) AS is_posted,
    CASE WHEN is_named OR unclear IS NOT NULL OR base <= 0 OR issued IS NULL THEN 0
      ELSE greatest(least(issued - (used_so_far - base), base), 0) END::DECIMAL(38, 8) AS covered
  FROM reach
)
SELECT * REPLACE (CASE WHEN is_posted OR covered = 0 THEN cost
    ELSE coalesce(extended(in_units((base - covered)::DECIMAL(37, 8), stock_factor), unit_cost, 1), 0)::DECIMAL(18, 2) END AS cost),
  (base - covered)::DECIMAL(38, 8) AS rest
FROM covered;
