-- The rung that decides for each line left over, and the lines that fit more than one PO line on it.

CREATE TABLE three_way.fit AS
SELECT line_id, po_id, rung::TINYINT AS rung FROM three_way.found QUALIFY rung = min(rung) OVER (PARTITION BY line_id);

-- Rung 9, without a PO: a name in common with an open line of the biller's, for the same ship-to, ordered within the window.
CREATE TABLE three_way.open_name AS
SELECT o.*, n.kind, n.id FROM three_way.po_name n JOIN three_way.open_at_ship_to o ON o.po_id = n.po_id;
CREATE TABLE three_way.same_name AS
SELECT DISTINCT n.line_id, o.po_id, b.partner, b.company AS told_company, b.invoice_date, o.company, o.supplier, o.po_date
FROM three_way.left_over l
JOIN three_way.bill b ON b.turn = l.turn AND b.po_number IS NULL
JOIN three_way.line_name n ON n.line_id = l.line_id
JOIN three_way.open_name o ON o.ship_to = b.ship_to AND o.kind = n.kind AND o.id = n.id
WHERE l.line_po = '';
INSERT INTO three_way.fit
SELECT s.line_id, s.po_id, 9
FROM three_way.same_name s
SEMI JOIN three_way.may_bill m ON m.partner = s.partner AND m.company = s.company AND m.supplier = s.supplier
WHERE (s.told_company IS NULL OR s.company = s.told_company)
  AND s.po_date BETWEEN s.invoice_date - (SELECT no_po_window_days FROM three_way.night) AND s.invoice_date;

-- What a person decided that a line is goes before all rungs.
CREATE TABLE three_way.decided AS
SELECT s.line_id, f.po_id
FROM three_way.mapped_line m
JOIN three_way.invoice_line l ON l.invoice_id = m.invoice_id AND l.sequence = m.sequence
JOIN three_way.sought s ON s.line_id = l.line_id
JOIN three_way.offered f ON f.order_id = s.order_id AND f.line_number = m.line_number;
DELETE FROM three_way.fit WHERE line_id IN (SELECT line_id FROM three_way.decided);
INSERT INTO three_way.fit SELECT line_id, po_id, 10 FROM three_way.decided;

CREATE TABLE three_way.tie AS
SELECT line_id, min(rung) AS rung, count(*) AS candidates FROM three_way.fit GROUP BY line_id HAVING count(*) > 1;

CREATE VIEW three_way.fitting_po_row AS FROM three_way.po_line WHERE po_id IN (SELECT po_id FROM three_way.fit);
CREATE VIEW three_way.fitting_line_row AS FROM three_way.invoice_line WHERE line_id IN (SELECT line_id FROM three_way.fit);

-- The columns of three_way.plain, for the lines that the ladder found.
CREATE VIEW three_way.chosen AS
SELECT f.line_id, f.po_id, f.rung,
  b.turn, b.is_open, b.credit, b.currency,
  l.sequence, l.quantity, l.uom, l.unit_price, l.per, l.is_unlabelled,
  p.item, p.uom AS po_uom, p.factor AS po_factor, p.own_base, p.unit_price AS po_price, p.per AS po_per, p.quantity AS po_quantity,
  p.needs_receipt, p.is_closed, p.is_bill_only, p.currency AS po_currency
FROM three_way.fit f
JOIN three_way.told_of('three_way.fitting_line_row') l ON l.line_id = f.line_id
JOIN three_way.bill b ON b.invoice_id = l.invoice_id
JOIN three_way.po_of('three_way.fitting_po_row') p ON p.po_id = f.po_id
WHERE f.line_id NOT IN (SELECT line_id FROM three_way.tie);

INSERT INTO three_way.billed FROM three_way.billed_of('three_way.chosen');

-- Lines without a PO line, duplicates aside.
CREATE TABLE three_way.unmatched AS
SELECT o.line_id, o.turn, o.sequence, o.line_po, coalesce(nullif(o.line_po, ''), b.po_number) AS po_number, o.amount
FROM three_way.left_over o
JOIN three_way.bill b ON b.turn = o.turn
WHERE o.line_id NOT IN (SELECT line_id FROM three_way.fit) OR o.line_id IN (SELECT line_id FROM three_way.tie);

-- What each invoice bills by its lines.
CREATE TABLE three_way.goods AS
SELECT turn, sum(amount) AS amount, count(*) AS lines, bool_or(is_unmatched) AS has_unmatched, bool_or(is_unknown) AS has_unknown
FROM (
  SELECT turn, amount, false AS is_unmatched, is_unknown FROM three_way.billed
  UNION ALL
  SELECT turn, amount, true, false FROM three_way.unmatched
)
GROUP BY turn;

-- What no later rule reads makes room.
DROP TABLE three_way.found;
DROP TABLE three_way.offered_name;
DROP TABLE three_way.open_name;
DROP TABLE three_way.same_name;
