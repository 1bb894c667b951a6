-- What each invoice comes to as a whole: goods, charges, allowances, tax.

-- The charges of an invoice by what they are for (charge_kind: canonical/charge-kind.ts).
CREATE TABLE three_way.charge AS
SELECT b.turn, c.kind = 'A' AS is_allowance, CASE WHEN c.kind = 'T' THEN 'tax' ELSE coalesce(k.kind, 'other charges') END AS kind, c.code, c.amount
FROM three_way.invoice_charge c
JOIN three_way.bill b ON b.invoice_id = c.invoice_id
LEFT JOIN three_way.charge_kind k ON k.code = c.code
WHERE b.is_open AND b.turn NOT IN (SELECT turn FROM three_way.set_aside);

-- Invoices without lines, such as freight billed by itself, with the POs that they name.
CREATE TABLE three_way.charges_alone AS
SELECT c.*
FROM three_way.claim c
JOIN three_way.bill b ON b.turn = c.turn AND b.is_open
WHERE c.turn NOT IN (SELECT turn FROM three_way.billed) AND c.turn NOT IN (SELECT turn FROM three_way.left_over);

-- ... and those that name none either.
CREATE TABLE three_way.orderless AS
SELECT turn
FROM three_way.bill
WHERE is_open AND po_number IS NULL AND NOT is_duplicate
  AND turn NOT IN (SELECT turn FROM three_way.billed) AND turn NOT IN (SELECT turn FROM three_way.left_over);

-- Company and vendor of each open invoice: as told, or by the PO where receiver and partner do not say them.
CREATE TABLE three_way.whose_by_order AS
SELECT b.turn, CASE WHEN count(DISTINCT p.company) = 1 THEN min(p.company) END AS company,
  CASE WHEN count(DISTINCT p.supplier) = 1 THEN min(p.supplier) END AS supplier
FROM three_way.bill b
JOIN three_way.billed l ON l.turn = b.turn
JOIN three_way.po_line p ON p.po_id = l.po_id
JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
WHERE b.is_open AND (b.company IS NULL OR b.supplier IS NULL)
GROUP BY b.turn
UNION ALL
SELECT turn, CASE WHEN count(DISTINCT company) = 1 THEN min(company) END, CASE WHEN count(DISTINCT supplier) = 1 THEN min(supplier) END
FROM three_way.charges_alone
WHERE ours
GROUP BY turn;
CREATE VIEW three_way.whose AS
SELECT b.turn, coalesce(b.company, o.company) AS company, coalesce(o.supplier, b.supplier) AS supplier
FROM three_way.bill b
LEFT JOIN three_way.whose_by_order o ON o.turn = b.turn
WHERE b.is_open;

-- What the invoices come to of which a rule must ask as a whole, duplicates aside: those that do not add up, those that name charges, and,
-- where anything is known to hold it against, those that name terms or where they want to be paid.
CREATE TABLE three_way.sum_of_bill AS
WITH charges AS (
  SELECT turn, sum(amount) FILTER (NOT is_allowance) AS charges, sum(amount) FILTER (is_allowance) AS allowances FROM three_way.charge GROUP BY turn
),
sums AS (
  SELECT b.turn, b.total, coalesce(g.lines, 0) AS lines, coalesce(g.has_unknown, false) AS has_unknown,
    coalesce(g.amount, 0)::DECIMAL(38, 2) AS goods,
    coalesce(c.charges, 0)::DECIMAL(38, 2) AS charges, coalesce(c.allowances, 0)::DECIMAL(38, 2) AS allowances
  FROM three_way.bill b
  LEFT JOIN three_way.goods g ON g.turn = b.turn
  LEFT JOIN charges c ON c.turn = b.turn
  WHERE b.is_open AND b.turn NOT IN (SELECT turn FROM three_way.set_aside)
    AND (b.total <> coalesce(g.amount, 0) OR c.turn IS NOT NULL
      OR (b.has_terms AND EXISTS (FROM three_way.may_bill WHERE discount_percent IS NOT NULL OR discount_days IS NOT NULL OR net_days IS NOT NULL))
      OR (trim(b.remit_to) <> '' AND EXISTS (FROM three_way.vendor WHERE trim(remit_to) <> '')))
)
SELECT s.*, w.company, w.supplier, three_way.scope_of(w.company, w.supplier, NULL, NULL) AS scope
FROM sums s
JOIN three_way.whose w ON w.turn = s.turn;
