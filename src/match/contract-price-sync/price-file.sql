-- The price file of a supplier or contract system against the contract lines of the ERP. A price it owns goes to the ERP once the change is
-- accepted; where the ERP owns its prices, the file is only held against them.

CREATE TABLE offered AS
WITH sold AS (
  SELECT f.*, coalesce(nullif(f.supplier, ''), v.supplier) AS seller
  FROM price_file_line f
  LEFT JOIN (SELECT DISTINCT partner, supplier FROM partner_vendor) v ON coalesce(f.supplier, '') = '' AND v.partner = f.partner
),
by_erp AS (
  SELECT supplier, bare_id(vendor_item) AS part, min(item) AS item
  FROM (SELECT supplier, vendor_item, item FROM contract_price UNION ALL SELECT supplier, vendor_item, item FROM item_vendor)
  WHERE bare_id(vendor_item) <> '' GROUP BY ALL HAVING count(DISTINCT item) = 1
),
-- What people said of a part that the ERP does not know.
said AS (
  SELECT s.seller AS supplier, bare_id(s.vendor_item) AS part, min(x.target) AS item
  FROM sold s CROSS JOIN night n
  JOIN cross_reference x ON x.kind = 'item' AND x.identifier_key = bare_id(s.vendor_item) AND coalesce(x.type, '') IN ('', 'vendor-item')
    AND coalesce(x.partner, '') IN ('', coalesce(s.partner, ''), s.seller) AND n.as_of BETWEEN coalesce(x.effective_from, n.as_of)
      AND coalesce(x.effective_to, n.as_of)
  ANTI JOIN by_erp k ON k.supplier = s.seller AND k.part = bare_id(s.vendor_item)
  GROUP BY ALL HAVING count(DISTINCT x.target) = 1
),
known AS (FROM by_erp UNION ALL FROM said),
-- Our own number of an inactive item for which the supplier has no contract with us any more is what people said takes its place.
successor AS (
  SELECT s.seller AS supplier, s.item, min(x.target) AS successor
  FROM sold s CROSS JOIN night n
  JOIN cross_reference x ON x.kind = 'item' AND x.identifier_key = bare_id(s.item) AND coalesce(x.type, '') IN ('', 'buyer-item')
    AND coalesce(x.partner, '') IN ('', coalesce(s.partner, ''), s.seller) AND n.as_of BETWEEN coalesce(x.effective_from, n.as_of)
      AND coalesce(x.effective_to, n.as_of)
    AND x.target IN (SELECT item FROM item)
  WHERE s.item IN (SELECT item FROM item GROUP BY item HAVING bool_and(status = 'inactive'))
    AND (s.seller, s.item) NOT IN (SELECT (supplier, item) FROM agreed)
  GROUP BY ALL HAVING count(DISTINCT x.target) = 1
),
meant AS (
  SELECT s.* REPLACE (coalesce(u.successor, nullif(s.item, ''), k.item) AS item)
  FROM sold s
  LEFT JOIN known k ON k.supplier = s.seller AND k.part = bare_id(s.vendor_item)
  LEFT JOIN successor u ON u.supplier = s.seller AND u.item = s.item
)
SELECT coalesce(nullif(s.contract, ''), c.contract) AS contract, s.seller AS supplier, s.item, s.vendor_item, s.uom,
  CASE price_per(s.price_basis) WHEN 1 THEN s.unit_price
    ELSE price_ratio(s.unit_price::DECIMAL(20, 6) * 1::DECIMAL(5, 4), price_per(s.price_basis)::DECIMAL(16, 4)) END AS unit_price,
  coalesce(s.effective_from, n.as_of) AS effective_from, s.effective_to, s.source_file, s.source_record
FROM meant s CROSS JOIN night n
-- A file that names no contract is about the one there is.
LEFT JOIN (SELECT supplier, item, min(contract) AS contract FROM agreed GROUP BY ALL HAVING count(DISTINCT contract) = 1) c
  ON c.supplier = s.seller AND c.item = s.item
-- A partner may sell under several vendor numbers, of which this part belongs to those that know it.
WHERE s.item IS NOT NULL AND price_per(s.price_basis) IS NOT NULL
  AND coalesce(s.effective_to, n.as_of) >= n.as_of
QUALIFY row_number() OVER (PARTITION BY s.seller, s.item, s.uom ORDER BY s.effective_from DESC NULLS LAST,
  s.source_file DESC, s.source_record DESC) = 1;

