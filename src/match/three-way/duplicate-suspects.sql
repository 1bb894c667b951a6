-- INV-DUPLICATE-SUSPECT: from the same supplier, on the same side (bill or credit) and within the window, a number that is nearly the
-- same, or the same PO lines, quantities and amounts under another number. Set aside until someone says that it is no duplicate.

-- Of two numbers that are nearly the same, one at least is not bare.
CREATE VIEW three_way.alike AS
FROM three_way.document
WHERE (partner, bare_number) IN (SELECT (partner, bare_number) FROM three_way.document WHERE number <> bare_number);
INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'nearly the same number', min(e.document)
FROM three_way.bill b
JOIN three_way.alike d ON d.document = b.turn
JOIN three_way.alike e
  ON e.partner = d.partner AND e.bare_number = d.bare_number AND e.number <> d.number AND e.credit = d.credit AND e.document < d.document
WHERE b.is_open AND NOT b.is_duplicate AND NOT b.no_duplicate
  AND e.document NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;

-- Only documents of the same amount and number of lines can repeat each other; of those, the content: their lines in any order.
CREATE TABLE three_way.content AS
WITH total AS (
  SELECT turn AS document, amount, lines FROM three_way.goods WHERE amount > 0 AND NOT has_unmatched AND NOT has_unknown
  UNION ALL
  SELECT document, abs(sum(amount)), count(*) FROM three_way.voucher GROUP BY document HAVING bool_and(base <> 0)
),
suspect AS (
  SELECT unnest(documents) AS document
  FROM (
    SELECT list(t.document) AS documents
    FROM total t
    JOIN three_way.document d ON d.document = t.document
    GROUP BY d.partner, d.credit, t.amount, t.lines
    HAVING count(*) > 1
  )
),
line AS (
  SELECT turn AS document, po_id, abs(base) AS base, amount FROM three_way.billed
  UNION ALL
  SELECT document, po_id, abs(base), abs(amount) FROM three_way.voucher
)
SELECT document, list({po: po_id, base: base, amount: amount} ORDER BY po_id, base, amount) AS lines
FROM line
WHERE document IN (SELECT document FROM suspect)
GROUP BY document
HAVING bool_and(base IS NOT NULL);

-- Equal deliveries of one order look the same and are none: each line of each has a receipt of its own, of just its quantity.
CREATE VIEW three_way.suspect_line AS SELECT document, unnest(lines, recursive := true) FROM three_way.content;
CREATE VIEW three_way.suspect_po_row AS FROM three_way.po_line WHERE po_id IN (SELECT po FROM three_way.suspect_line);
CREATE TABLE three_way.delivered AS
WITH bills AS (
  SELECT po_id, base, count(*) AS bills
  FROM (SELECT po_id, base FROM three_way.billed UNION ALL SELECT po_id, base FROM three_way.voucher)
  WHERE po_id IN (SELECT po FROM three_way.suspect_line)
  GROUP BY po_id, base
),
receipts AS (
  SELECT p.po_id, r.quantity::DECIMAL(19,4) * p.factor AS base, count(*) AS receipts
  FROM three_way.receipt_line r
  JOIN three_way.po_of('three_way.suspect_po_row') p
    ON p.po_number = r.po_number AND p.line_number = r.line_number AND p.company = r.company AND p.release_name = coalesce(r.release, '')
  WHERE r.uom = p.uom
  GROUP BY p.po_id, r.quantity::DECIMAL(19,4) * p.factor
)
SELECT l.document
FROM three_way.suspect_line l
LEFT JOIN bills b ON b.po_id = l.po AND b.base = l.base
LEFT JOIN receipts r ON r.po_id = l.po AND r.base = l.base
GROUP BY l.document
HAVING bool_and(coalesce(r.receipts >= b.bills, false));

-- Found before anything is asked of them: who bills what is no key to join by where few suppliers send all the invoices.
CREATE TABLE three_way.same_content AS
SELECT c.document, d.document AS earlier
FROM three_way.content c
JOIN three_way.content d ON d.lines = c.lines AND d.document < c.document
WHERE c.document > 0;

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'the same PO lines, quantities and amount', min(s.earlier)
FROM three_way.same_content s
JOIN three_way.bill b ON b.turn = s.document AND b.is_open
JOIN three_way.document e ON e.document = s.earlier
WHERE (e.partner = b.partner) IS TRUE AND e.credit = b.credit
  AND b.turn NOT IN (SELECT turn FROM three_way.set_aside) AND NOT b.no_duplicate
  AND (b.credit OR s.document NOT IN (SELECT document FROM three_way.delivered))
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;
