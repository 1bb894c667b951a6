-- Field by field: what the owner of a field says against what the others hold. Suppliers are held against the ERP, and the ERP against the
-- lists of other systems; what its owner says of a field goes before what the ERP says. A value its owner does not tell is not compared.

-- What counts in a field.
CREATE MACRO comparable(field, value) AS
  CASE WHEN field IN ('description', 'category', 'status', 'base_uom') THEN same_text(value) ELSE bare_id(value) END;

CREATE MACRO fields_of(source) AS TABLE
SELECT unnest([
  {field: 'description', value: description}, {field: 'base_uom', value: base_uom}, {field: 'manufacturer', value: manufacturer},
  {field: 'manufacturer_part', value: manufacturer_part}, {field: 'gtin', value: gtin}, {field: 'ndc', value: ndc}, {field: 'hibc', value: hibc},
  {field: 'category', value: category}, {field: 'status', value: status}
], recursive := true), s.* EXCLUDE (description, base_uom, manufacturer, manufacturer_part, gtin, ndc, hibc, category, status)
FROM query_table(source) s;

-- The entry that speaks for an item in its system: the lowest, where several are the same item (XREF and ITEM-DUPLICATE tell of them).
CREATE TABLE spoken AS
SELECT m.item, e.*
FROM mapping m JOIN entry e ON e.id = m.id
LEFT JOIN erp_item i ON i.item = m.item
WHERE m.item IS NOT NULL
-- A supplier's GTIN is that of the unit it offers; only that of the base unit is a field of the item.
QUALIFY row_number() OVER (PARTITION BY e.system, coalesce(e.seller, ''), m.item ORDER BY e.uom IS DISTINCT FROM i.base_uom, e.entry, e.id) = 1;

-- What each system says of the fields it keeps; a field that a list fills for no item is none of its fields. A supplier's GTIN is that of the
-- unit it offers, and of the item only where the item is kept in that unit.
CREATE TABLE said AS
SELECT t.*
FROM (SELECT * FROM fields_of('spoken')) t JOIN erp_item i ON i.item = t.item
WHERE (t.field <> 'gtin' OR t.uom IS NULL OR t.uom = i.base_uom)
QUALIFY t.system = 'supplier' OR count(nullif(t.value, '')) OVER (PARTITION BY t.system, t.field) > 0;

-- What the owner of a field says, where it is not the ERP and says one thing.
CREATE TABLE owner_said AS
SELECT s.item, s.field, min(s.value) AS value
FROM said s
JOIN (SELECT unnest(map_entries(ownership), recursive := true) FROM night) o ON o.key = s.field AND o.value = s.system
WHERE s.value <> '' AND (s.field <> 'gtin' OR is_gtin(s.value))
GROUP BY s.item, s.field
HAVING count(DISTINCT comparable(s.field, s.value)) = 1;

CREATE TABLE pair AS
SELECT t.item, t.field, t.system, coalesce(t.seller, '') AS seller, t.entry, t.who, o.value AS owner,
  CASE WHEN o.value = t.system THEN 'erp' ELSE t.system END AS target,
  CASE WHEN o.value = t.system THEN t.value ELSE coalesce(w.value, e.value) END AS owner_value,
  CASE WHEN o.value = t.system THEN e.value ELSE t.value END AS target_value,
  t.source_file, t.source_record, t.value AS their_value, e.source_file AS item_file, e.source_record AS item_record, e.value AS item_value
FROM said t
JOIN (SELECT unnest(map_entries(ownership), recursive := true) FROM night) o ON o.key = t.field
JOIN (SELECT * FROM fields_of('erp_item')) e ON e.item = t.item AND e.field = t.field
LEFT JOIN owner_said w ON w.item = t.item AND w.field = t.field
-- A supplier speaks only of what it owns.
WHERE o.value <> 'none' AND (t.system <> 'supplier' OR o.value = 'supplier')
  AND (t.field <> 'gtin' OR is_gtin(CASE WHEN o.value = t.system THEN t.value ELSE coalesce(w.value, e.value) END));

-- base: what the target held when both last agreed, or when it was first seen; owner_before: what the owner said last night.
CREATE TABLE compared AS
SELECT p.*, r.base,
  CASE
    WHEN comparable(p.field, p.owner_value) = comparable(p.field, coalesce(p.target_value, '')) THEN 'agrees'
    WHEN r.base IS NULL THEN 'differs'
    WHEN comparable(p.field, coalesce(p.target_value, '')) IN (comparable(p.field, r.base), comparable(p.field, r.owner_before)) THEN 'differs'
    ELSE 'changed'
  END AS state
FROM pair p
LEFT JOIN (
  SELECT row ->> 'item' AS item, row ->> 'system' AS system, row ->> 'seller' AS seller, row ->> 'field' AS field,
    row ->> 'base' AS base, row ->> 'owner_value' AS owner_before
  FROM remembered WHERE result = 'item_memory'
) r ON r.item = p.item AND r.system = p.system AND r.seller = p.seller AND r.field = p.field
WHERE coalesce(comparable(p.field, p.owner_value), '') <> '';

-- What we have loaded, and what the target takes over by itself, is no change of its own: it moves the base.
CREATE TABLE item_memory AS
SELECT item, system, seller, field, owner_value,
  CASE WHEN state = 'changed' THEN base ELSE coalesce(target_value, '') END AS base
FROM compared;

INSERT INTO finding BY NAME
SELECT CASE WHEN state = 'changed' THEN 'OWN-VIOLATION' ELSE 'ITEM-DIFFERS' END AS code,
  json_object('item', item, 'supplier', seller, 'field', field, 'other', system)::VARCHAR AS keys, 0 AS amount,
  'Item ' || item || ', ' || replace(field, '_', ' ') || ': ' || owner || ' owns it and says ' || owner_value || '; ' || target
    || CASE WHEN coalesce(target_value, '') = '' THEN ' has nothing' ELSE ' has ' || target_value END
    || CASE WHEN state = 'changed' THEN ', changed there from ' || coalesce(nullif(base, ''), 'nothing') ELSE '' END AS message,
  json_object('field', field, 'owner', owner, 'owner says', owner_value, 'found in', target, 'found', target_value,
    'before', CASE WHEN state = 'changed' THEN base END)::VARCHAR AS compared,
  places([place(item_file, item_record, field, item_value), place(source_file, source_record, field, their_value)]) AS evidence
FROM compared
WHERE state <> 'agrees';
