-- Which purchase orders an invoice means, where that was not plain. A PO is company + number + release; the number alone is none.

-- The PO numbers named: in the header (line_po ''), or on a line that says otherwise; also by an invoice without lines.
CREATE TABLE three_way.named AS
WITH used AS (
  SELECT DISTINCT turn, line_po FROM three_way.left_over
  UNION
  SELECT turn, '' FROM three_way.bill
  WHERE NOT is_duplicate AND turn NOT IN (SELECT turn FROM three_way.billed) AND turn NOT IN (SELECT turn FROM three_way.left_over)
)
SELECT b.turn, b.partner, b.company, b.ship_to, u.line_po, coalesce(nullif(u.line_po, ''), b.po_number) AS po_number,
  CASE WHEN u.line_po IN ('', b.po_number) THEN b.release ELSE '' END AS release
FROM used u
JOIN three_way.bill b ON b.turn = u.turn
WHERE u.line_po <> '' OR b.po_number IS NOT NULL;

-- Never a PO of another company than the one told, nor another release; of what is left, those of the release told, of the partner's
-- vendors, of the ship-to, in that order. What would leave none is not applied, so that a PO of another supplier is found and questioned.
CREATE TABLE three_way.possible AS
WITH header AS (
  SELECT company, po_number, coalesce(release, '') AS release, supplier, ship_to,
    min({file: source_file, record: source_record, field: 'supplier', value: supplier}) AS place
  FROM three_way.po_line
  WHERE po_number IN (SELECT po_number FROM three_way.named)
  GROUP BY ALL
)
SELECT n.turn, n.line_po, n.po_number, h.company, h.release, min(h.supplier) AS supplier, min(h.place) AS place,
  bool_or(m.supplier IS NOT NULL) AS ours,
  max(CASE WHEN h.release = n.release THEN 4 ELSE 0 END
    + CASE WHEN m.supplier IS NOT NULL THEN 2 ELSE 0 END
    + CASE WHEN h.ship_to = n.ship_to THEN 1 ELSE 0 END) AS fit
FROM three_way.named n
JOIN header h
  ON h.po_number = n.po_number
  AND (n.company IS NULL OR h.company = n.company)
  AND (n.release = '' OR h.release IN (n.release, ''))
LEFT JOIN three_way.may_bill m ON m.partner = n.partner AND m.company = h.company AND m.supplier = h.supplier
GROUP BY n.turn, n.line_po, n.po_number, h.company, h.release
QUALIFY fit = max(fit) OVER (PARTITION BY n.turn, n.line_po);

-- Several companies left: nothing on the invoice tells which. Several releases may still be told apart by their lines.
CREATE TABLE three_way.claim_tie AS
SELECT turn, line_po, min(po_number) AS po_number, string_agg(DISTINCT company, ' and ' ORDER BY company) AS companies
FROM three_way.possible
GROUP BY turn, line_po
HAVING count(DISTINCT company) > 1;

CREATE TABLE three_way.claim AS
SELECT p.* FROM three_way.possible p ANTI JOIN three_way.claim_tie t ON t.turn = p.turn AND t.line_po = p.line_po;
