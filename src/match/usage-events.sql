-- Usage events once, and what identifiers and locations of clinical systems mean in the ERP. A matcher that looks at usage has this, after
-- units.sql, among its first rules.

-- The same event twice: one id, one line of a case, or one serial of an item. The first that was documented stands.
CREATE TABLE usage_event AS
SELECT *, usage_row = least(first_of_usage, first_of_line, first_of_serial) AS is_first,
  least(first_of_usage, first_of_line, first_of_serial) AS first_row
FROM (
  SELECT *, min(usage_row) OVER (PARTITION BY usage) AS first_of_usage, min(usage_row) OVER (PARTITION BY case_hash, line) AS first_of_line,
    CASE WHEN coalesce(serial, '') = '' OR quantity <= 0 THEN usage_row
      ELSE min(usage_row) OVER (PARTITION BY identifier, serial, quantity > 0) END AS first_of_serial
  FROM (
    SELECT * EXCLUDE (documented_on), coalesce(documented_on, used_on) AS documented_on,
      row_number() OVER (ORDER BY coalesce(documented_on, used_on), usage, case_hash, line, source_file, source_record) AS usage_row
    FROM usage_line
  )
);

-- What people said of identifiers of clinical systems: of the systems the job takes extracts from, or of everybody's. The successor of an item
-- of ours is for those who order and offer: what was used came from the shelf, where the old one may still lie.
CREATE TABLE system_reference AS
SELECT * REPLACE (CASE scope WHEN 'all' THEN '' ELSE 'system' END AS partner) FROM cross_reference
WHERE scope = 'system' OR scope = 'all' AND NOT (coalesce(type, '') = 'buyer-item' AND identifier_key IN (SELECT bare_id(item) FROM item));
CREATE TABLE identifier_asked AS
SELECT DISTINCT 'system' AS partner, NULL::VARCHAR AS type, bare_id(identifier) AS key, identifier, used_on AS on_day
FROM (SELECT identifier, used_on FROM usage_line UNION ALL SELECT identifier, service_date FROM charge_line);
CREATE TABLE identifier_referenced AS
SELECT a.identifier, a.on_day AS used_on, r.item, r.reference, r.item IN (SELECT item FROM item) AS is_known
FROM items_referenced('identifier_asked', 'system_reference', (SELECT as_of FROM night)) r
JOIN identifier_asked a ON a.key = r.key AND a.on_day = r.on_day;

-- Items an identifier stands for on a day: what the ERP's own cross-reference says; where it says nothing, what people said; where nobody
-- says anything, the ERP's own number is meant.
-- `source` names a relation with identifier and used_on; the result has each pair of them once, as far as some item is meant.
CREATE MACRO items_meant(source) AS TABLE
WITH asked AS (
  SELECT DISTINCT identifier, used_on FROM query_table(source)
), by_erp AS (
  SELECT a.identifier, a.used_on, x.item
  FROM asked a
  JOIN item_xref x ON x.identifier = a.identifier
    AND a.used_on BETWEEN coalesce(x.effective_from, a.used_on) AND coalesce(x.effective_to, a.used_on)
), found AS (
  FROM by_erp
  UNION ALL
  SELECT a.identifier, a.used_on, r.item
  FROM asked a JOIN identifier_referenced r ON r.identifier = a.identifier AND r.used_on = a.used_on AND r.is_known
  WHERE (a.identifier, a.used_on) NOT IN (SELECT (identifier, used_on) FROM by_erp)
  UNION ALL
  SELECT a.identifier, a.used_on, i.item
  FROM asked a JOIN item i ON i.item = a.identifier
  WHERE a.identifier NOT IN (SELECT identifier FROM item_xref) AND a.identifier NOT IN (SELECT identifier FROM identifier_referenced WHERE is_known)
)
SELECT identifier, used_on, count(DISTINCT item) AS items, min(item) AS item, string_agg(DISTINCT item, ', ' ORDER BY item) AS named
FROM found
GROUP BY identifier, used_on;

CREATE TABLE place_meant AS
WITH in_force AS (
  SELECT x.* FROM system_reference x CROSS JOIN night n WHERE n.as_of BETWEEN coalesce(x.effective_from, n.as_of)
    AND coalesce(x.effective_to, n.as_of)
), place AS (
  SELECT location, company, name, coalesce(nullif(facility, ''), company) AS facility, nullif(cost_center, '') AS cost_center,
    coalesce(nullif(stock_location, ''), location) AS stock_location
  FROM location
  WHERE status = 'active'
  QUALIFY row_number() OVER (PARTITION BY company, location ORDER BY source_file, source_record) = 1
), known_as AS (
  FROM place
  UNION ALL
  -- Under another name, where the ERP has no location of that name.
  SELECT DISTINCT u.location, p.* EXCLUDE (location)
  FROM usage_line u
  JOIN in_force x ON x.kind = 'location' AND x.identifier_key = bare_id(u.location)
  JOIN place p ON p.location = x.target AND coalesce(x.company, '') IN ('', p.company)
  WHERE u.location NOT IN (SELECT location FROM place)
), posts_to AS (
  -- The ERP's cost centre of a location goes before what people said.
  SELECT identifier_key, coalesce(company, '') AS company, min(target) AS cost_center
  FROM in_force WHERE kind = 'cost-center'
  GROUP BY ALL HAVING count(DISTINCT target) = 1
)
SELECT k.location, k.company, count(*) OVER (PARTITION BY k.location) AS companies, k.name, k.facility,
  coalesce(k.cost_center, o.cost_center, e.cost_center) AS cost_center, k.stock_location
FROM known_as k
LEFT JOIN posts_to o ON o.identifier_key = bare_id(k.location) AND o.company = k.company
LEFT JOIN posts_to e ON e.identifier_key = bare_id(k.location) AND e.company = '';
