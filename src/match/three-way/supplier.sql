-- INV-SUPPLIER: who bills, or who wants the money, is not who the order was placed with. One finding an invoice and PO.

-- At risk: the lines billed on a PO of a supplier that this partner may not bill as.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-SUPPLIER' AS code, c.turn, c.company, c.po_number, nullif(c.release, '') AS release,
  three_way.amount(coalesce((SELECT sum(abs(j.amount)) FROM three_way.billed j JOIN three_way.po_line p ON p.po_id = j.po_id
    WHERE j.turn = c.turn AND p.company = c.company AND p.po_number = c.po_number AND coalesce(p.release, '') = c.release), b.total)) AS amount,
  po_name(c.po_number, c.release) || ' was placed with supplier ' || c.supplier || ', and partner ' || b.partner || ' bills it, who may bill as '
    || coalesce((SELECT string_agg(DISTINCT m.supplier, ', ' ORDER BY m.supplier) FROM three_way.may_bill m WHERE m.partner = b.partner AND m.company = c.company), 'no vendor here') AS message,
  json_object('PO supplier', c.supplier, 'partner', b.partner) AS compared, 'BIG04' AS billed_field, c.po_number AS billed_value,
  c.place AS other
FROM three_way.claim c
JOIN three_way.bill b ON b.turn = c.turn AND b.is_open
WHERE NOT c.ours;

-- At risk: the whole invoice, where it asks to be paid at another place than the ERP pays the vendor.
INSERT INTO three_way.raised BY NAME
WITH paid_at AS (
  SELECT m.partner, m.company, v.remit_to, v.supplier, v.source_file, v.source_record
  FROM three_way.may_bill m
  JOIN three_way.vendor v ON v.supplier = m.supplier AND coalesce(v.company, '') IN ('', m.company)
  WHERE trim(v.remit_to) <> ''
),
here AS (
  SELECT b.turn, p.*, bare_id(p.remit_to) = bare_id(b.remit_to) AS is_same
  FROM three_way.sum_of_bill s
  JOIN three_way.bill b ON b.turn = s.turn
  JOIN paid_at p ON p.partner = b.partner AND (s.company IS NULL OR p.company = s.company) AND (s.supplier IS NULL OR p.supplier = s.supplier)
  WHERE trim(b.remit_to) <> ''
    AND b.turn NOT IN (SELECT turn FROM three_way.raised WHERE code = 'INV-SUPPLIER')
)
SELECT 'INV-SUPPLIER' AS code, b.turn, b.po_number, b.total AS amount,
  'The invoice asks to be paid at ' || b.remit_to || ', the vendor is paid at ' || string_agg(DISTINCT h.remit_to, ' or ' ORDER BY h.remit_to) AS message,
  json_object('remit-to', b.remit_to, 'vendor remit-to', string_agg(DISTINCT h.remit_to, ', ' ORDER BY h.remit_to)) AS compared,
  'N104 RE' AS billed_field, b.remit_to AS billed_value,
  min({file: h.source_file, record: h.source_record, field: 'remit_to', value: h.remit_to}) AS other
FROM here h
JOIN three_way.bill b ON b.turn = h.turn
GROUP BY b.turn, b.po_number, b.total, b.remit_to
HAVING NOT bool_or(h.is_same);
