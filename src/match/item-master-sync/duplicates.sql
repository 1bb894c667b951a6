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
