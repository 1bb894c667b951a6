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

-- Items an identifier stands for on a day. Without an entry of the cross-reference, the ERP's own number is meant.
-- `source` names a relation with identifier and used_on; the result has each pair of them once, as far as some item is meant.
CREATE MACRO items_meant(source) AS TABLE
WITH asked AS (
  SELECT DISTINCT identifier, used_on FROM query_table(source)
), found AS (
  SELECT a.identifier, a.used_on, x.item
  FROM asked a
  JOIN item_xref x ON x.identifier = a.identifier
    AND a.used_on BETWEEN coalesce(x.effective_from, a.used_on) AND coalesce(x.effective_to, a.used_on)
  UNION ALL
  SELECT a.identifier, a.used_on, i.item
  FROM asked a JOIN item i ON i.item = a.identifier
  WHERE a.identifier NOT IN (SELECT identifier FROM item_xref)
)
SELECT identifier, used_on, count(DISTINCT item) AS items, min(item) AS item, string_agg(DISTINCT item, ', ' ORDER BY item) AS named
FROM found
GROUP BY identifier, used_on;

CREATE TABLE place_meant AS
SELECT location, company, count(*) OVER (PARTITION BY location) AS companies, name, coalesce(nullif(facility, ''), company) AS facility,
  nullif(cost_center, '') AS cost_center, coalesce(nullif(stock_location, ''), location) AS stock_location
FROM location
WHERE status = 'active'
QUALIFY row_number() OVER (PARTITION BY company, location ORDER BY source_file, source_record) = 1;
