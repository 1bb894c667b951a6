-- The rung that decides for each line left over, and the lines that fit more than one PO line on it.

CREATE TABLE three_way.fit AS
SELECT x.line_id, x.po_id,
  CASE
    WHEN x.is_numbered AND (v.line_id IS NULL OR v.agrees_on IS NOT NULL) THEN 1
    WHEN v.agrees_on IS NOT NULL THEN v.agrees_on
    WHEN s.line_id IS NOT NULL THEN 7
    WHEN t.line_id IS NOT NULL THEN 8
  END::TINYINT AS rung
FROM three_way.pair x
LEFT JOIN three_way.verdict v ON v.line_id = x.line_id AND v.po_id = x.po_id
LEFT JOIN three_way.substitute s ON s.line_id = x.line_id AND s.po_id = x.po_id
LEFT JOIN three_way.same_terms t ON t.line_id = x.line_id AND t.po_id = x.po_id
WHERE rung IS NOT NULL
QUALIFY rung = min(rung) OVER (PARTITION BY x.line_id);

-- Rung 9, without a PO: a name in common with an open line of the biller's, for the same ship-to, ordered within the window.
INSERT INTO three_way.fit
SELECT DISTINCT n.line_id, o.po_id, 9
FROM three_way.open_at_ship_to o
JOIN three_way.bill b ON b.turn = o.turn
JOIN invoice_line l ON l.invoice_id = b.invoice_id AND coalesce(trim(l.po_number), '') = ''
JOIN three_way.line_name n ON n.line_id = l.rowid
JOIN three_way.po_name p ON p.po_id = o.po_id AND p.kind = n.kind AND p.id = n.id
WHERE b.turn NOT IN (SELECT turn FROM three_way.set_aside);

CREATE TABLE three_way.tie AS
SELECT line_id, min(rung) AS rung, count(*) AS candidates FROM three_way.fit GROUP BY line_id HAVING count(*) > 1;

INSERT INTO three_way.matched
SELECT line_id, po_id, rung FROM three_way.fit WHERE line_id NOT IN (SELECT line_id FROM three_way.tie);

-- Lines without a PO line, duplicates aside.
CREATE TABLE three_way.unmatched AS
SELECT l.rowid AS line_id, b.turn, l.sequence, coalesce(trim(l.po_number), '') AS line_po, coalesce(nullif(trim(l.po_number), ''), b.po_number) AS po_number,
  three_way.amount(three_way.extended(l.quantity, coalesce(l.unit_price, 0), coalesce(three_way.price_per(l.price_basis), 1))) AS amount
FROM invoice_line l
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
WHERE l.rowid NOT IN (SELECT line_id FROM three_way.matched)
  AND b.turn NOT IN (SELECT turn FROM three_way.set_aside);
