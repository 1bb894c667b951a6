-- What speaks for a pack size of an unknown unit and against it. `target` is the size in base units, "12 EA"; the unit leads nowhere as yet.

CREATE TABLE asked_unit AS
SELECT a.asked, a.item, a.identifier AS uom, p.base_uom
FROM asked a JOIN product p ON p.item = a.item AND p.base_uom <> a.identifier
LEFT JOIN pack k ON k.item = a.item AND k.uom = a.identifier
WHERE a.kind = 'unit' AND k.factor IS NULL;

-- What one base unit costs: by the order that the document names; where it names none, by the contracts of the item.
CREATE TABLE base_cost AS
WITH ordered AS (
  SELECT DISTINCT u.asked, p.unit_price, price_per(p.price_basis) AS per, coalesce(nullif(p.uom_factor, 0), k.factor) AS factor, p.uom, p.quantity,
    'PO ' || p.po_number || ' line ' || p.line_number AS place
  FROM asked_unit u JOIN asked_exception e ON e.asked = u.asked
  JOIN po_line p ON p.po_number = e.po AND p.company = coalesce(e.company, p.company)
    AND coalesce(p.release, '') = coalesce(e.release, p.release, '') AND p.item = u.item
  LEFT JOIN pack k ON k.item = p.item AND k.uom = p.uom
), contracted AS (
  SELECT DISTINCT u.asked, c.unit_price, 1::DECIMAL(4, 0) AS per, k.factor, c.uom,
    NULL::DECIMAL(18, 4) AS quantity, 'contract ' || c.contract AS place
  FROM asked_unit u CROSS JOIN night n
  JOIN contract_price c ON c.item = u.item AND n.as_of BETWEEN c.effective_from AND coalesce(c.effective_to, n.as_of)
  JOIN pack k ON k.item = c.item AND k.uom = c.uom
)
FROM ordered WHERE factor > 0
UNION ALL
FROM contracted WHERE asked NOT IN (SELECT asked FROM ordered WHERE factor > 0);

-- What stands in the unknown unit: a price and a quantity of a document, a quantity received, a contract price.
CREATE TABLE in_unit AS
SELECT DISTINCT u.asked, l.unit_price, price_per(l.price_basis) AS per, l.quantity, 'the document' AS place
FROM asked_unit u JOIN asked_exception e ON e.asked = u.asked
JOIN invoice_line l ON l.invoice_id = e.document AND l.sequence = e.sequence AND l.uom = u.uom
UNION
SELECT u.asked, NULL, NULL, sum(r.quantity), 'the receipts'
FROM asked_unit u
JOIN (SELECT DISTINCT asked, company, po, release FROM asked_exception) e ON e.asked = u.asked
JOIN po_line p ON p.po_number = e.po AND p.company = coalesce(e.company, p.company)
  AND coalesce(p.release, '') = coalesce(e.release, p.release, '') AND p.item = u.item
JOIN receipt_line r ON r.company = p.company AND r.po_number = p.po_number AND coalesce(r.release, '') = coalesce(p.release, '')
  AND r.line_number = p.line_number AND r.uom = u.uom
GROUP BY u.asked
UNION
SELECT u.asked, c.unit_price, 1, NULL, 'contract ' || c.contract
FROM asked_unit u CROSS JOIN night n
JOIN contract_price c ON c.item = u.item AND c.uom = u.uom AND n.as_of BETWEEN c.effective_from AND coalesce(c.effective_to, n.as_of);

-- A price in the unit over that of a base unit, as n over d in whole numbers: nothing is rounded.
CREATE TABLE price_of_pack AS
SELECT i.asked, (i.unit_price::DECIMAL(19, 6) * 1000000::DECIMAL(7, 0))::HUGEINT * c.per::HUGEINT * (c.factor::DECIMAL(19,
  4) * 10000::DECIMAL(5, 0))::HUGEINT AS n,
  (c.unit_price::DECIMAL(19, 6) * 1000000::DECIMAL(7, 0))::HUGEINT * i.per::HUGEINT * 10000 AS d,
  i.place || ' has ' || money(i.unit_price) || ' per ' || u.uom AS said, money(c.unit_price) || ' per ' || c.uom || ' (' || c.place || ')' AS held
