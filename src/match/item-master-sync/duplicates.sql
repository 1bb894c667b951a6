-- ITEM-DUPLICATE: two active items of one master with one manufacturer part, or with one GTIN on any pack level. One finding a pair. What two
-- ERPs that number on their own each have is no duplicate: nobody can merge it.
INSERT INTO finding BY NAME
WITH shared AS (
  SELECT 'manufacturer part' AS by, coalesce(manufacturer, '') || ' ' || manufacturer_part AS shown,
    bare_id(manufacturer) || ' ' || bare_id(manufacturer_part) AS value, item
  FROM erp_item WHERE bare_id(manufacturer) <> '' AND bare_id(manufacturer_part) <> ''
  UNION ALL
  SELECT 'GTIN', gtin, gtin, item FROM item_gtin
),
active AS (SELECT DISTINCT s.*, i.source_file AS master FROM shared s JOIN item i ON i.item = s.item AND i.status = 'active')
SELECT 'ITEM-DUPLICATE' AS code, json_object('item', a.item, 'other', b.item)::VARCHAR AS keys, 0 AS amount,
  'Items ' || a.item || ' (' || coalesce(min(i.description), '') || ') and ' || b.item || ' (' || coalesce(min(j.description), '') || ') share '
    || string_agg(DISTINCT a.by || ' ' || a.shown, ', ' ORDER BY a.by || ' ' || a.shown) AS message,
  json_object('shared', string_agg(DISTINCT a.by || ' ' || a.shown, ', ' ORDER BY a.by || ' ' || a.shown),
    'base units', min(i.base_uom) || ', ' || min(j.base_uom))::VARCHAR AS compared,
  places([place(min(i.source_file), min(i.source_record), 'item', a.item), place(min(j.source_file), min(j.source_record), 'item', b.item)]) AS evidence
FROM active a
JOIN active b ON b.by = a.by AND b.value = a.value AND b.master = a.master AND a.item < b.item
JOIN erp_item i ON i.item = a.item
JOIN erp_item j ON j.item = b.item
GROUP BY a.item, b.item;

-- A GTIN names one pack: where packs of two sizes have it, nobody can tell from it how many are in one.
INSERT INTO finding BY NAME
SELECT 'ITEM-DUPLICATE' AS code, json_object('item', p.item, 'identifier', p.gtin)::VARCHAR AS keys, 0 AS amount,
  'Item ' || p.item || ' (' || coalesce(min(i.description), '') || ') has GTIN ' || p.gtin || ' on packs of different size: '
    || string_agg(DISTINCT p.uom || ' of ' || plain(p.factor), ', ' ORDER BY p.uom || ' of ' || plain(p.factor)) AS message,
  json_object('GTIN', p.gtin, 'packs', string_agg(DISTINCT p.uom || ' of ' || plain(p.factor), ', ' ORDER BY p.uom || ' of ' || plain(p.factor)),
    'base unit', min(i.base_uom))::VARCHAR AS compared,
  places(list(place(p.source_file, p.source_record, 'gtin', p.gtin) ORDER BY p.source_file, p.source_record)) AS evidence
FROM (
  SELECT item, base_uom AS uom, 1::DECIMAL(12, 4) AS factor, gtin, source_file, source_record FROM erp_item
  UNION ALL
  SELECT item, uom, factor, gtin, source_file, source_record FROM item_uom WHERE factor > 0
) p
JOIN erp_item i ON i.item = p.item AND i.status = 'active'
WHERE is_gtin(p.gtin)
GROUP BY p.item, p.gtin
HAVING count(DISTINCT p.factor) > 1;
