-- Whose an entry is, as cross-references name it: the partner, the vendor number, the system.
CREATE TABLE entry_asked AS
SELECT DISTINCT e.id, whose.partner, n.type, id_key(n.type, n.said) AS key, night.as_of AS on_day
FROM entry e CROSS JOIN night
JOIN (
  SELECT id, coalesce(seller, system) AS partner FROM entry
  UNION SELECT e.id, v.partner FROM entry e JOIN seller s ON s.id = e.id JOIN partner_vendor v ON v.supplier = s.supplier
  UNION SELECT id, supplier FROM seller
) whose ON whose.id = e.id
JOIN (
  SELECT id, unnest([
    {type: CASE system WHEN 'supplier' THEN 'vendor-item' END, said: entry}, {type: 'manufacturer-part', said: manufacturer_part},
    {type: 'gtin', said: gtin}, {type: 'ndc', said: ndc}, {type: 'hibc', said: hibc}
  ], recursive := true) FROM entry
) n ON n.id = e.id
WHERE n.said <> '';

-- The item master that an item belongs to, by its extract: ERPs that number on their own each have one, and an entry may be an item in each.
CREATE TABLE item_master AS SELECT item, min(source_file) AS master FROM item GROUP BY item;

-- What people said takes the place of an inactive item, for those who name it in an offer or an order. `status` is that of the successor in the
-- ERP, NULL where it is not there.
CREATE TABLE inactive_asked AS
WITH named AS (
  SELECT DISTINCT n.named_by, n.item
  FROM (SELECT seller AS named_by, told AS item FROM entry WHERE system = 'supplier' UNION ALL SELECT supplier, item
    FROM po_line WHERE status = 'open') n
  JOIN erp_item i ON i.item = n.item AND i.status = 'inactive'
)
SELECT n.named_by, n.item, whose.partner, 'buyer-item' AS type, id_key('buyer-item', n.item) AS key, night.as_of AS on_day
FROM named n CROSS JOIN night
JOIN (
  SELECT named_by, named_by AS partner FROM named
  UNION SELECT n.named_by, v.partner FROM named n JOIN partner_vendor v ON v.supplier = n.named_by
  UNION SELECT n.named_by, v.supplier FROM named n JOIN partner_vendor v ON v.partner = n.named_by
) whose ON whose.named_by = n.named_by;

CREATE TABLE successor AS
SELECT a.named_by, a.item, min(r.item) AS successor, min(r.reference) AS reference, min(i.status) AS status
FROM inactive_asked a
JOIN items_referenced('inactive_asked', 'cross_reference', (SELECT as_of FROM night)) r
  ON r.partner = a.partner AND r.type = a.type AND r.key = a.key AND r.on_day = a.on_day AND r.item <> a.item
LEFT JOIN erp_item i ON i.item = r.item
GROUP BY a.named_by, a.item
HAVING count(DISTINCT r.item) = 1;

-- Which ERP item an entry is. The first rung on which any item of a master is found decides; what the others say is told beside it.
CREATE TABLE candidate AS
SELECT DISTINCT c.id, c.rung, c.rung_name, c.item, m.master
FROM (
  SELECT e.id, 1 AS rung, CASE WHEN s.status IS NULL THEN 'item number' ELSE 'successor' END AS rung_name,
    CASE WHEN s.status IS NULL THEN i.item ELSE s.successor END AS item
  FROM entry e JOIN erp_item i ON i.item = e.told
  LEFT JOIN successor s ON e.system = 'supplier' AND s.named_by = e.seller AND s.item = i.item
  UNION ALL
  SELECT e.id, 2, 'supplier part', k.item
  FROM entry e JOIN seller s ON s.id = e.id JOIN known_part k ON k.supplier = s.supplier AND k.part = bare_id(e.entry)
  UNION ALL
  SELECT e.id, 3, 'cross-reference', r.item FROM entry_asked e JOIN items_referenced('entry_asked', 'cross_reference', (SELECT as_of FROM night)) r
    ON r.partner = e.partner AND r.type IS NOT DISTINCT FROM e.type AND r.key = e.key AND r.on_day = e.on_day
  UNION ALL
  SELECT e.id, 4, 'manufacturer part', i.item
  FROM entry e JOIN identity i ON i.kind = 'manufacturer part' AND i.value = bare_id(e.manufacturer) || ' ' || bare_id(e.manufacturer_part)
  ANTI JOIN common_identity c ON c.kind = i.kind AND c.value = i.value AND c.source_file = i.source_file
  UNION ALL
  -- 832 names no manufacturer: then the part number has to do.
  SELECT e.id, 4, 'manufacturer part', i.item
  FROM (FROM entry WHERE coalesce(bare_id(manufacturer), '') = '' AND bare_id(manufacturer_part) NOT IN (SELECT part FROM common_part)) e
  JOIN erp_item i ON bare_id(i.manufacturer_part) = bare_id(e.manufacturer_part)
  WHERE bare_id(e.manufacturer_part) <> ''
  UNION ALL
  SELECT e.id, 5, 'GTIN', i.item FROM entry e JOIN identity i ON i.kind = 'GTIN' AND i.value = e.gtin
  ANTI JOIN common_identity c ON c.kind = i.kind AND c.value = i.value AND c.source_file = i.source_file
  UNION ALL
  SELECT e.id, 6, 'NDC', i.item FROM entry e JOIN erp_item i ON bare_id(i.ndc) = bare_id(e.ndc) WHERE bare_id(e.ndc) <> ''
  UNION ALL
  SELECT e.id, 6, 'NDC', i.item FROM entry e JOIN erp_item i ON ndc11(i.ndc) = ndc11(e.ndc) WHERE bare_id(e.ndc) <> ''
  UNION ALL
  SELECT e.id, 7, 'HIBC', i.item FROM entry e JOIN erp_item i ON hibc_primary(i.hibc) = hibc_primary(e.hibc) WHERE bare_id(e.hibc) <> ''
) c
JOIN item_master m ON m.item = c.item;