FROM in_unit i JOIN base_cost c ON c.asked = i.asked JOIN asked_unit u ON u.asked = i.asked
WHERE i.unit_price > 0 AND c.unit_price > 0 AND i.per IS NOT NULL AND c.per IS NOT NULL;
CREATE TABLE quantity_of_pack AS
SELECT i.asked, (c.quantity::DECIMAL(19, 4) * 10000::DECIMAL(5, 0))::HUGEINT * (c.factor::DECIMAL(19, 4) * 10000::DECIMAL(5, 0))::HUGEINT AS n,
  (i.quantity::DECIMAL(19, 4) * 10000::DECIMAL(5, 0))::HUGEINT * 10000 AS d,
  plain(i.quantity) || ' ' || u.uom AS said, plain(c.quantity) || ' ' || c.uom AS held
FROM in_unit i JOIN base_cost c ON c.asked = i.asked JOIN asked_unit u ON u.asked = i.asked
WHERE i.quantity > 0 AND c.quantity > 0;

-- Who says how many are in one: catalogues, other orders and stock movements of the item, and its descriptions ("12/CT", "CT OF 12").
CREATE TABLE told_size AS
SELECT DISTINCT u.asked, 'catalogue' AS topic, c.uom_factor AS factor, 'the catalogue of '
  || coalesce(nullif(c.partner, ''), c.supplier, 'the supplier') || ' (' || c.vendor_item || ')' AS place
FROM asked_unit u
JOIN catalog_item c ON c.uom = u.uom AND c.uom_factor > 0 AND coalesce(nullif(c.factor_uom, ''), u.base_uom) = u.base_uom
  AND (c.item = u.item OR EXISTS (FROM item_vendor v WHERE v.item = u.item
    AND bare_id(v.vendor_item) = bare_id(c.vendor_item) AND (v.supplier = c.supplier
    OR EXISTS (FROM partner_vendor w WHERE w.partner = c.partner AND w.supplier = v.supplier))))
UNION
SELECT u.asked, 'history', p.uom_factor, 'PO ' || min(p.po_number)
FROM asked_unit u JOIN po_line p ON p.item = u.item AND p.uom = u.uom AND p.uom_factor > 0 GROUP BY u.asked, p.uom_factor
UNION
SELECT u.asked, 'history', t.uom_factor, 'inventory transaction ' || min(t.document)
FROM asked_unit u JOIN inventory_transaction t ON t.item = u.item AND t.uom = u.uom AND t.uom_factor > 0 GROUP BY u.asked, t.uom_factor
UNION
SELECT asked, 'description', TRY_CAST(coalesce(nullif(regexp_extract(text, '(?:^|[^0-9.])([0-9]{1,5}) ?/ ?' || uom || '(?:$|[^A-Z0-9])', 1), ''),
    regexp_extract(text, '(?:^|[^A-Z0-9])' || uom || ' ?(?:OF|/) ?([0-9]{1,5})(?:$|[^0-9.])', 1)) AS DECIMAL(12, 4)), '"' || description || '"'
FROM (
  SELECT u.asked, regexp_escape(upper(u.uom)) AS uom, d.description, upper(d.description) AS text
  FROM asked_unit u
  JOIN (
    SELECT item, description FROM ours UNION SELECT item, description FROM po_line
    UNION SELECT a.item, l.description FROM asked a JOIN asked_exception e ON e.asked = a.asked
      JOIN invoice_line l ON l.invoice_id = e.document AND l.sequence = e.sequence
  ) d ON d.item = u.item
  WHERE d.description <> ''
);

