-- An identifier of a clinical system, or a unit of an item, that another workflow which reads that system has told already is told once: the
-- exception there is open or decided, and one `map` of it heals both.
DELETE FROM finding AS f
USING known_exception AS k
WHERE k.status <> 'healed' AND k.code = f.code
  AND (k.identifier = (f.keys ->> '$.identifier') OR k.item = (f.keys ->> '$.item') AND k.uom = (f.keys ->> '$.uom'))
  AND (f.keys ->> '$.company') IS NULL AND (f.keys ->> '$.other') IS NULL;
