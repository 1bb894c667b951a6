-- What is wrong with how an invoice and its purchase order belong together, where lines are left without a PO line.

-- INV-AMBIGUOUS: a line that fits several PO lines on the same rung. At risk: the line.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-AMBIGUOUS' AS code, u.turn, u.line_id, min(p.company) AS company, min(p.po_number) AS po_number,
  CASE WHEN count(DISTINCT coalesce(p.release, '')) = 1 THEN min(p.release) END AS release, u.amount,
  'Invoice line ' || u.sequence || ' fits ' || count(*) || ' PO lines equally, by ' || three_way.rung_name(min(t.rung)) || ': '
    || string_agg(po_name(p.po_number, p.release) || ' line ' || p.line_number, ', ' ORDER BY p.company, p.po_number, p.release, p.line_number) AS message,
  json_object('candidates', string_agg(po_name(p.po_number, p.release) || ' line ' || p.line_number, ', ' ORDER BY p.company, p.po_number, p.release, p.line_number),
    'rung', min(t.rung)::VARCHAR, 'decided line', any_value(m.line_number)) AS compared,
  'IT1' AS billed_field, 'line ' || u.sequence AS billed_value,
  min({file: p.source_file, record: p.source_record, field: 'line_number', value: p.line_number}) AS other
FROM three_way.unmatched u
JOIN three_way.bill b ON b.turn = u.turn AND b.is_open
JOIN three_way.tie t ON t.line_id = u.line_id
JOIN three_way.fit f ON f.line_id = u.line_id
JOIN three_way.po_line p ON p.po_id = f.po_id
LEFT JOIN three_way.mapped_line m ON m.invoice_id = b.invoice_id AND m.sequence = u.sequence
GROUP BY u.turn, u.line_id, u.sequence, u.amount;

-- ... and a PO number that several companies use, with nothing on the invoice to tell which. At risk: its lines.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-AMBIGUOUS' AS code, t.turn, t.po_number, three_way.amount(coalesce(sum(u.amount), any_value(b.total))) AS amount,
  'PO ' || t.po_number || ' exists in companies ' || any_value(t.companies) || ', and nothing on the invoice tells which is meant' AS message,
  json_object('PO', t.po_number, 'companies', any_value(t.companies)) AS compared, 'BIG04' AS billed_field, t.po_number AS billed_value
FROM three_way.claim_tie t
JOIN three_way.bill b ON b.turn = t.turn AND b.is_open
LEFT JOIN three_way.unmatched u ON u.turn = t.turn AND u.line_po = t.line_po
GROUP BY t.turn, t.po_number;

-- INV-UNKNOWN-PO: one finding an invoice and PO number, not one a line. At risk: the lines that name it.
INSERT INTO three_way.raised BY NAME
WITH unknown AS (
  SELECT n.turn, n.line_po, n.po_number, n.release, n.company
  FROM three_way.named n
  ANTI JOIN three_way.possible p ON p.turn = n.turn AND p.line_po = n.line_po
),
elsewhere AS (
  SELECT po_number, string_agg(DISTINCT company || CASE WHEN coalesce(release, '') = '' THEN '' ELSE ' release ' || release END, ', ') AS places
  FROM three_way.po_line WHERE po_number IN (SELECT po_number FROM unknown)
  GROUP BY po_number
)
SELECT 'INV-UNKNOWN-PO' AS code, n.turn, n.po_number, nullif(min(n.release), '') AS release,
  three_way.amount(coalesce(sum(u.amount), any_value(b.total))) AS amount,
  po_name(n.po_number, min(n.release)) || ' is not in the ERP' || coalesce(min(' of company ' || n.company), '')
    || coalesce('; the number exists in company ' || min(e.places), '') AS message,
  json_object('PO', n.po_number, 'release', nullif(min(n.release), ''), 'found in company', min(e.places)) AS compared,
  'BIG04' AS billed_field, n.po_number AS billed_value
FROM unknown n
JOIN three_way.bill b ON b.turn = n.turn AND b.is_open
LEFT JOIN three_way.unmatched u ON u.turn = n.turn AND u.line_po = n.line_po
LEFT JOIN elsewhere e ON e.po_number = n.po_number
GROUP BY n.turn, n.po_number;

