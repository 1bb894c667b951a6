-- Which purchase orders an invoice means. A PO is company + number + release; the number alone is none.

-- The PO numbers an invoice names: in its header (line_po ''), or on a line that says otherwise.
CREATE TABLE three_way.named AS
SELECT turn, invoice_id, partner, company, ship_to, '' AS line_po, po_number, release
FROM three_way.bill
WHERE po_number IS NOT NULL AND turn NOT IN (SELECT turn FROM three_way.set_aside)
UNION ALL
SELECT DISTINCT b.turn, b.invoice_id, b.partner, b.company, b.ship_to, trim(l.po_number), trim(l.po_number),
  CASE WHEN trim(l.po_number) = b.po_number THEN b.release ELSE '' END
FROM (SELECT invoice_id, po_number FROM invoice_line WHERE trim(po_number) <> '') l
JOIN three_way.bill b USING (invoice_id)
WHERE b.turn NOT IN (SELECT turn FROM three_way.set_aside);

-- Narrowed by company and release (never another one), then by the release told, the partner's vendors, the ship-to, in that order;
-- what leaves none is not applied, so that a PO of another supplier is found and questioned.
CREATE TABLE three_way.claim AS
WITH header AS (
  SELECT company, po_number, coalesce(release, '') AS release, supplier, ship_to
  FROM po_line
  WHERE po_number IN (SELECT po_number FROM three_way.named)
  GROUP BY ALL
)
SELECT n.turn, n.invoice_id, n.line_po, n.po_number, h.company, h.release, min(h.supplier) AS supplier,
  bool_or(m.supplier IS NOT NULL) AS ours,
  max(CASE WHEN n.release <> '' AND h.release = n.release THEN 4 ELSE 0 END
    + CASE WHEN m.supplier IS NOT NULL THEN 2 ELSE 0 END
    + CASE WHEN h.ship_to = n.ship_to THEN 1 ELSE 0 END) AS fit
FROM three_way.named n
JOIN header h
  ON h.po_number = n.po_number
  AND (n.company IS NULL OR h.company = n.company)
  AND (n.release = '' OR h.release IN (n.release, ''))
LEFT JOIN three_way.may_bill m ON m.partner = n.partner AND m.company = h.company AND m.supplier = h.supplier
GROUP BY n.turn, n.invoice_id, n.line_po, n.po_number, h.company, h.release;

CREATE TABLE three_way.claim_choice AS
SELECT turn, line_po, max(fit) AS fit, count(*) AS claims FROM three_way.claim GROUP BY turn, line_po HAVING count(*) > 1;
DELETE FROM three_way.claim c USING three_way.claim_choice x WHERE c.turn = x.turn AND c.line_po = x.line_po AND c.fit < x.fit;

-- Several companies left: nothing on the invoice tells which. Several releases may still be told apart by their lines.
CREATE TABLE three_way.claim_tie AS
SELECT turn, line_po, any_value(po_number) AS po_number, string_agg(DISTINCT company, ' and ' ORDER BY company) AS companies
FROM three_way.claim
WHERE (turn, line_po) IN (SELECT (turn, line_po) FROM three_way.claim_choice)
GROUP BY turn, line_po
HAVING count(DISTINCT company) > 1;
DELETE FROM three_way.claim c USING three_way.claim_tie t WHERE c.turn = t.turn AND c.line_po = t.line_po;

-- One PO only, the usual case: its lines can be found by number at once.
ALTER TABLE three_way.claim ADD COLUMN is_single BOOLEAN;
UPDATE three_way.claim SET is_single = (turn, line_po) NOT IN (SELECT (turn, line_po) FROM three_way.claim GROUP BY turn, line_po HAVING count(*) > 1);
