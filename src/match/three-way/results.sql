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
  SELECT l.rowid AS line_id, b.turn, b.credit, b.currency, b.partner, b.po_number AS bill_po, b.turn IN (SELECT turn FROM three_way.set_aside) AS is_set_aside, l.*
  FROM invoice_line l
  JOIN three_way.bill b ON b.invoice_id = l.invoice_id AND b.is_open
)
SELECT l.invoice_id, l.sequence,
  CASE
    WHEN l.is_set_aside THEN 'duplicate'
    WHEN x.line_id IS NOT NULL THEN 'exception'
    WHEN w.line_id IS NOT NULL THEN 'waiting'
    WHEN l.credit OR l.quantity < 0 THEN 'credited'
    ELSE 'matched'
  END AS outcome,
  j.rung,
  coalesce(p.company, s.company) AS company,
  coalesce(p.po_number, nullif(trim(l.po_number), ''), l.bill_po) AS po_number,
  nullif(p.release, '') AS release,
  p.line_number,
  coalesce(p.supplier, s.supplier) AS supplier,
  p.item,
  p.facility,
  l.description,
  l.quantity,
  l.uom,
  CASE WHEN j.line_id IS NULL OR j.factor IS NULL THEN NULL ELSE
    three_way.unit_path(l.uom, p.uom, p.base_uom, j.factor, k.source, 'unit table') ||
    CASE WHEN l.uom = p.uom THEN '' ELSE '; ' || three_way.unit_path(p.uom, '', p.base_uom, p.factor,
      CASE WHEN p.uom_factor > 0 AND p.own_base IS NULL THEN 'PO' || CASE WHEN o.factor <> p.uom_factor THEN ', item master says x' || three_way.plain(o.factor) ELSE '' END END, 'item ' || p.item) END
    || CASE WHEN j.per > 1 THEN '; price per ' || j.per ELSE '' END || CASE WHEN j.po_per > 1 THEN '; PO price per ' || j.po_per ELSE '' END
  END AS unit_path,
  p.base_uom,
  j.base AS invoiced_base,
  j.ordered_base,
  j.received_base,
  j.billed_base,
  l.unit_price,
  CASE WHEN j.unit_price = j.po_price AND j.factor = j.po_factor AND j.per = j.po_per THEN j.po_price
    ELSE three_way.price_ratio(j.po_price::DECIMAL(20, 6) * j.per * j.factor, j.po_per::DECIMAL(19, 0) * j.po_factor) END AS expected_price,
  l.unit_price - expected_price AS price_difference,
  three_way.amount(three_way.extended(l.quantity, coalesce(l.unit_price, 0), coalesce(three_way.price_per(l.price_basis), 1))) AS extended,
  t.text AS tolerance,
  extended AS amount,
  l.currency,
  l.source_file,
  l.source_record
FROM line l
LEFT JOIN three_way.judged_of('three_way.billed') j ON j.line_id = l.line_id
LEFT JOIN three_way.po_told_of('three_way.po_row') p ON p.po_id = j.po_id
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = l.uom
LEFT JOIN three_way.pack o ON o.item = p.item AND o.uom = p.uom
LEFT JOIN three_way.scope c ON c.po_id = j.po_id
LEFT JOIN tolerance_text t ON t.scope = c.scope
LEFT JOIN exception x ON x.line_id = l.line_id
LEFT JOIN three_way.waiting w ON w.line_id = l.line_id
LEFT JOIN three_way.whose s ON s.turn = l.turn;

CREATE OR REPLACE TABLE invoice_outcome AS
WITH holding AS (
  SELECT turn, string_agg(code, ',' ORDER BY code) AS codes
  FROM (SELECT DISTINCT turn, code FROM three_way.raised WHERE turn IS NOT NULL AND code NOT IN ('INV-TERMS', 'GRNI-AGED'))
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
  coalesce(h.codes, '') AS codes
FROM three_way.bill b
LEFT JOIN holding h ON h.turn = b.turn
LEFT JOIN three_way.set_aside a ON a.turn = b.turn
WHERE b.is_open;
