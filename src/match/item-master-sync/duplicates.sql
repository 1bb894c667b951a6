-- ITEM-DUPLICATE: two active items of one master with one manufacturer part, or with one GTIN on any pack level. One finding a pair. What two
-- ERPs that number on their own each have is no duplicate: nobody can merge it.
INSERT INTO finding BY NAME
WITH active AS (
  SELECT DISTINCT s.kind AS by, s.shown, s.value, s.item, i.source_file AS master
  FROM identity s JOIN item i ON i.item = s.item AND i.status = 'active'
  ANTI JOIN common_identity c ON c.kind = s.kind AND c.value = s.value AND c.source_file = s.source_file
)
SELECT 'ITEM-DUPLICATE' AS code, json_object('item', a.item, 'other', b.item)::VARCHAR AS keys, 0 AS amount,
  'Items ' || a.item || ' (' || coalesce(min(i.description), '') || ') and ' || b.item || ' (' || coalesce(min(j.description), '') || ') share '
    || string_agg(DISTINCT a.by || ' ' || a.shown, ', ' ORDER BY a.by || ' ' || a.shown) AS message,
  json_object('shared', string_agg(DISTINCT a.by || ' ' || a.shown, ', ' ORDER BY a.by || ' ' || a.shown),
    'base units', min(i.base_uom) || ', ' || min(j.base_uom))::VARCHAR AS compared,
  places([place(min(i.source_file), min(i.source_record), 'item', a.item),
    place(min(j.source_file), min(j.source_record), 'item', b.item)]) AS evidence
FROM active a
JOIN active b ON b.by = a.by AND b.value = a.value AND b.master = a.master AND a.item < b.item
JOIN erp_item i ON i.item = a.item
JOIN erp_item j ON j.item = b.item
GROUP BY a.item, b.item;

-- ... and what too many share to be held against each other two by two.
INSERT INTO finding BY NAME
WITH active AS (
  SELECT i.*, row_number() OVER (PARTITION BY i.kind, i.value, i.source_file ORDER BY i.item) AS place
  FROM identity i SEMI JOIN (FROM erp_item WHERE status = 'active') e ON e.item = i.item
)
SELECT 'ITEM-DUPLICATE' AS code, json_object('item', min(a.item), 'identifier', c.kind || ' ' || min(a.shown))::VARCHAR AS keys, 0 AS amount,
  count(*) || ' items share ' || c.kind || ' ' || min(a.shown) || ', among them ' || string_agg(a.item, ', ' ORDER BY a.place) FILTER (a.place <= 10)
    || ': a value that stands for none, or for a whole series. No item is told by it' AS message,
  json_object('shared', c.kind || ' ' || min(a.shown), 'items', count(*)::VARCHAR)::VARCHAR AS compared,
  places(list(place(a.source_file, a.source_record, 'item', a.item) ORDER BY a.place) FILTER (a.place <= 10)) AS evidence
FROM common_identity c
JOIN active a ON a.kind = c.kind AND a.value = c.value AND a.source_file = c.source_file
GROUP BY c.kind, c.value, c.source_file
HAVING count(*) > 1;

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
