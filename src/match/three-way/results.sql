-- What became of each line and each invoice. Views over the narrow tables of the rules: a million lines cost nothing until they are read.

CREATE OR REPLACE VIEW match_result AS
WITH exception AS (
  SELECT DISTINCT line_id FROM three_way.raised WHERE line_id IS NOT NULL
  -- What is raised about a whole PO is about each line that names it.
  UNION
  SELECT u.line_id FROM three_way.unmatched u
),
tolerance_text AS (
  SELECT scope, '{' || string_agg(text, ',' ORDER BY text) || '}' AS text
  FROM (
    SELECT scope, unnest([
      '"' || rule || ' over":"' || three_way.limit_name(over_mode, over_percent, over_absolute, over_combine) || '"',
      '"' || rule || ' under":"' || three_way.limit_name(under_mode, under_percent, under_absolute, under_combine) || '"'
    ]) AS text
    FROM three_way.allowed_of('three_way.scope')
    WHERE rule IN ('price', 'contract-price', 'quantity-ordered', 'quantity-received', 'extended-amount')
  )
  WHERE NOT starts_with(text, '"quantity-') OR contains(text, ' over":')
  GROUP BY scope
),
line AS (
  SELECT l.*, b.turn, b.credit, b.currency, b.po_number AS bill_po, b.turn IN (SELECT turn FROM three_way.set_aside) AS is_set_aside,
    coalesce(l.unit_price, 0)::DECIMAL(18, 6) AS billed_price, price_per(l.price_basis) AS per
  FROM three_way.invoice_line l
  JOIN three_way.bill b ON b.invoice_id = l.invoice_id AND b.is_open
),
-- Each line with its PO line, if it has one, and what one of its units holds.
beside AS (
  SELECT l.*, j.po_id, j.rung, j.base, j.ordered_base, j.received_base, j.billed_base,
    p.company, p.po_number AS order_number, p.release, p.line_number, p.supplier, p.item, p.facility, p.base_uom, p.own_base,
    p.uom AS po_uom, p.uom_factor, p.factor AS po_factor, p.unit_price AS po_price, p.per AS po_per,
    three_way.factor_of(l.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS factor,
    k.source AS pack_source, o.factor AS own_pack
  FROM line l
  LEFT JOIN three_way.judged_of('three_way.billed') j ON j.line_id = l.line_id
  LEFT JOIN three_way.po_told_of('three_way.po_line') p ON p.po_id = j.po_id
  LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = l.uom
  LEFT JOIN three_way.pack o ON o.item = p.item AND o.uom = p.uom
  LEFT JOIN three_way.generic g ON g.from_uom = l.uom AND g.to_uom = p.own_base
)
SELECT l.invoice_id, l.sequence,
  CASE
    WHEN l.is_set_aside THEN 'duplicate'
    WHEN x.line_id IS NOT NULL THEN 'exception'
    WHEN w.line_id IS NOT NULL THEN 'waiting'
    WHEN l.credit OR l.quantity < 0 THEN 'credited'
    ELSE 'matched'
  END AS outcome,
  l.rung,
  coalesce(l.company, s.company) AS company,
  coalesce(l.order_number, nullif(trim(l.po_number), ''), l.bill_po) AS po_number,
  nullif(l.release, '') AS release,
  l.line_number,
  coalesce(l.supplier, s.supplier) AS supplier,
  l.item,
  l.facility,
  l.description,
  l.quantity,
  l.uom,
  CASE WHEN l.factor IS NOT NULL THEN three_way.unit_path(l.uom, l.po_uom, l.base_uom, l.factor, l.pack_source, 'unit table') ||
    CASE WHEN l.uom = l.po_uom THEN '' ELSE '; ' || three_way.unit_path(l.po_uom, '', l.base_uom, l.po_factor,
      CASE WHEN l.uom_factor > 0 AND l.own_base IS NULL THEN 'PO' || CASE WHEN l.own_pack <> l.uom_factor THEN ', item master says x' || plain(l.own_pack) ELSE '' END END, 'item ' || l.item) END
    || CASE WHEN l.per > 1 THEN '; price per ' || l.per ELSE '' END || CASE WHEN l.po_per > 1 THEN '; PO price per ' || l.po_per ELSE '' END END AS unit_path,
  l.base_uom,
  l.base AS invoiced_base,
  l.ordered_base,
  l.received_base,
  l.billed_base,
  l.unit_price,
  CASE WHEN l.billed_price = l.po_price AND l.factor = l.po_factor AND l.per = l.po_per THEN l.po_price
    ELSE price_ratio(l.po_price::DECIMAL(20, 6) * l.per * l.factor, l.po_per::DECIMAL(19, 0) * l.po_factor) END AS expected_price,
  l.unit_price - expected_price AS price_difference,
  three_way.amount(extended(l.quantity, l.billed_price, coalesce(l.per, 1))) AS extended,
  t.text AS tolerance,
  extended AS amount,
  l.currency,
  l.source_file,
  l.source_record
FROM beside l
LEFT JOIN three_way.scope c ON c.po_id = l.po_id
LEFT JOIN tolerance_text t ON t.scope = c.scope
LEFT JOIN exception x ON x.line_id = l.line_id
LEFT JOIN three_way.waiting w ON w.line_id = l.line_id
LEFT JOIN three_way.whose s ON s.turn = l.turn;

CREATE OR REPLACE TABLE invoice_outcome AS
WITH holding AS (
  SELECT turn, array_to_string(list_sort(list_distinct(list(code))), ',') AS codes
  FROM three_way.raised
  WHERE turn IS NOT NULL AND code NOT IN ('INV-TERMS', 'GRNI-AGED')
  GROUP BY turn
)
SELECT b.invoice_id,
  CASE
    WHEN a.turn IS NOT NULL THEN 'duplicate'
    WHEN h.turn IS NOT NULL THEN 'held'
    WHEN b.turn IN (SELECT turn FROM three_way.waiting) THEN 'waiting'
    ELSE 'clean'
  END AS outcome,
  CASE WHEN b.credit THEN -b.total ELSE b.total END AS amount,
  coalesce(h.codes, '') AS codes,
  w.company,
  w.supplier
FROM three_way.bill b
JOIN three_way.whose w ON w.turn = b.turn
LEFT JOIN holding h ON h.turn = b.turn
LEFT JOIN three_way.set_aside a ON a.turn = b.turn
WHERE b.is_open;
