-- INV-DUPLICATE-SUSPECT: a number that is nearly the same, or the same PO lines, quantities and amount under another number, from the
-- same supplier, on the same side (bill or credit), within the window. Set aside like a duplicate until someone says that it is none.

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', e.number, e.name, 'nearly the same number', e.source_file, e.source_record
FROM three_way.bill b
JOIN three_way.earlier e
  ON e.partner = b.partner AND e.bare_number = b.bare_number AND e.number <> b.number AND e.credit = b.credit
  AND (e.turn IS NULL OR (e.turn < b.turn AND e.turn NOT IN (SELECT turn FROM three_way.set_aside)))
WHERE b.is_open
  AND b.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
QUALIFY row_number() OVER (PARTITION BY b.turn ORDER BY e.turn NULLS FIRST, e.number, e.name, e.source_file, e.source_record) = 1;

-- What an invoice bills as a whole: equal content has equal marks whatever the order of its lines. Only invoices that share partner,
-- amount and count with another document are worth the comparison of their lines.
CREATE TABLE three_way.content AS
WITH bill_total AS (
  SELECT turn, count(*) AS lines, sum(amount) AS amount FROM three_way.billed GROUP BY turn HAVING sum(amount) <> 0
),
voucher_total AS (
  SELECT company, supplier, upper(trim(invoice_number)) AS number, count(*) AS lines, abs(sum(amount)) AS amount
  FROM voucher_line
  WHERE status <> 'cancelled' AND po_number <> ''
  GROUP BY ALL
)
SELECT b.partner, t.lines, t.amount, b.credit, b.number, b.turn, NULL AS company, NULL AS supplier
FROM bill_total t JOIN three_way.bill b USING (turn)
UNION ALL
SELECT m.partner, t.lines, t.amount, e.amount < 0, t.number, NULL, t.company, t.supplier
FROM voucher_total t
JOIN three_way.vouchered_invoice e USING (company, supplier, number)
JOIN three_way.may_bill m USING (company, supplier);

CREATE TABLE three_way.alike AS
SELECT b.turn, b.number, e.turn AS earlier_turn, e.company AS earlier_company, e.supplier AS earlier_supplier, e.number AS earlier_number
FROM three_way.content b
JOIN three_way.content e
  ON e.partner = b.partner AND e.amount = b.amount AND e.lines = b.lines AND e.credit = b.credit AND e.number <> b.number
  AND (e.turn IS NULL OR e.turn < b.turn)
WHERE b.turn IS NOT NULL;

CREATE TABLE three_way.content_line AS
SELECT turn, NULL AS company, NULL AS supplier, NULL AS number, po_id, abs(base) AS base, amount
FROM three_way.billed
WHERE turn IN (SELECT turn FROM three_way.alike UNION ALL SELECT earlier_turn FROM three_way.alike WHERE earlier_turn IS NOT NULL)
UNION ALL
SELECT NULL, v.company, v.supplier, upper(trim(v.invoice_number)), p.po_id,
  abs(v.quantity::DECIMAL(19, 4) * three_way.factor_of(coalesce(v.uom, p.uom), p.uom, p.factor, p.base_uom, p.by_item, k.factor, g.factor)),
  abs(v.amount)
FROM voucher_line v
JOIN three_way.po p
  ON p.po_number = v.po_number AND p.line_number = v.line_number AND p.company = v.company AND coalesce(p.release, '') = coalesce(v.release, '')
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = v.uom
LEFT JOIN three_way.generic g ON g.from_uom = v.uom AND g.to_uom = p.base_uom
WHERE v.status <> 'cancelled'
  AND (v.company, v.supplier, upper(trim(v.invoice_number))) IN (SELECT (earlier_company, earlier_supplier, earlier_number) FROM three_way.alike);

INSERT INTO three_way.set_aside
WITH mark AS (
  SELECT turn, company, supplier, number, count(*) AS lines, list({po: po_id, base: base, amount: amount} ORDER BY po_id, base, amount) AS content
  FROM three_way.content_line
  WHERE base IS NOT NULL
  GROUP BY ALL
)
SELECT a.turn, 'INV-DUPLICATE-SUSPECT', e.number, e.name, 'the same PO lines, quantities and amount', e.source_file, e.source_record
FROM three_way.alike a
JOIN three_way.bill b USING (turn)
JOIN mark m ON m.turn = a.turn
JOIN mark n ON n.turn = a.earlier_turn OR (a.earlier_turn IS NULL AND n.company = a.earlier_company AND n.supplier = a.earlier_supplier AND n.number = a.earlier_number)
JOIN three_way.earlier e ON e.partner = b.partner AND e.number = a.earlier_number AND e.turn IS NOT DISTINCT FROM a.earlier_turn
WHERE b.is_open
  AND m.content = n.content
  AND a.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
QUALIFY row_number() OVER (PARTITION BY a.turn ORDER BY e.turn NULLS FIRST, e.number, e.name, e.source_file, e.source_record) = 1;
