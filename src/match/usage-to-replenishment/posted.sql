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
)
SELECT *, is_named OR coalesce(unclear IS NULL AND used_so_far <= issued, false) AS is_posted FROM reach;
