CREATE TABLE differences AS
SELECT supplier, field, owner, shown(field, owner_value) AS owner_value, target, shown(field, target_value) AS target_value,
  CASE state WHEN 'changed' THEN 'changed by ' || target || ', which does not own it' ELSE 'differs' END AS kind, system, entry
FROM compared
WHERE state <> 'agrees';

-- How long it took from a vendor being asked for to its being active; of those that are not yet, how long it has taken so far.
CREATE TABLE activation AS
SELECT e.system, e.entry, m.supplier, e.name, e.requested_on, e.activated_on, (coalesce(e.activated_on, n.as_of) - e.requested_on)::INTEGER AS days,
  CASE WHEN e.activated_on IS NULL THEN 'not active yet' ELSE 'active' END AS state
FROM entry e JOIN mapping m ON m.id = e.id CROSS JOIN night n
WHERE e.requested_on IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY e.system, e.entry ORDER BY e.id) = 1;

-- A field goes only to a system that does not own it. Terms and remit-to belong to the sites of a vendor, which people keep.
CREATE TABLE erp_change AS
SELECT c.supplier, c.entry, 'UPDATE' AS action, v.name AS current_name, c.field, c.owner_value AS value,
  CASE c.state WHEN 'changed' THEN 'OWN-VIOLATION' ELSE 'VENDOR-DIFFERS' END AS needs_code,
  json_object('supplier', c.supplier, 'field', c.field, 'other', c.system)::VARCHAR AS needs_keys,
  CASE c.state WHEN 'changed' THEN 'reject-change' ELSE 'load' END AS needs_decisions
FROM compared c JOIN erp_vendor v ON v.supplier = c.supplier
WHERE c.state <> 'agrees' AND c.target = 'erp' AND (c.field IN ('name', 'tax_id') OR c.field = 'status' AND c.owner_value = 'inactive')
UNION ALL
SELECT coalesce(nullif(m.told, ''), m.entry), m.entry, 'CREATE', m.name, f.field, f.value, 'VENDOR-MISSING',
  json_object('supplier', m.told, 'identifier', m.entry, 'other', 'erp')::VARCHAR, 'load'
FROM mapping m JOIN fields_of('entry') f ON f.id = m.id CROSS JOIN night n
WHERE m.vendors = 0 AND m.system = n.record AND f.field IN ('name', 'tax_id') AND f.value <> '' AND m.name <> '';

CREATE TABLE list_change AS
SELECT system, supplier, entry, 'update' AS action, field, owner_value AS value,
  CASE state WHEN 'changed' THEN 'OWN-VIOLATION' ELSE 'VENDOR-DIFFERS' END AS needs_code,
  json_object('supplier', supplier, 'field', field, 'other', system)::VARCHAR AS needs_keys,
  CASE state WHEN 'changed' THEN 'reject-change' ELSE 'load' END AS needs_decisions
FROM compared
WHERE state <> 'agrees' AND target <> 'erp'
UNION ALL
SELECT a.system, a.supplier, NULL, 'create', a.field, a.value, 'VENDOR-MISSING',
  json_object('supplier', a.supplier, 'other', a.system)::VARCHAR, 'load'
FROM fields_of('absent') a
JOIN (SELECT unnest(map_entries(ownership), recursive := true) FROM night) o ON o.key = a.field AND o.value NOT IN (a.system, 'none')
WHERE a.value <> '';

CREATE MACRO in_columns(source) AS TABLE
SELECT *, CASE WHEN field = 'name' THEN value END AS name, CASE WHEN field = 'tax_id' THEN value END AS tax_id,
  CASE WHEN field = 'remit_to' THEN value END AS remit_to,
  CASE WHEN field = 'terms' THEN value END AS terms, CASE WHEN field = 'status' THEN value END AS status
FROM query_table(source);

CREATE TABLE erp_vendor_load AS
SELECT * REPLACE (CASE WHEN action = 'UPDATE' THEN name END AS name), CASE WHEN status = 'inactive' THEN as_of END AS end_date
FROM in_columns('erp_change') CROSS JOIN night;
CREATE TABLE list_vendor_load AS FROM in_columns('list_change');

INSERT INTO outcome
SELECT 1, 'Agree', 'fields of vendors on which owner and other say the same', count(*) FILTER (state = 'agrees'), NULL FROM compared
UNION ALL
SELECT 2, 'Differ', 'fields that say something else than their owner', count(*) FILTER (state = 'differs'), NULL FROM compared
UNION ALL
SELECT 3, 'Changed by others', 'fields that a system changed which does not own them, and bank accounts without an approved change',
  count(*) FILTER (state = 'changed') + (SELECT count(*) FROM bank_state WHERE is_changed), NULL FROM compared
UNION ALL
SELECT 4, 'Without a vendor', 'entries that lead to no vendor, or to several', count(*) FILTER (vendors <> 1), NULL FROM mapping
UNION ALL
SELECT 5, 'Documents missing or expired', 'of vendors in use', count(*) FILTER (state IN ('missing', 'expired')), NULL FROM evidence_checklist;

INSERT INTO control_total BY NAME
SELECT 1 AS place, m.system AS section, 'entries' AS name, 'count' AS measure, count(*) AS taken, count(*) FILTER (vendors = 1) AS matched,
  count(*) FILTER (vendors > 1 OR vendors = 0 AND coalesce(e.status, 'active') = 'active') AS in_exception,
  count(*) FILTER (vendors = 0 AND coalesce(e.status, 'active') <> 'active') AS waiting
FROM mapping m JOIN entry e ON e.id = m.id
GROUP BY m.system;
