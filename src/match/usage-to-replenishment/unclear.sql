-- XREF-*: what no cross-reference leads to. One finding a thing, however many lines need it.
INSERT INTO finding BY NAME
SELECT CASE unclear WHEN 'item unknown' THEN 'XREF-ITEM' ELSE 'XREF-AMBIGUOUS' END AS code,
  json_object('identifier', u.identifier)::VARCHAR AS keys, 0 AS amount,
  'Item ' || u.identifier || coalesce(' (' || nullif(min(description), '') || ')', '') || ' of the clinical system, on ' || count(*)
    || CASE WHEN count(*) = 1 THEN ' usage line, ' ELSE ' usage lines, ' END
    || CASE unclear WHEN 'item unknown' THEN 'leads to no item of the ERP' ELSE 'leads to items ' || max(named) END
    || coalesce('; ' || max(r.said) || ', which the ERP does not have', '') AS message,
  json_object('identifier', u.identifier, 'items', max(named), 'first used', min(u.used_on)::VARCHAR,
    'cross-reference', max(r.said))::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'identifier', u.identifier) ORDER BY usage_row)[:20]) AS evidence
FROM used u
LEFT JOIN (SELECT identifier, string_agg(DISTINCT reference || ' says ' || item, ', ' ORDER BY reference || ' says ' || item) AS said
  FROM identifier_referenced WHERE NOT is_known GROUP BY identifier) r ON r.identifier = u.identifier
WHERE unclear IN ('item unknown', 'item not clear')
GROUP BY u.identifier, unclear;

-- The ERP's cross-reference is used; that people said otherwise is for them to settle.
INSERT INTO finding BY NAME
SELECT 'XREF-AMBIGUOUS' AS code, json_object('identifier', u.identifier, 'other', 'cross-reference')::VARCHAR AS keys, 0 AS amount,
  'Item ' || u.identifier || ' of the clinical system is ' || max(u.named) || ' by the ERP''s own cross-reference, which is used, and '
    || string_agg(DISTINCT r.item || ' by ' || r.reference, ', ' ORDER BY r.item || ' by ' || r.reference) AS message,
  json_object('erp', max(u.named), 'items', string_agg(DISTINCT r.item || ' by ' || r.reference, ', ' ORDER BY r.item
    || ' by ' || r.reference))::VARCHAR AS compared,
  places(list(place(u.source_file, u.source_record, 'identifier', u.identifier) ORDER BY usage_row)[:20]) AS evidence
FROM used u
JOIN identifier_referenced r ON r.identifier = u.identifier AND r.used_on = u.used_on
WHERE u.items > 0 AND u.item <> r.item
GROUP BY u.identifier;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('item', u.item, 'uom', u.uom)::VARCHAR AS keys, 0 AS amount,
  'Unit ' || u.uom || ' of item ' || u.item || ', on ' || count(*) || CASE WHEN count(*) = 1 THEN ' usage line' ELSE ' usage lines' END
    || coalesce(': what is known does not agree, ' || min(c.said), ', has no way to the base unit '
      || coalesce(min(u.base_uom), '(unknown)')) AS message,
  json_object('unit', u.uom, 'base unit', min(u.base_uom), 'ways that disagree', min(c.said))::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'unit', u.uom) ORDER BY usage_row)[:20]) AS evidence
FROM used u
LEFT JOIN unit_conflict c ON c.item = u.item AND c.uom = u.uom
WHERE unclear = 'unit unknown'
GROUP BY u.item, u.uom;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('company', company, 'location', location, 'item', item, 'uom', uom)::VARCHAR AS keys, 0 AS amount,
  'Unit ' || uom || ' of item ' || item || ' at ' || location || ' of company ' || company
    || ', in which its stock is counted, has no way to the base unit '
    || coalesce(base_uom, '(unknown)') || ': nothing is issued from it or ordered for it' AS message,
  json_object('unit', uom, 'base unit', base_uom)::VARCHAR AS compared,
  places([place(source_file, source_record, 'unit', uom)]) AS evidence
FROM stock
WHERE factor IS NULL AND is_active;

INSERT INTO finding BY NAME
SELECT CASE unclear WHEN 'location unknown' THEN 'XREF-LOCATION' ELSE 'XREF-COSTCENTER' END AS code,
  json_object('company', u.company, 'location', u.location)::VARCHAR AS keys, 0 AS amount,
  'Location ' || u.location || ', on ' || count(*) || CASE WHEN count(*) = 1 THEN ' usage line, ' ELSE ' usage lines, ' END || CASE
    WHEN unclear = 'no cost centre' THEN 'has no cost centre'
    WHEN min(c.companies) IS NOT NULL THEN 'is in companies ' || min(c.companies) || ', and the usage does not say which'
    ELSE 'is no active location of the ERP' END AS message,
  json_object('location', u.location, 'companies', min(c.companies))::VARCHAR AS compared,
  places(list(place(u.source_file, u.source_record, 'location', u.location) ORDER BY usage_row)[:20]) AS evidence
FROM used u
LEFT JOIN (SELECT location, string_agg(company, ' and ' ORDER BY company) AS companies FROM place_meant GROUP BY location) c
  ON c.location = u.location
WHERE unclear IN ('location unknown', 'no cost centre')
GROUP BY u.company, u.location, unclear;