-- ... and an invoice that names none, whose lines nothing on order explains.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-UNKNOWN-PO' AS code, b.turn, three_way.amount(coalesce(sum(u.amount), any_value(b.total))) AS amount,
  'The invoice names no PO, and ' || count(u.line_id) || ' of its lines are on no open order of this supplier for ship-to '
    || coalesce(nullif(any_value(b.ship_to), ''), '(none given)') || ' within ' || (SELECT no_po_window_days FROM three_way.night) || ' days' AS message,
  json_object('PO', NULL, 'ship-to', any_value(b.ship_to)) AS compared, 'BIG04' AS billed_field, NULL AS billed_value
FROM three_way.bill b
JOIN three_way.unmatched u ON u.turn = b.turn AND u.line_po = ''
WHERE b.is_open AND b.po_number IS NULL AND u.line_id NOT IN (SELECT line_id FROM three_way.tie)
GROUP BY b.turn;

-- ... or one without lines that names none: nothing tells what its charges are for.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-UNKNOWN-PO' AS code, b.turn, b.total AS amount,
  'The invoice names no PO and has no lines that could lead to one' AS message,
  json_object('PO', NULL, 'ship-to', b.ship_to) AS compared, 'BIG04' AS billed_field, NULL AS billed_value
FROM three_way.orderless o
JOIN three_way.bill b ON b.turn = o.turn;

-- INV-NOT-ON-PO: the PO is known and none of its lines is this one. At risk: the line.
INSERT INTO three_way.raised BY NAME
WITH against AS (
  -- What speaks against the PO line that IT101 names.
  SELECT x.line_id, min(p.line_number) AS line_number,
    string_agg(DISTINCT l.kind || ' ' || l.said, ', ' ORDER BY l.kind || ' ' || l.said) AS billed,
    string_agg(DISTINCT n.kind || ' ' || n.said, ', ' ORDER BY n.kind || ' ' || n.said) AS ordered
  FROM three_way.contradicted x
  JOIN three_way.line_name l ON l.line_id = x.line_id
  JOIN three_way.po_name n ON n.po_id = x.po_id AND n.kind = l.kind
  JOIN three_way.po_line p ON p.po_id = x.po_id
  GROUP BY x.line_id
)
SELECT 'INV-NOT-ON-PO' AS code, u.turn, u.line_id, min(c.company) AS company, u.po_number, CASE WHEN count(*) = 1 THEN nullif(min(c.release), '') END AS release, u.amount,
  'Invoice line ' || u.sequence || coalesce(', ' || any_value(l.description), '') || ': none of the lines of PO ' || u.po_number || ' is this one'
    || coalesce('; it names line ' || any_value(a.line_number) || ', but bills ' || any_value(a.billed) || ' where ' || any_value(a.ordered) || ' is ordered', '') AS message,
  json_object('billed ids', (SELECT string_agg(n.kind || ' ' || n.said, ', ' ORDER BY n.rung, n.kind, n.said)
      FROM (SELECT DISTINCT line_id, rung, kind, said FROM three_way.line_name) n WHERE n.line_id = u.line_id),
    'named line', any_value(l.assigned_id), 'ordered there', any_value(a.ordered), 'decided line', any_value(m.line_number)) AS compared,
  'IT101' AS billed_field, any_value(l.assigned_id) AS billed_value
FROM three_way.unmatched u
JOIN three_way.bill b ON b.turn = u.turn AND b.is_open
JOIN three_way.claim c ON c.turn = u.turn AND c.line_po = u.line_po
JOIN three_way.invoice_line l ON l.line_id = u.line_id
LEFT JOIN against a ON a.line_id = u.line_id
LEFT JOIN three_way.mapped_line m ON m.invoice_id = b.invoice_id AND m.sequence = u.sequence
WHERE u.line_id NOT IN (SELECT line_id FROM three_way.tie)
GROUP BY u.turn, u.line_id, u.sequence, u.amount, u.po_number;
