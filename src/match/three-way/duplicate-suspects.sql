-- INV-DUPLICATE-SUSPECT: from the same supplier, on the same side (bill or credit) and within the window, a number that is nearly the
-- same, or the same PO lines, quantities and amounts under another number. Set aside until someone says that it is no duplicate.

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'nearly the same number', min(e.document)
FROM three_way.bill b
JOIN three_way.document d ON d.document = b.turn
JOIN three_way.document e
  ON e.partner = d.partner AND e.bare_number = d.bare_number AND e.number <> d.number AND e.credit = d.credit AND e.document < d.document
WHERE b.is_open AND NOT b.is_duplicate
  AND e.document NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;

-- Only documents all of whose PO lines were billed more than once can repeat another's lines.
CREATE TABLE three_way.repeated_line AS
WITH line AS (
  SELECT turn AS document, po_id, abs(base) AS base, amount FROM three_way.billed
  UNION ALL
  SELECT document, po_id, abs(base), abs(amount) FROM three_way.voucher WHERE base <> 0
),
repeated AS (SELECT po_id FROM line GROUP BY po_id HAVING count(*) > 1),
other AS (
  SELECT document FROM line WHERE po_id NOT IN (SELECT po_id FROM repeated) OR base IS NULL OR amount IS NULL
  UNION
  SELECT turn FROM three_way.unmatched
)
SELECT * FROM line WHERE document NOT IN (SELECT document FROM other);

-- The content of a document, whatever the order of its lines: how many, for how much, and the sum of their marks.
CREATE TABLE three_way.content AS
SELECT document, count(*) AS lines, sum(amount) AS amount, sum(hash(po_id, base, amount)::HUGEINT) AS mark
FROM three_way.repeated_line
GROUP BY document
HAVING sum(amount) > 0;

CREATE TABLE three_way.alike AS
SELECT c.document AS turn, d.document
FROM three_way.content c
JOIN three_way.content d ON d.mark = c.mark AND d.lines = c.lines AND d.amount = c.amount AND d.document < c.document;

-- Marks may agree by chance; lines decide.
CREATE TABLE three_way.alike_lines AS
SELECT document, list({po: po_id, base: base, amount: amount} ORDER BY po_id, base, amount) AS lines
FROM three_way.repeated_line
WHERE document IN (SELECT turn FROM three_way.alike UNION ALL SELECT document FROM three_way.alike)
GROUP BY document;

INSERT INTO three_way.set_aside
SELECT b.turn, 'INV-DUPLICATE-SUSPECT', 'the same PO lines, quantities and amount', min(a.document)
FROM three_way.alike a
JOIN three_way.alike_lines l ON l.document = a.turn
JOIN three_way.alike_lines m ON m.document = a.document AND m.lines = l.lines
JOIN three_way.bill b ON b.turn = a.turn AND b.is_open
JOIN three_way.document e ON e.document = a.document AND e.partner = b.partner AND e.credit = b.credit
WHERE b.turn NOT IN (SELECT turn FROM three_way.set_aside)
  AND coalesce(abs(b.invoice_date - e.invoice_date), 0) <= (SELECT duplicate_window_days FROM three_way.night)
GROUP BY b.turn;
