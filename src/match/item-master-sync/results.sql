-- What people read, and what goes out. A field goes only to a system that does not own it.

CREATE TABLE differences AS
SELECT item, system, seller, entry, field, owner, owner_value, target, target_value, base AS before,
  CASE state WHEN 'changed' THEN 'changed by ' || target || ', which does not own it' ELSE 'differs' END AS kind
FROM compared
WHERE state <> 'agrees';

-- Entries that lead to an item by other ways than the numbers both sides keep. Nothing becomes a cross-reference by itself.
CREATE TABLE cross_references AS
SELECT system, coalesce(seller, '') AS seller, entry, item, coalesce(items, '') AS candidates, rung_name AS found_by, agrees, disagrees,
  CASE
    WHEN item_count = 0 THEN 'none'
    WHEN item_count > 1 THEN 'ambiguous'
    WHEN disagrees IS NOT NULL THEN 'low'
    WHEN contains(agrees, ',') THEN 'high'
    ELSE 'medium'
  END AS confidence
FROM mapping m
WHERE item_count <> 1 OR disagrees IS NOT NULL
  OR CASE WHEN system = 'supplier' THEN NOT EXISTS (FROM candidate c WHERE c.id = m.id AND c.rung IN (2, 3) AND c.item = m.item)
    ELSE rung NOT IN (1, 3) END
QUALIFY row_number() OVER (PARTITION BY system, seller, entry, items ORDER BY id) = 1;

CREATE TABLE erp_change AS
SELECT item, field, owner_value AS value, system,
  CASE WHEN state = 'changed' THEN 'OWN-VIOLATION' ELSE 'ITEM-DIFFERS' END AS needs_code,
  json_object('item', item, 'supplier', seller, 'field', field, 'other', system)::VARCHAR AS needs_keys,
  CASE WHEN state = 'changed' THEN 'reject-change' ELSE 'load' END AS needs_decisions
FROM compared
-- A unit of stock is never changed under stock that is there; two suppliers that say different things are one too many.
WHERE state <> 'agrees' AND target = 'erp' AND field <> 'base_uom'
QUALIFY min(comparable(field, owner_value)) OVER (PARTITION BY item, field) = max(comparable(field, owner_value)) OVER (PARTITION BY item, field)
  AND row_number() OVER (PARTITION BY item, field ORDER BY system, seller) = 1;

CREATE TABLE list_change AS
SELECT system, item, entry, 'update' AS action, field, owner_value AS value,
  CASE WHEN state = 'changed' THEN 'OWN-VIOLATION' ELSE 'ITEM-DIFFERS' END AS needs_code,
  json_object('item', item, 'supplier', seller, 'field', field, 'other', system)::VARCHAR AS needs_keys,
  CASE WHEN state = 'changed' THEN 'reject-change' ELSE 'load' END AS needs_decisions
FROM compared
WHERE state <> 'agrees' AND target <> 'erp'
UNION ALL
SELECT a.system, a.item, NULL, 'create', a.field, a.value, 'ITEM-MISSING', json_object('item', a.item, 'other', a.system)::VARCHAR, 'load'
FROM fields_of('absent') a
JOIN (SELECT unnest(map_entries(ownership), recursive := true) FROM night) o ON o.key = a.field AND o.value NOT IN (a.system, 'none')
WHERE a.value <> ''
UNION ALL
SELECT m.system, m.told, m.entry, 'update', 'status', 'inactive', 'ITEM-EXTRA',
  json_object('item', m.told, 'identifier', m.entry, 'other', m.system)::VARCHAR, 'deactivate'
FROM mapping m JOIN entry e ON e.id = m.id CROSS JOIN night n
WHERE m.item_count = 0 AND m.told IS NOT NULL AND m.system <> 'supplier' AND n.ownership['status'] NOT IN (m.system, 'none')
  AND coalesce(e.status, 'active') = 'active';

-- Loads have a column a field, of which each row fills the one that is decided on.
CREATE MACRO in_columns(source) AS TABLE
SELECT *, CASE WHEN field = 'description' THEN value END AS description, CASE WHEN field = 'base_uom' THEN value END AS base_uom,
  CASE WHEN field = 'manufacturer' THEN value END AS manufacturer, CASE WHEN field = 'manufacturer_part' THEN value END AS manufacturer_part,
  CASE WHEN field = 'gtin' THEN value END AS gtin, CASE WHEN field = 'ndc' THEN value END AS ndc, CASE WHEN field = 'hibc' THEN value END AS hibc,
  CASE WHEN field = 'category' THEN value END AS category, CASE WHEN field = 'status' THEN upper(value[1]) || value[2:] END AS status
FROM query_table(source);

CREATE TABLE erp_item_load AS FROM in_columns('erp_change');
CREATE TABLE list_item_load AS FROM in_columns('list_change');

INSERT INTO outcome
SELECT 1, 'Agree', 'fields of items on which owner and other say the same', count(*) FILTER (state = 'agrees'), NULL FROM compared
UNION ALL
SELECT 2, 'Differ', 'fields that say something else than their owner', count(*) FILTER (state = 'differs'), NULL FROM compared
UNION ALL
SELECT 3, 'Changed by others', 'fields that a system changed which does not own them', count(*) FILTER (state = 'changed'), NULL FROM compared
UNION ALL
SELECT 4, 'Missing', 'active items that a list lacks', count(*), NULL FROM absent
UNION ALL
SELECT 5, 'Without an item', 'entries of catalogues and lists that lead to no item, or to several',
  count(DISTINCT id) FILTER (item_count <> 1), NULL FROM mapping;

-- An entry that is an item in two masters is one entry; one that is not clear in either is not clear.
INSERT INTO control_total BY NAME
WITH entries AS (
  SELECT id, system, min(item_count) AS fewest, max(item_count) AS most, bool_or(told IS NOT NULL) AS is_told FROM mapping GROUP BY id, system
)
SELECT 1 AS place, CASE WHEN system = 'supplier' THEN 'Supplier catalogues' ELSE system END AS section,
  'entries' AS name, 'count' AS measure, count(*) AS taken,
  count(*) FILTER (fewest = 1 AND most = 1) AS matched,
  count(*) FILTER (most > 1 OR most = 0 AND (system <> 'supplier' OR is_told OR unknown_parts = 'report')) AS in_exception,
  count(*) FILTER (most = 0 AND system = 'supplier' AND NOT is_told AND unknown_parts <> 'report') AS waiting
FROM entries CROSS JOIN night
GROUP BY system;