-- What the ERP has for each unit, and what it has for the item in another unit that the file itself does not price: a file in cases against
-- contract lines in eaches says the same price or another one. per_unit is that line's price for the unit of the file.
CREATE TABLE held_line AS
WITH standing AS (
  SELECT * FROM agreed CROSS JOIN night WHERE as_of <= last_day
  QUALIFY row_number() OVER (PARTITION BY supplier, item, uom ORDER BY as_of < effective_from, turn, effective_from DESC, contract) = 1
)
SELECT o.supplier, o.item, o.uom, c.uom <> o.uom AS is_other_unit, c.contract, c.uom AS erp_uom,
  c.unit_price AS unit_price, c.effective_to, c.source_file, c.source_record,
  CASE WHEN c.uom = o.uom THEN c.unit_price ELSE price_ratio(c.unit_price::DECIMAL(20, 6) * ko.factor::DECIMAL(12, 4),
    kc.factor::DECIMAL(16, 4)) END AS per_unit,
  CASE WHEN c.uom = o.uom THEN c.unit_price = o.unit_price
    ELSE c.unit_price::DECIMAL(20, 6) * ko.factor::DECIMAL(12, 4) = o.unit_price::DECIMAL(20, 6) * kc.factor::DECIMAL(12, 4) END AS is_same
FROM offered o JOIN standing c ON c.supplier = o.supplier AND c.item = o.item
LEFT JOIN pack ko ON ko.item = o.item AND ko.uom = o.uom
LEFT JOIN pack kc ON kc.item = o.item AND kc.uom = c.uom
WHERE c.uom = o.uom
  OR (ko.factor > 0 AND kc.factor > 0 AND (c.supplier, c.item, c.uom) NOT IN (SELECT (supplier, item, uom) FROM offered))
QUALIFY row_number() OVER (PARTITION BY o.supplier, o.item, o.uom ORDER BY c.uom <> o.uom, c.as_of < c.effective_from,
  c.turn, c.effective_from DESC, c.contract, c.uom) = 1;

CREATE TABLE price_change AS
SELECT o.*, c.contract AS erp_contract, c.per_unit AS erp_price, c.erp_uom, c.unit_price AS erp_told,
  coalesce(c.is_other_unit, false) AS is_other_unit,
  c.source_file AS erp_file, c.source_record AS erp_record, r.base,
  CASE
    WHEN c.is_same THEN 'agrees'
    WHEN c.per_unit IS NULL THEN 'new'
    WHEN r.base IS NULL OR c.per_unit IN (r.base, r.owner_before) OR n.ownership['unit_price'] <> 'price-file' THEN 'differs'
    ELSE 'changed'
  END AS state
FROM offered o CROSS JOIN night n
LEFT JOIN held_line c ON c.supplier = o.supplier AND c.item = o.item AND c.uom = o.uom
LEFT JOIN (
  SELECT row ->> 'supplier' AS supplier, row ->> 'item' AS item, row ->> 'uom' AS uom, TRY_CAST(row ->> 'base' AS DECIMAL(18, 6)) AS base,
    TRY_CAST(row ->> 'owner_price' AS DECIMAL(18, 6)) AS owner_before
  FROM remembered WHERE result = 'price_memory'
) r ON r.supplier = o.supplier AND r.item = o.item AND r.uom = o.uom;

CREATE TABLE price_memory AS
SELECT supplier, item, uom, unit_price AS owner_price, CASE WHEN state = 'changed' THEN base ELSE erp_price END AS base
FROM price_change
WHERE erp_price IS NOT NULL;

INSERT INTO finding BY NAME
SELECT CASE WHEN state = 'changed' THEN 'OWN-VIOLATION' ELSE 'PRICE-CONTRACT' END AS code,
  json_object('supplier', supplier, 'item', item, 'uom', uom, 'contract', erp_contract, 'document', 'price file')::VARCHAR AS keys, 0 AS amount,
  'Item ' || item || ' of supplier ' || supplier || ' per ' || uom || ': the price file says ' || money(unit_price)
    || ' from ' || effective_from || ', contract '
    || erp_contract || ' in the ERP ' || money(erp_price)
    || CASE WHEN is_other_unit THEN ' (' || money(erp_told) || ' per ' || erp_uom || ')' ELSE '' END
    || CASE WHEN state = 'changed' THEN ', changed there from ' || money(base) || '; the price file owns it' ELSE '' END AS message,
  json_object('price file', money(unit_price), 'erp', money(erp_price), 'owner', ownership['unit_price'])::VARCHAR AS compared,
  places([place(source_file, source_record, 'unit_price', plain(unit_price)), place(erp_file, erp_record, 'unit_price', plain(erp_told))]) AS evidence
FROM price_change CROSS JOIN night
WHERE state IN ('differs', 'changed');
