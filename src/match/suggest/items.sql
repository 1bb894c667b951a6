-- What speaks for an item and against it, one row a reason; `weight` is what it adds to the confidence. docs/cross-references.md lists them.

CREATE TABLE reason (asked INTEGER NOT NULL, target VARCHAR NOT NULL, topic VARCHAR NOT NULL, weight INTEGER NOT NULL, said VARCHAR NOT NULL);

-- Codes and part numbers.
INSERT INTO reason
WITH code AS (
  SELECT DISTINCT asked, unnest([{type: 'GTIN', id: gtin_key(gtin), said: gtin}, {type: 'NDC', id: ndc11(ndc), said: ndc},
    {type: 'HIBC', id: hibc_primary(hibc), said: hibc}], recursive := true) FROM fact
  UNION SELECT asked, upper(type), key, identifier FROM asked WHERE kind = 'item' AND type IN ('gtin', 'ndc', 'hibc')
), known AS (
  SELECT item, 'GTIN' AS type, gtin_key(gtin) AS id FROM (SELECT item, gtin FROM ours UNION SELECT item, gtin FROM item_uom) WHERE gtin <> ''
  UNION SELECT item, 'NDC', ndc11(ndc) FROM ours WHERE ndc <> ''
  UNION SELECT item, 'HIBC', hibc_primary(hibc) FROM ours WHERE hibc <> ''
)
SELECT c.asked, k.item, c.type, CASE c.type WHEN 'GTIN' THEN 60 WHEN 'NDC' THEN 55 ELSE 50 END, c.type || ' '
  || c.said || ' is that of item ' || k.item
FROM code c JOIN known k ON k.type = c.type AND k.id = c.id
WHERE c.said <> ''
UNION
SELECT c.asked, k.item, 'GTIN', 40, 'GTIN ' || c.said || ' is another pack of item ' || k.item || ' (' || k.id || ')'
FROM code c JOIN known k ON k.type = 'GTIN' AND c.type = 'GTIN' AND substr(k.id, 2, 12) = substr(c.id, 2, 12) AND k.id <> c.id
WHERE length(c.id) = 14 AND length(k.id) = 14;

INSERT INTO reason
WITH part AS (
  SELECT DISTINCT asked, bare_id(manufacturer_part) AS id, 'manufacturer part ' || manufacturer_part AS said, 45 AS weight
    FROM fact WHERE bare_id(manufacturer_part) <> ''
  UNION SELECT asked, bare_id(identifier), 'the number itself', 40 FROM asked WHERE kind = 'item'
)
SELECT p.asked, i.item, 'part', p.weight, p.said || ' is the manufacturer part of item ' || i.item || ' (' || i.manufacturer_part || ')'
FROM part p JOIN ours i ON bare_id(i.manufacturer_part) = p.id
UNION
SELECT p.asked, i.item, 'part', 25, p.said || ' is the manufacturer part of item ' || i.item || ' ('
  || i.manufacturer_part || ') but for leading zeros'
FROM part p JOIN ours i ON ltrim(bare_id(i.manufacturer_part), '0') = ltrim(p.id, '0') AND bare_id(i.manufacturer_part) <> p.id
WHERE length(ltrim(p.id, '0')) >= 3;

-- The order that the document names.
CREATE TABLE on_order AS
SELECT f.asked, f.exception, p.item, p.line_number, p.po_number, p.vendor_item, p.uom AS po_uom,
  p.unit_price AS po_price, price_per(p.price_basis) AS po_per, p.quantity AS po_quantity,
  f.assigned_id = p.line_number AS is_numbered, f.uom, f.unit_price, f.per, f.quantity, k.factor, pk.factor AS po_factor
FROM fact f
JOIN po_line p ON p.po_number = f.po AND coalesce(f.company, p.company) = p.company AND coalesce(p.release, '') = coalesce(f.release, p.release, '')
LEFT JOIN pack k ON k.item = p.item AND k.uom = f.uom
LEFT JOIN pack pk ON pk.item = p.item AND pk.uom = p.uom
WHERE p.item <> '';

INSERT INTO reason
SELECT asked, item, 'order', 20, 'item ' || item || ' is on line ' || min(line_number) || ' of PO ' || min(po_number)
  || ', which the document names' FROM on_order GROUP BY asked, item
UNION ALL
SELECT asked, item, 'line', 15, 'the document names that line: ' || min(line_number) FROM on_order WHERE is_numbered GROUP BY asked, item
UNION ALL
SELECT asked, item, 'quantity', 10, 'the quantity is the one ordered: ' || plain(min(quantity)) || ' ' || min(uom)
  FROM on_order WHERE quantity = po_quantity AND uom = po_uom GROUP BY asked, item;

