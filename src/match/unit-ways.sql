-- The ways from each unit of an item to its base unit, for units.sql of all matchers. They lead over the packs of the item master, the
-- workspace's unit table, which is true of every item, and what people said of units of an item. Everything is reached by multiplication,
-- so that it stays exact; a multiplier of 0 is none.

CREATE OR REPLACE MACRO exact_factor(a, b) AS
  CASE WHEN TRY_CAST(a::DECIMAL(19, 4) * b AS DECIMAL(12, 4)) = a::DECIMAL(19, 4) * b THEN TRY_CAST(a::DECIMAL(19, 4) * b AS DECIMAL(12, 4)) END;

-- `path` begins with the unit and ends with the base unit. A way that comes back to a unit which it has passed is a loop: where the unit is
-- then so many of itself, nothing that leads over it can be believed; where it comes to 1, it says nothing new and is left out.
-- The parameters name relations; `day` is the day on which cross-references must hold.
CREATE OR REPLACE MACRO unit_ways(product, item_uom, unit_conversion, cross_reference, day) AS TABLE
WITH RECURSIVE
general AS (SELECT DISTINCT from_uom, to_uom, factor FROM query_table(unit_conversion) WHERE factor > 0 AND from_uom <> to_uom),
chained AS (
  SELECT from_uom, to_uom, factor, [from_uom, to_uom] AS path FROM general
  UNION ALL
  SELECT g.from_uom, c.to_uom, exact_factor(g.factor, c.factor), [g.from_uom] || c.path
  FROM chained c JOIN general g ON g.to_uom = c.from_uom
  WHERE NOT list_contains(c.path, g.from_uom) AND len(c.path) < 6 AND exact_factor(g.factor, c.factor) IS NOT NULL
),
own AS (
  SELECT DISTINCT p.item, u.uom, p.base_uom, u.factor FROM query_table(product) p JOIN query_table(item_uom) u ON u.item = p.item
  WHERE u.factor > 0 AND (u.uom <> p.base_uom OR u.factor <> 1)
),
said AS (
  SELECT DISTINCT p.item, p.base_uom, x.identifier AS uom, x.target AS to_uom, x.factor, x.reference
  FROM query_table(cross_reference) x JOIN query_table(product) p ON p.item = x.item AND p.base_uom IS NOT NULL
  WHERE x.kind = 'unit' AND x.factor > 0 AND day BETWEEN coalesce(x.effective_from, day) AND coalesce(x.effective_to, day)
),
-- Items of which people said something have a graph of their own; of the others the item master leads straight to the base unit.
edge AS (
  SELECT item, uom, to_uom, factor, reference AS source FROM said
  UNION
  SELECT item, uom, base_uom, factor, 'item ' || item FROM own WHERE item IN (SELECT item FROM said)
  UNION
  SELECT s.item, g.from_uom, g.to_uom, g.factor, 'unit table' FROM (SELECT DISTINCT item FROM said) s CROSS JOIN general g
),
walk AS (
  SELECT DISTINCT item, 1::DECIMAL(12, 4) AS factor, [base_uom] AS path, [1::DECIMAL(12, 4)] AS factors,
    []::VARCHAR[] AS sources, false AS is_loop FROM said
  UNION ALL
  SELECT w.item, exact_factor(e.factor, w.factor), [e.uom] || w.path, [exact_factor(e.factor, w.factor)] || w.factors, [e.source] || w.sources,
    list_contains(w.path, e.uom)
  FROM walk w JOIN edge e ON e.item = w.item AND e.to_uom = w.path[1]
  WHERE NOT w.is_loop AND len(w.path) < 7 AND exact_factor(e.factor, w.factor) IS NOT NULL
)
SELECT item, base_uom AS uom, 1::DECIMAL(12, 4) AS factor, 0 AS turn, 'base unit' AS source, [base_uom] AS path, false AS is_loop
FROM query_table(product) WHERE base_uom IS NOT NULL
UNION ALL
SELECT item, uom, factor, 1, 'item ' || item, [uom, base_uom], uom = base_uom FROM own WHERE item NOT IN (SELECT item FROM said)
UNION ALL
SELECT p.item, c.from_uom, c.factor, 2, 'unit table', c.path, false
FROM query_table(product) p JOIN chained c ON c.to_uom = p.base_uom WHERE p.item NOT IN (SELECT item FROM said)
UNION ALL
SELECT o.item, c.from_uom, exact_factor(c.factor, o.factor), 3, 'unit table over ' || o.uom || ', item '
  || o.item, list_append(c.path, o.base_uom), c.from_uom = o.base_uom
FROM own o JOIN chained c ON c.to_uom = o.uom
WHERE o.uom <> o.base_uom AND o.item NOT IN (SELECT item FROM said) AND NOT list_contains(c.path[2:], o.base_uom)
  AND exact_factor(c.factor, o.factor) IS NOT NULL AND NOT (c.from_uom = o.base_uom AND exact_factor(c.factor, o.factor) = 1)
UNION ALL
SELECT item, path[1], factor, len(path), array_to_string(list_distinct(sources), ', '), path, is_loop
FROM walk
WHERE len(path) > 1 AND NOT (is_loop AND factors[1] = factors[1 + list_position(path[2:], path[1])]);

-- Of these ways, the units whose ways all come to the same, and those where they do not, in words.
CREATE OR REPLACE MACRO packs_of(ways) AS TABLE
SELECT w.item, w.uom, min(w.factor) AS factor, arg_min(w.source, (w.turn, w.source)) AS source
FROM query_table(ways) w
LEFT JOIN (SELECT DISTINCT item, unnest(path[:-2]) AS uom FROM query_table(ways) WHERE is_loop) l ON l.item = w.item
  AND l.uom <> w.path[-1] AND list_contains(w.path, l.uom)
WHERE NOT (w.is_loop AND w.uom = w.path[-1])
GROUP BY w.item, w.uom
HAVING min(w.factor) = max(w.factor) AND NOT bool_or(l.uom IS NOT NULL);

CREATE OR REPLACE MACRO unit_conflicts_of(ways) AS TABLE
SELECT item, uom, base_uom, 'one ' || uom || ' is '
  || string_agg(plain(factor) || ' ' || base_uom || ' by ' || way, ', and ' ORDER BY turn, factor, way) AS said
FROM (
  SELECT w.item, w.uom, w.path[-1] AS base_uom, w.factor, min(w.turn) AS turn, array_to_string(w.path, ' -> ') || ' (' || min(w.source) || ')' AS way
  FROM query_table(ways) w
  JOIN (SELECT item, uom FROM query_table(ways) GROUP BY item, uom HAVING min(factor) <> max(factor) OR bool_or(is_loop)) d
    ON d.item = w.item AND d.uom = w.uom
  WHERE w.turn > 0
  GROUP BY w.item, w.uom, w.path, w.factor
)
GROUP BY item, uom, base_uom;
