-- What each invoice comes to as a whole: goods, charges, allowances, tax.

-- The charges of an invoice by what they are for (charge_kind: canonical/charge-kind.ts).
CREATE TABLE three_way.charge AS
SELECT b.turn, c.kind = 'A' AS is_allowance, CASE WHEN c.kind = 'T' THEN 'tax' ELSE coalesce(k.kind, 'other charges') END AS kind, c.code, c.amount
FROM invoice_charge c
JOIN three_way.bill b ON b.invoice_id = c.invoice_id
LEFT JOIN three_way.charge_kind k ON k.code = c.code
WHERE b.is_open AND b.turn NOT IN (SELECT turn FROM three_way.set_aside);

-- Company and vendor of each open invoice: as told, or by the PO where receiver and partner do not say them.
CREATE TABLE three_way.whose AS
WITH ordered AS (
  SELECT b.turn, CASE WHEN count(DISTINCT p.company) = 1 THEN min(p.company) END AS company,
    CASE WHEN count(DISTINCT p.supplier) = 1 THEN min(p.supplier) END AS supplier
  FROM three_way.bill b
  JOIN three_way.billed l ON l.turn = b.turn
  JOIN po_line p ON p.rowid = l.po_id
  JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
  WHERE b.company IS NULL OR b.supplier IS NULL
  GROUP BY b.turn
)
SELECT b.turn, coalesce(b.company, o.company) AS company, coalesce(o.supplier, b.supplier) AS supplier
FROM three_way.bill b
LEFT JOIN ordered o ON o.turn = b.turn
WHERE b.is_open;

-- What each of them comes to, duplicates aside.
CREATE TABLE three_way.sum_of_bill AS
WITH charges AS (
  SELECT turn, sum(amount) FILTER (NOT is_allowance) AS charges, sum(amount) FILTER (is_allowance) AS allowances FROM three_way.charge GROUP BY turn
)
SELECT w.*, coalesce(g.lines, 0) AS lines, coalesce(g.has_unknown, false) AS has_unknown, coalesce(g.amount, 0)::DECIMAL(38, 2) AS goods,
  coalesce(c.charges, 0)::DECIMAL(38, 2) AS charges, coalesce(c.allowances, 0)::DECIMAL(38, 2) AS allowances,
  three_way.scope_of(w.company, w.supplier, NULL, NULL) AS scope
FROM three_way.whose w
LEFT JOIN three_way.goods g ON g.turn = w.turn
LEFT JOIN charges c ON c.turn = w.turn
WHERE w.turn NOT IN (SELECT turn FROM three_way.set_aside);
