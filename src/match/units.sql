-- Units: everything is compared in the item's base unit, reached by multiplication only, so that it stays exact. A matcher that compares
-- quantities has this among its first rules.

CREATE TABLE product AS
SELECT item, CASE WHEN min(base_uom) = max(base_uom) THEN min(base_uom) END AS base_uom, min(category) AS category
FROM item
GROUP BY item;

-- Conversions true of every item (a dozen is 12 each). Two entries that disagree are none.
CREATE TABLE generic_unit AS
SELECT from_uom, to_uom, min(factor) AS factor
FROM unit_conversion
WHERE factor > 0
GROUP BY from_uom, to_uom
HAVING min(factor) = max(factor);

-- Base units in each unit an item is known in, where all ways come to the same (unit-ways.sql), and the units where they do not.
CREATE TABLE unit_way AS FROM unit_ways('product', 'item_uom', 'unit_conversion', 'cross_reference', (SELECT as_of FROM night));
CREATE TABLE pack AS FROM packs_of('unit_way');
CREATE TABLE unit_conflict AS FROM unit_conflicts_of('unit_way');
DROP TABLE unit_way;

-- PO lines with their own unit in base units; the PO's multiplier goes before the item master's.
-- own_base: the base where no item tells one: what the general table makes of the order unit, or the order unit itself, so that
-- documents in the same unit still compare. NULL where the item tells.
-- The parameter names a relation of PO lines: those a matcher asks about, or all (po_row).
CREATE VIEW po_row AS SELECT rowid AS po_id, * FROM po_line;
CREATE MACRO measured_of(source) AS TABLE
WITH known AS (
  SELECT p.*,
    CASE WHEN coalesce(p.item, '') = '' THEN NULL WHEN p.uom_factor > 0 THEN p.uom_factor ELSE k.factor END AS known_factor,
    g.to_uom AS generic_base, g.factor AS generic_factor
  FROM query_table(source) p
  LEFT JOIN pack k ON k.item = CASE WHEN coalesce(p.uom_factor, 0) = 0 THEN p.item END AND k.uom = p.uom
  LEFT JOIN (SELECT from_uom, min(to_uom) AS to_uom, min(factor) AS factor FROM generic_unit GROUP BY from_uom HAVING count(*) = 1) g
    ON g.from_uom = p.uom
)
SELECT *,
  CASE WHEN known_factor IS NULL THEN coalesce(generic_base, uom) END AS own_base,
  coalesce(known_factor, generic_factor, 1)::DECIMAL(12, 4) AS factor,
  price_per(price_basis) AS per
FROM known;

-- Base units in one unit a document names, for a given PO line. NULL: no way is known, which is never 1.
-- The PO's own unit: what the PO line says. Another one: the pack of the item; or, where the PO line has no item to ask, the general table.
CREATE MACRO factor_of(uom, po_uom, po_factor, own_base, pack_factor, generic_factor) AS
  CASE
    WHEN uom = po_uom THEN po_factor
    WHEN own_base IS NULL THEN pack_factor
    WHEN uom = own_base THEN 1::DECIMAL(12, 4)
    ELSE generic_factor
  END;

-- A base quantity (8 decimals) in units that hold `factor` base units each, cut to 4 decimals. Nothing is nothing, and no sum.
CREATE MACRO in_units(base, factor) AS CASE WHEN base IS NOT NULL THEN TRY(
  (((base::DECIMAL(37, 8) * 100000000)::HUGEINT // (factor::DECIMAL(19, 4) * 10000)::HUGEINT)::DECIMAL(28,
    0) * 0.0001::DECIMAL(5, 4))::DECIMAL(18, 4)) END;
