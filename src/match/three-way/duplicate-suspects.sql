-- INV-DUPLICATE-SUSPECT: from the same supplier, on the same side (bill or credit) and within the window, a number that is nearly the
-- same, or the same PO lines, quantities and amounts under another number. Set aside until someone says that it is no duplicate.

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'nearly the same number', min(e.document)
FROM three_way.bill b
JOIN three_way.document e
  ON e.partner = b.partner AND e.bare_number = b.bare_number AND e.number <> b.number AND e.credit = b.credit AND e.document < b.turn
WHERE b.is_open
  AND b.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND e.document NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;

-- The content of a document, whatever the order of its lines. Only documents all of whose PO lines were billed more than once
-- can repeat another.
CREATE TABLE three_way.content AS
WITH line AS (
  SELECT turn AS document, po_id, abs(base) AS base, amount FROM three_way.billed
  UNION ALL
  SELECT document, po_id, abs(base), abs(amount) FROM three_way.voucher WHERE base <> 0
),
repeated AS (SELECT po_id FROM line GROUP BY po_id HAVING count(*) > 1),
suspect AS (
  SELECT document
  FROM line LEFT JOIN repeated r USING (po_id)
  WHERE document NOT IN (SELECT turn FROM three_way.unmatched)
  GROUP BY document
  HAVING bool_and(r.po_id IS NOT NULL AND base IS NOT NULL) AND sum(amount) > 0
)
SELECT document, list({po: po_id, base: base, amount: amount} ORDER BY po_id, base, amount) AS lines
FROM line
WHERE document IN (SELECT document FROM suspect)
GROUP BY document;

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'the same PO lines, quantities and amount', min(e.document)
FROM three_way.bill b
JOIN three_way.content c ON c.document = b.turn
JOIN three_way.content d ON d.lines = c.lines AND d.document < c.document
JOIN three_way.document e ON e.document = d.document AND e.partner = b.partner AND e.credit = b.credit
WHERE b.is_open
  AND b.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;
