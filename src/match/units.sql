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

-- Base units in each unit an item is known in: its own packs first, then the general table, then both in a chain.
-- A multiplier of 0 is no multiplier. Ways that disagree are no way.
CREATE TABLE pack AS
WITH ways AS (
  SELECT item, base_uom AS uom, 1::DECIMAL(12, 4) AS factor, 0 AS way FROM product WHERE base_uom IS NOT NULL
  UNION ALL
  SELECT p.item, u.uom, u.factor, 1 FROM product p JOIN item_uom u ON u.item = p.item AND u.factor > 0
  UNION ALL
  SELECT p.item, g.from_uom, g.factor, 2 FROM product p JOIN generic_unit g ON g.to_uom = p.base_uom
  UNION ALL
  SELECT p.item, g.from_uom, TRY_CAST(g.factor::DECIMAL(19, 4) * u.factor AS DECIMAL(12, 4)), 3
  FROM product p
  JOIN item_uom u ON u.item = p.item AND u.factor > 0
  JOIN generic_unit g ON g.to_uom = u.uom
  WHERE TRY_CAST(g.factor::DECIMAL(19, 4) * u.factor AS DECIMAL(12, 4)) = g.factor::DECIMAL(19, 4) * u.factor
),
best AS (SELECT * FROM ways QUALIFY way = min(way) OVER (PARTITION BY item, uom))
SELECT item, uom, min(factor) AS factor
FROM best
GROUP BY item, uom
HAVING min(factor) = max(factor);

-- PO lines with their own unit in base units; the PO's multiplier goes before the item master's.
-- own_base: the base where no item tells one: what the general table makes of the order unit, or the order unit itself, so that
-- documents in the same unit still compare. NULL where the item tells.
CREATE MACRO measured_po_lines() AS TABLE
WITH known AS (
  SELECT p.*, p.rowid AS po_id,
    CASE WHEN coalesce(p.item, '') = '' THEN NULL WHEN p.uom_factor > 0 THEN p.uom_factor ELSE k.factor END AS known_factor,
    g.to_uom AS generic_base, g.factor AS generic_factor
  FROM po_line p
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

-- A base quantity (8 decimals) in units that hold `factor` base units each, cut to 4 decimals.
CREATE MACRO in_units(base, factor) AS TRY(
  (((base::DECIMAL(37, 8) * 100000000)::HUGEINT // (factor::DECIMAL(19, 4) * 10000)::HUGEINT)::DECIMAL(28, 0) * 0.0001::DECIMAL(5, 4))::DECIMAL(18, 4));