-- A row for each master in which the entry is an item; an entry that bears an item number is that item and no other.
CREATE TABLE mapping AS
SELECT e.id, e.system, e.seller, e.entry, e.told, e.who, e.source_file, e.source_record, b.rung, b.rung_name, b.items,
  CASE WHEN b.item_count = 1 THEN b.item END AS item, coalesce(b.item_count, 0) AS item_count,
  (SELECT string_agg(DISTINCT c.rung_name, ', ' ORDER BY c.rung_name) FROM candidate c
    WHERE c.id = e.id AND b.item_count = 1 AND c.item = b.item) AS agrees,
  (SELECT string_agg(DISTINCT c.rung_name || ' says ' || c.item, ', ' ORDER BY c.rung_name || ' says ' || c.item) FROM candidate c
    WHERE c.id = e.id AND c.master = b.master AND b.item_count = 1 AND c.item <> b.item
      AND c.rung_name NOT IN (SELECT a.rung_name FROM candidate a WHERE a.id = e.id AND a.item = b.item)) AS disagrees
FROM entry e
LEFT JOIN (
  SELECT id, master, rung, min(rung_name) AS rung_name, count(*) AS item_count, min(item) AS item, string_agg(item, ', ' ORDER BY item) AS items
  FROM candidate
  GROUP BY id, master, rung
  QUALIFY rung = min(rung) OVER (PARTITION BY id, master) AND (rung = 1 OR min(rung) OVER (PARTITION BY id) > 1)
) b ON b.id = e.id;

-- The ERP's own numbers are used; that people said otherwise is for them to settle.
INSERT INTO finding BY NAME
SELECT 'XREF-AMBIGUOUS' AS code, json_object('supplier', m.seller, 'identifier', m.entry, 'other', m.system,
  'field', 'cross-reference')::VARCHAR AS keys, 0 AS amount,
  upper(m.who[1]) || m.who[2:] || ' is item ' || min(m.item) || ' by its ' || min(m.rung_name) || ', which is used, and '
    || min(c.item) || ' by a cross-reference' AS message,
  json_object('found by', min(m.rung_name), 'erp', min(m.item), 'cross-reference', min(c.item))::VARCHAR AS compared,
  places([place(min(m.source_file), min(m.source_record), min(m.rung_name), m.entry)]) AS evidence
FROM mapping m
JOIN item_master i ON i.item = m.item
JOIN candidate c ON c.id = m.id AND c.rung_name = 'cross-reference' AND c.item <> m.item AND c.master = i.master
WHERE m.rung < 3
GROUP BY m.seller, m.entry, m.system, m.who;

INSERT INTO finding BY NAME
SELECT 'XREF-AMBIGUOUS' AS code, json_object('supplier', seller, 'identifier', entry, 'other', system)::VARCHAR AS keys, 0 AS amount,
  upper(who[1]) || who[2:] || ' is by its ' || min(rung_name) || ' any of the items '
    || string_agg(DISTINCT items, ' and ' ORDER BY items) AS message,
  json_object('found by', min(rung_name), 'items', string_agg(DISTINCT items, ' and ' ORDER BY items))::VARCHAR AS compared,
  places([place(min(source_file), min(source_record), min(rung_name), entry)]) AS evidence
FROM mapping
WHERE item_count > 1
GROUP BY seller, entry, system, who;

