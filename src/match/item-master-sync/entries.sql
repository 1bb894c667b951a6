-- Where two ERPs, or two companies of one, both extract an item, it is one item; that which is in use speaks for it.
CREATE TABLE erp_item AS
FROM item QUALIFY row_number() OVER (PARTITION BY item ORDER BY status, source_file, source_record) = 1;

-- What others have as an item: supplier catalogues in force tonight, and the lists of other systems. `who` is how people call an entry.
CREATE TABLE entry AS
SELECT row_number() OVER (ORDER BY system, seller, entry, uom, source_file, source_record) AS id, *,
  CASE WHEN system = 'supplier' THEN 'part ' || entry || ' of supplier ' || seller ELSE 'entry ' || entry || ' of ' || system END AS who
FROM (
  -- A supplier that sends the same part again means the newest.
  SELECT 'supplier' AS system, coalesce(nullif(supplier, ''), partner) AS seller, partner, vendor_item AS entry,
    nullif(item, '') AS told, description,
    NULL::VARCHAR AS base_uom, manufacturer, manufacturer_part, gtin, ndc, hibc, NULL::VARCHAR AS category,
    NULL::VARCHAR AS status, nullif(uom, '') AS uom,
    nullif(uom_factor, 0) AS uom_factor, nullif(factor_uom, '') AS factor_uom, source_file, source_record
  FROM catalog_item CROSS JOIN night
  WHERE as_of BETWEEN coalesce(effective_from, as_of) AND coalesce(effective_to, as_of)
  QUALIFY row_number() OVER (PARTITION BY seller, vendor_item, uom ORDER BY effective_from DESC NULLS LAST, source_file DESC, source_record DESC) = 1
  UNION ALL
  SELECT system, NULL, NULL, entry, nullif(item, ''), description, base_uom, manufacturer, manufacturer_part, gtin, ndc, hibc, category, status,
    nullif(base_uom, ''), NULL, NULL, source_file, source_record
  FROM listed_item
);

-- The vendor numbers that an entry of a supplier stands for.
CREATE TABLE seller AS
SELECT e.id, e.seller AS supplier FROM entry e WHERE e.system = 'supplier' AND e.partner IS NULL
UNION
SELECT e.id, v.supplier FROM entry e JOIN partner_vendor v ON v.partner = e.partner;

-- What the ERP knows of an item's supplier parts: its own cross-reference, and what its contracts say.
CREATE TABLE known_part AS
SELECT DISTINCT item, supplier, bare_id(vendor_item) AS part
FROM (
  SELECT item, supplier, vendor_item FROM item_vendor WHERE coalesce(status, 'active') = 'active'
  UNION ALL
  SELECT item, supplier, vendor_item FROM contract_price WHERE vendor_item <> ''
);

CREATE TABLE item_gtin AS
SELECT DISTINCT item, gtin
FROM (SELECT item, gtin FROM erp_item UNION ALL SELECT item, gtin FROM item_uom)
WHERE is_gtin(gtin);

-- What more than ten items of one master have tells none of them apart (NA, NONE, 0, or the number of a whole series). It leads nowhere, and is
-- told once (duplicates.sql). A part counts with its manufacturer, and by itself for who names none.
CREATE TABLE identity AS
SELECT item, source_file, source_record, 'manufacturer part' AS kind, coalesce(manufacturer, '') || ' ' || manufacturer_part AS shown,
  bare_id(manufacturer) || ' ' || bare_id(manufacturer_part) AS value
FROM erp_item WHERE bare_id(manufacturer) <> '' AND bare_id(manufacturer_part) <> ''
UNION ALL
SELECT i.item, i.source_file, i.source_record, 'GTIN', g.gtin, g.gtin FROM item_gtin g JOIN erp_item i ON i.item = g.item;
CREATE TABLE common_identity AS
SELECT kind, value, source_file FROM identity GROUP BY kind, value, source_file HAVING count(*) > 10;
CREATE TABLE common_part AS
SELECT bare_id(manufacturer_part) AS part FROM erp_item WHERE bare_id(manufacturer_part) <> '' GROUP BY part, source_file HAVING count(*) > 10;

-- DATA-TYPE: a GTIN whose check digit is wrong identifies nothing, so nothing is matched by it.
INSERT INTO finding BY NAME
SELECT DISTINCT 'DATA-TYPE' AS code,
  json_object('item', item, 'supplier', seller, 'identifier', entry, 'other', system, 'field', 'gtin', 'uom', pack)::VARCHAR AS keys, 0 AS amount,
  'GTIN ' || gtin || ' of ' || who || ' has a wrong check digit, or not 14 digits' AS message, json_object('gtin', gtin)::VARCHAR AS compared,
  places([place(source_file, source_record, 'gtin', gtin)]) AS evidence
FROM (
  SELECT 'erp' AS system, NULL AS seller, NULL AS entry, item, NULL AS pack, gtin, 'item ' || item AS who, source_file, source_record FROM erp_item
  UNION ALL
  -- The base unit repeats what the item says.
  SELECT 'erp', NULL, NULL, u.item, u.uom, u.gtin, 'pack ' || u.uom || ' of item ' || u.item, min(u.source_file), min(u.source_record)
  FROM item_uom u JOIN erp_item i ON i.item = u.item AND u.gtin IS DISTINCT FROM i.gtin
  GROUP BY u.item, u.uom, u.gtin
  UNION ALL
  SELECT system, seller, entry, NULL, NULL, gtin, who, source_file, source_record FROM entry
)
WHERE gtin <> '' AND NOT is_gtin(gtin);