INSERT INTO reason
WITH priced AS (
  SELECT DISTINCT asked, item, unit_price, po_price, uom, po_uom,
    unit_price::DECIMAL(20, 6) * po_per * CASE WHEN uom = po_uom THEN 1 ELSE po_factor END AS billed,
    po_price::DECIMAL(20, 6) * per * CASE WHEN uom = po_uom THEN 1 ELSE factor END AS ordered
  FROM on_order
  WHERE unit_price > 0 AND po_price > 0
)
SELECT asked, item, 'price',
  CASE WHEN billed = ordered THEN 20 WHEN abs(billed - ordered) * 50 <= ordered THEN 10
    WHEN abs(billed - ordered) * 10 <= ordered THEN -5 ELSE -20 END,
  CASE WHEN billed = ordered THEN 'the price is that of the order: ' ELSE 'the price is ' || money(unit_price)
    || ' per ' || uom || ', that of the order ' END || money(po_price) || ' per ' || po_uom
FROM priced WHERE billed IS NOT NULL AND ordered IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY asked, item ORDER BY abs(billed - ordered), unit_price) = 1;

-- Descriptions: candidates by words in common, likeness by all of them.
INSERT INTO reason
WITH told AS (
  SELECT DISTINCT asked, description, words_of(description) AS words FROM fact WHERE len(words_of(description)) > 0
), word AS (
  SELECT item, unnest(words_of(description)) AS word FROM ours
), near AS (
  SELECT t.asked, t.description, t.words, w.item, count(*) AS shared
  FROM (SELECT asked, description, words, unnest(words) AS word FROM told) t JOIN word w ON w.word = t.word
  GROUP BY t.asked, t.description, t.words, w.item
  QUALIFY row_number() OVER (PARTITION BY t.asked, t.description ORDER BY count(*) DESC, w.item) <= 50
), listed AS (
  SELECT asked, description, words, item FROM near
  UNION SELECT t.asked, t.description, t.words, r.item FROM told t JOIN (SELECT DISTINCT asked, target AS item FROM reason) r ON r.asked = t.asked
), alike AS (
  SELECT l.asked, l.item, l.description, i.description AS own,
    greatest(likeness(array_to_string(l.words, ' '), array_to_string(words_of(i.description), ' ')),
      (200 * len(list_intersect(l.words, words_of(i.description)))) // (len(l.words) + len(words_of(i.description)))) AS percent
  FROM listed l JOIN ours i ON i.item = l.item
  WHERE len(words_of(i.description)) > 0
  QUALIFY row_number() OVER (PARTITION BY l.asked, l.item ORDER BY percent DESC, l.description) = 1
)
SELECT asked, item, 'description', CASE WHEN percent >= 90 THEN 25 WHEN percent >= 80 THEN 15 WHEN percent >= 65 THEN 5 ELSE -15 END,
  '"' || description || '" is ' || percent || ' percent like "' || own || '"'
FROM alike
WHERE percent >= 80 OR (asked, item) IN (SELECT (asked, target) FROM reason);

-- What the ERP has of this supplier: the number on other orders, or another number for this item.
CREATE TABLE known_as AS
SELECT DISTINCT s.asked, k.item, k.vendor_item, k.place
FROM sells_as s
JOIN (
  SELECT supplier, item, vendor_item, 'PO ' || po_number || ' line ' || line_number AS place FROM po_line WHERE item <> '' AND vendor_item <> ''
  UNION ALL SELECT supplier, item, vendor_item, 'the list of supplier parts' FROM item_vendor WHERE coalesce(status, 'active') = 'active'
  UNION ALL SELECT supplier, item, vendor_item, 'contract ' || contract FROM contract_price WHERE vendor_item <> ''
) k ON k.supplier = s.supplier;

INSERT INTO reason
SELECT a.asked, k.item, 'history', 40, min(k.place) || ' has this number for item ' || k.item
FROM asked a JOIN known_as k ON k.asked = a.asked AND bare_id(k.vendor_item) = bare_id(a.identifier)
WHERE a.kind = 'item' GROUP BY a.asked, k.item;

INSERT INTO reason
SELECT c.asked, c.target, 'history', -40, min(k.place) || ' has this number for item ' || min(k.item)
FROM (SELECT DISTINCT asked, target FROM reason) c
JOIN asked a ON a.asked = c.asked
JOIN known_as k ON k.asked = c.asked AND bare_id(k.vendor_item) = bare_id(a.identifier) AND k.item <> c.target
GROUP BY c.asked, c.target
UNION ALL
SELECT c.asked, c.target, 'known as', -10, 'the supplier''s number of item ' || c.target || ' is '
  || min(k.vendor_item) || ' so far (' || arg_min(k.place, k.vendor_item) || ')'
FROM (SELECT DISTINCT asked, target FROM reason) c
JOIN asked a ON a.asked = c.asked AND a.type IN ('', 'vendor-item')
JOIN known_as k ON k.asked = c.asked AND k.item = c.target
GROUP BY c.asked, c.target
HAVING NOT bool_or(bare_id(k.vendor_item) = bare_id(a.identifier));

-- A code or part that several items have tells none of them apart; who orders them may.
CREATE TABLE tied AS
SELECT asked, topic, target, list(target) OVER (PARTITION BY asked, topic) AS targets
FROM (SELECT DISTINCT asked, topic, target FROM reason WHERE topic IN ('GTIN', 'NDC', 'HIBC', 'part') AND weight >= 40)
QUALIFY count(*) OVER (PARTITION BY asked, topic) > 1;
INSERT INTO reason
SELECT asked, target, 'shared', -20, 'item ' || array_to_string(list_sort(list_filter(targets, one -> one <> target))[:3], ', ') || ' has the same '
  || CASE topic WHEN 'part' THEN 'manufacturer part' ELSE topic END
FROM tied
UNION ALL
SELECT DISTINCT t.asked, t.target, 'company', 15, 'company ' || p.company || ', whose order the document names, orders item ' || t.target
FROM tied t JOIN fact f ON f.asked = t.asked
JOIN po_line p ON p.po_number = f.po AND coalesce(f.company, p.company) = p.company
JOIN po_line o ON o.company = p.company AND o.item = t.target;

-- What does not fit.
INSERT INTO reason
WITH c AS (SELECT DISTINCT asked, target FROM reason)
SELECT c.asked, c.target, 'status', -30, 'item ' || c.target || ' is inactive' FROM c JOIN ours i ON i.item = c.target AND i.status <> 'active'
UNION ALL
SELECT c.asked, c.target, 'unit', -15, 'unit ' || min(f.uom) || ' has no way to ' || min(i.base_uom) || ', the base unit of item ' || c.target
FROM c JOIN fact f ON f.asked = c.asked AND f.uom <> '' JOIN ours i ON i.item = c.target LEFT JOIN pack k ON k.item = c.target AND k.uom = f.uom
WHERE k.factor IS NULL GROUP BY c.asked, c.target
UNION ALL
SELECT c.asked, c.target, 'pack', -20, 'one ' || min(f.uom) || ' is ' || plain(min(f.uom_factor))
  || ' in the catalogue, ' || plain(min(k.factor)) || ' of item ' || c.target || ' in the ERP'
FROM c JOIN fact f ON f.asked = c.asked AND f.uom_factor IS NOT NULL JOIN pack k ON k.item = c.target AND k.uom = f.uom AND k.factor <> f.uom_factor
GROUP BY c.asked, c.target
UNION ALL
SELECT c.asked, c.target, 'pack', -5, 'it is in ' || min(o.uom) || ' of ' || plain(min(o.factor)) || ', the order in '
  || min(o.po_uom) || ' of ' || plain(min(o.po_factor))
FROM c JOIN on_order o ON o.asked = c.asked AND o.item = c.target AND o.uom <> o.po_uom AND o.factor <> o.po_factor
GROUP BY c.asked, c.target
UNION ALL
SELECT c.asked, c.target, 'part', -20, 'its manufacturer part is ' || min(f.manufacturer_part) || ', that of item '
  || c.target || ' ' || min(i.manufacturer_part)
FROM c JOIN fact f ON f.asked = c.asked AND bare_id(f.manufacturer_part) <> '' JOIN ours i ON i.item = c.target AND bare_id(i.manufacturer_part) <> ''
GROUP BY c.asked, c.target HAVING NOT bool_or(ltrim(bare_id(f.manufacturer_part), '0') = ltrim(bare_id(i.manufacturer_part), '0'))
UNION ALL
SELECT c.asked, c.target, 'NDC', -30, 'its NDC is ' || min(f.ndc) || ', that of item ' || c.target || ' ' || min(i.ndc)
FROM c JOIN fact f ON f.asked = c.asked AND f.ndc <> '' JOIN ours i ON i.item = c.target AND i.ndc <> ''
GROUP BY c.asked, c.target HAVING NOT bool_or(ndc11(f.ndc) = ndc11(i.ndc));

DELETE FROM reason WHERE target NOT IN (SELECT item FROM ours);
