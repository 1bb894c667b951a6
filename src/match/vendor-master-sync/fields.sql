-- Field by field, as its owner says it; base is what the target held when both last agreed or it was first seen.
CREATE MACRO comparable(field, value) AS CASE WHEN field IN ('name', 'status') THEN same_text(value) ELSE bare_id(value) END;
CREATE MACRO shown(field, value) AS CASE WHEN field = 'tax_id' THEN masked(value) ELSE value END;

CREATE MACRO fields_of(source) AS TABLE
SELECT unnest([{field: 'name', value: name}, {field: 'tax_id', value: tax_id}, {field: 'remit_to', value: remit_to}, {field: 'terms', value: terms},
  {field: 'status', value: status}], recursive := true), s.* EXCLUDE (name, tax_id, remit_to, terms, status)
FROM query_table(source) s;

CREATE TABLE spoken AS
SELECT e.* EXCLUDE (supplier), m.supplier
FROM mapping m JOIN entry e ON e.id = m.id
WHERE m.supplier IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY e.system, m.supplier ORDER BY e.entry, e.id) = 1;

-- A field that a list fills for no vendor is none of its fields.
CREATE TABLE said AS
SELECT * FROM fields_of('spoken')
QUALIFY count(nullif(value, '')) OVER (PARTITION BY system, field) > 0;

CREATE TABLE compared AS
WITH pair AS (
  SELECT t.supplier, t.field, t.system, t.entry, o.value AS owner, CASE WHEN o.value = t.system THEN 'erp' ELSE t.system END AS target,
    CASE WHEN o.value = t.system THEN t.value ELSE e.value END AS owner_value,
      coalesce(CASE WHEN o.value = t.system THEN e.value ELSE t.value END, '') AS target_value,
    t.source_file, t.source_record, t.value AS their_value, e.source_file AS vendor_file, e.source_record AS vendor_record, e.value AS vendor_value
  FROM said t
  JOIN (SELECT unnest(map_entries(ownership), recursive := true) FROM night) o ON o.key = t.field AND o.value IN ('erp', t.system)
  JOIN (SELECT * FROM fields_of('erp_vendor')) e ON e.supplier = t.supplier AND e.field = t.field
)
SELECT p.*, r.base,
  CASE
    WHEN comparable(p.field, p.owner_value) = comparable(p.field, p.target_value) THEN 'agrees'
    WHEN r.base IS NULL OR comparable(p.field, p.target_value) IN (comparable(p.field, r.base), comparable(p.field, r.owner_before)) THEN 'differs'
    ELSE 'changed'
  END AS state
FROM pair p
LEFT JOIN (
  SELECT row ->> 'supplier' AS supplier, row ->> 'system' AS system, row ->> 'field' AS field, row ->> 'base' AS base,
    row ->> 'owner_value' AS owner_before
  FROM remembered WHERE result = 'vendor_memory'
) r ON r.supplier = p.supplier AND r.system = p.system AND r.field = p.field
WHERE coalesce(comparable(p.field, p.owner_value), '') <> '';

INSERT INTO finding BY NAME
SELECT CASE WHEN state = 'changed' THEN 'OWN-VIOLATION' ELSE 'VENDOR-DIFFERS' END AS code,
  json_object('supplier', supplier, 'field', field, 'other', system)::VARCHAR AS keys, 0 AS amount,
  'Vendor ' || supplier || ', ' || replace(field, '_', ' ') || ': ' || owner || ' owns it and says ' || shown(field, owner_value) || '; ' || target
    || CASE WHEN target_value = '' THEN ' has nothing' ELSE ' has ' || shown(field, target_value) END
    || CASE WHEN state = 'changed' THEN ', changed there from ' || coalesce(nullif(shown(field, base), ''), 'nothing') ELSE '' END AS message,
  json_object('field', field, 'owner', owner, 'owner says', shown(field, owner_value), 'found in', target,
    'found', shown(field, target_value))::VARCHAR AS compared,
  places([place(vendor_file, vendor_record, field, shown(field, vendor_value)),
    place(source_file, source_record, field, shown(field, their_value))]) AS evidence
FROM compared
WHERE state <> 'agrees';