-- What other items have in a unit of this name, where they are many and of one mind.
CREATE TABLE usual_size AS
SELECT u.asked, min(o.factor) AS factor, count(DISTINCT o.item) AS items
FROM asked_unit u JOIN item_uom o ON o.uom = u.uom AND o.item <> u.item AND o.factor > 0
GROUP BY u.asked HAVING count(DISTINCT o.item) >= 5 AND min(o.factor) = max(o.factor);

CREATE TABLE pack_size AS
SELECT DISTINCT s.asked, s.factor::DECIMAL(12, 4) AS factor, plain(s.factor::DECIMAL(12, 4)) || ' ' || u.base_uom AS target
FROM (
  SELECT asked, factor FROM told_size
  UNION SELECT asked, factor FROM usual_size
  UNION SELECT u.asked, k.factor FROM asked_unit u JOIN item_uom k ON k.item = u.item AND k.uom <> u.base_uom AND k.factor > 0
  -- Whole sizes that a price makes within two percent, or a quantity exactly.
  UNION SELECT asked, TRY_CAST(half_up(n, d) AS DECIMAL(12, 4)) FROM price_of_pack WHERE abs(n - half_up(n, d) * d) * 50 <= n
  UNION SELECT asked, TRY_CAST(n // d AS DECIMAL(12, 4)) FROM quantity_of_pack WHERE n % d = 0
) s JOIN asked_unit u ON u.asked = s.asked
WHERE s.factor > 0;

INSERT INTO reason
SELECT s.asked, s.target, t.topic,
  CASE WHEN t.factor = s.factor THEN CASE t.topic WHEN 'description' THEN 25 ELSE 45 END
    ELSE CASE t.topic WHEN 'description' THEN -15 ELSE -25 END END,
  t.place || CASE WHEN t.factor = s.factor THEN ' says so' ELSE ' says ' || plain(t.factor) END
FROM pack_size s JOIN told_size t ON t.asked = s.asked AND t.factor > 0
UNION ALL
SELECT s.asked, s.target, 'price',
  CASE WHEN p.n = size * p.d THEN 30 WHEN abs(p.n - size * p.d) * 50 <= p.n THEN 20 WHEN abs(p.n - size * p.d) * 10 <= p.n THEN -5 ELSE -20 END,
  p.said || CASE WHEN p.n = size * p.d THEN ', which is that of ' || s.target || ' at ' ELSE ', against ' END || p.held
FROM (SELECT *, factor::HUGEINT AS size FROM pack_size WHERE factor % 1 = 0) s JOIN price_of_pack p ON p.asked = s.asked
UNION ALL
SELECT s.asked, s.target, 'quantity', CASE WHEN q.n = size * q.d THEN 15 ELSE -10 END,
  q.said || CASE WHEN q.n = size * q.d THEN ' would be all of the ' ELSE ' would be more than the ' END || q.held || ' ordered'
FROM (SELECT *, factor::HUGEINT AS size FROM pack_size WHERE factor % 1 = 0) s JOIN quantity_of_pack q ON q.asked = s.asked AND size * q.d >= q.n
UNION ALL
SELECT s.asked, s.target, 'pack', CASE WHEN k.packs IS NULL THEN -5 ELSE 10 END,
  coalesce('item ' || u.item || ' has a pack of this size: ' || k.packs, 'item ' || u.item || ' has no pack of this size in the ERP')
FROM pack_size s JOIN asked_unit u ON u.asked = s.asked
LEFT JOIN (SELECT item, factor, string_agg(DISTINCT uom, ', ' ORDER BY uom) AS packs FROM item_uom WHERE factor > 0 GROUP BY item, factor) k
  ON k.item = u.item AND k.factor = s.factor
UNION ALL
SELECT s.asked, s.target, 'others', 10, o.items || ' other items have ' || plain(o.factor) || ' in a unit of this name'
FROM pack_size s JOIN usual_size o ON o.asked = s.asked AND o.factor = s.factor;
