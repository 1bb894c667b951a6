-- Units: everything is compared in the item's base unit, reached by multiplication only, so that it stays exact.

CREATE TABLE three_way.product AS
SELECT item, CASE WHEN min(base_uom) = max(base_uom) THEN min(base_uom) END AS base_uom, min(category) AS category,
  bool_or(coalesce(bill_only, false)) AS bill_only
FROM three_way.item
GROUP BY item;

-- Conversions true of every item (a dozen is 12 each). Two entries that disagree are none.
CREATE TABLE three_way.generic AS
SELECT from_uom, to_uom, min(factor) AS factor
FROM three_way.unit_conversion
WHERE factor > 0
GROUP BY from_uom, to_uom
HAVING min(factor) = max(factor);

-- Base units in each unit an item is known in, where all ways come to the same (unit-ways.sql), and the units where they do not.
CREATE TABLE three_way.unit_way AS
FROM unit_ways('three_way.product', 'three_way.item_uom', 'three_way.unit_conversion', 'three_way.cross_reference', (SELECT as_of FROM three_way.night));
CREATE TABLE three_way.pack AS FROM packs_of('three_way.unit_way');
CREATE TABLE three_way.unit_conflict AS FROM unit_conflicts_of('three_way.unit_way');
DROP TABLE three_way.unit_way;

-- A PO line with its own unit in base units. The PO's multiplier goes before the item master's.
-- own_base: the base where no item tells one: what the general table makes of the order unit, or the order unit itself, so that
-- documents in the same unit still compare. NULL where the item tells.
CREATE MACRO three_way.po_of(source) AS TABLE
WITH known AS (
  SELECT p.*,
    CASE WHEN coalesce(p.item, '') = '' THEN NULL WHEN p.uom_factor > 0 THEN p.uom_factor ELSE k.factor END AS known_factor,
    g.to_uom AS generic_base, g.factor AS generic_factor
  FROM query_table(source) p
  LEFT JOIN three_way.pack k ON k.item = CASE WHEN coalesce(p.uom_factor, 0) = 0 THEN p.item END AND k.uom = p.uom
  LEFT JOIN (SELECT from_uom, min(to_uom) AS to_uom, min(factor) AS factor FROM three_way.generic GROUP BY from_uom HAVING count(*) = 1) g
    ON g.from_uom = p.uom
)
SELECT *,
  CASE WHEN known_factor IS NULL THEN coalesce(generic_base, uom) END AS own_base,
  coalesce(known_factor, generic_factor, 1)::DECIMAL(12, 4) AS factor,
  price_per(price_basis) AS per,
  coalesce(release, '') AS release_name,
  matching = 'three-way' AS needs_receipt,
  status <> 'open' AS is_closed,
  coalesce(bill_only, false) OR coalesce(item IN (SELECT item FROM three_way.product WHERE bill_only), false) AS is_bill_only
FROM known;

CREATE VIEW three_way.po AS FROM three_way.po_of('three_way.po_line');

-- The same with what the item master says of it, for the few that are spoken of.
CREATE MACRO three_way.po_told_of(source) AS TABLE
SELECT p.*, coalesce(p.own_base, i.base_uom, 'base units') AS base_uom, coalesce(p.category, i.category) AS any_category
FROM three_way.po_of(source) p
LEFT JOIN three_way.product i ON i.item = p.item;