-- XREF-ITEM: no identifier leads to an item. ITEM-EXTRA: the entry bears an item number, which the ERP does not have.
INSERT INTO finding BY NAME
SELECT CASE WHEN told IS NOT NULL AND system <> 'supplier' THEN 'ITEM-EXTRA' ELSE 'XREF-ITEM' END AS code,
  json_object('item', min(told), 'supplier', seller, 'identifier', entry, 'other', system)::VARCHAR AS keys, 0 AS amount,
  upper(who[1]) || who[2:] || CASE WHEN min(told) IS NULL
    THEN ' leads to no item of the ERP: neither its part numbers nor GTIN, NDC or HIBC are known there'
    ELSE ' is item ' || min(told) || ', which the ERP does not have' END AS message,
  json_object('item', min(told), 'entry', entry)::VARCHAR AS compared,
  places([place(min(source_file), min(source_record), 'item', coalesce(min(told), entry))]) AS evidence
FROM mapping CROSS JOIN night
WHERE item_count = 0 AND (system <> 'supplier' OR told IS NOT NULL OR unknown_parts = 'report')
GROUP BY seller, entry, system, who, told IS NOT NULL;

-- XREF-UOM: a unit from which nothing leads to the base unit of the item. ITEM-DIFFERS: a pack of another size than the item master says.
CREATE TABLE unit_of_entry AS
SELECT e.id, e.system, e.seller, e.entry, e.who, m.item, e.uom,
  CASE WHEN coalesce(e.factor_uom, i.base_uom) = i.base_uom THEN e.uom_factor END AS uom_factor, i.base_uom, e.source_file, e.source_record,
  u.source_file AS item_file, u.source_record AS item_record,
  CASE WHEN e.uom = i.base_uom THEN 1 ELSE coalesce(nullif(u.factor, 0), c.factor) END AS factor
FROM entry e
JOIN mapping m ON m.id = e.id AND m.item IS NOT NULL
JOIN erp_item i ON i.item = m.item
LEFT JOIN (SELECT item, uom, max(factor) AS factor, min(gtin) AS gtin, min(source_file) AS source_file, min(source_record) AS source_record
  FROM item_uom GROUP BY item, uom) u ON u.item = m.item AND u.uom = e.uom
LEFT JOIN (SELECT from_uom, to_uom, min(factor) AS factor FROM unit_conversion GROUP BY from_uom, to_uom HAVING min(factor) = max(factor)) c
  ON c.from_uom = e.uom AND c.to_uom = i.base_uom
WHERE e.uom IS NOT NULL;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('supplier', seller, 'item', item, 'identifier', entry, 'uom', uom,
  'other', system)::VARCHAR AS keys, 0 AS amount,
  upper(who[1]) || who[2:] || ' (item ' || item || ') is in ' || uom || ', and nothing says how many ' || base_uom || ' that is' AS message,
  json_object('unit', uom, 'base unit of the item', base_uom)::VARCHAR AS compared,
  places([place(source_file, source_record, 'uom', uom)]) AS evidence
FROM unit_of_entry
WHERE system = 'supplier' AND factor IS NULL;

-- A unit whose ways to the base unit do not agree, or that is so many of itself over others: nothing is converted by it.
INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('item', c.item, 'uom', c.uom, 'other', 'units')::VARCHAR AS keys, 0 AS amount,
  'Item ' || c.item || ': ' || c.said || CASE WHEN c.uom = c.base_uom THEN ', so that nothing can be converted over these units'
    ELSE '; the unit is not converted until they agree' END AS message,
  json_object('unit', c.uom, 'base unit', c.base_uom, 'ways that disagree', c.said)::VARCHAR AS compared,
  places(list_transform(list_sort(coalesce(list({file: u.source_file, record: u.source_record, factor: u.factor}) FILTER (u.item IS NOT NULL), [])),
    p -> place(p.file, p.record, 'factor', plain(p.factor)))) AS evidence
FROM unit_conflict c
LEFT JOIN item_uom u ON u.item = c.item AND u.uom = c.uom AND u.factor > 0
GROUP BY c.item, c.uom, c.base_uom, c.said;

INSERT INTO finding BY NAME
SELECT 'ITEM-DIFFERS' AS code, json_object('supplier', seller, 'item', item, 'identifier', entry, 'field',
  'uom_factor', 'uom', uom, 'other', 'erp')::VARCHAR AS keys,
  0 AS amount,
  'Item ' || item || ', ' || who || ': one ' || uom || ' is ' || plain(uom_factor) || ' ' || base_uom
    || ' in the catalogue, ' || plain(factor) || ' in the ERP' AS message,
  json_object('catalogue', plain(uom_factor), 'erp', plain(factor), 'unit', uom)::VARCHAR AS compared,
  places([place(source_file, source_record, 'uom_factor', plain(uom_factor)),
    CASE WHEN item_file IS NOT NULL THEN place(item_file, item_record, 'factor', plain(factor)) END]) AS evidence
FROM unit_of_entry
WHERE uom_factor <> factor;
