-- INV-FREIGHT and INV-TAX: what is billed besides goods. Credits are not asked: they give back.

-- Freight, handling and every other charge that is not tax, less allowances of the same kinds, against what the POs of the invoice allow
-- together, or else what the supplier's setting allows an invoice. Nothing said: nothing allowed. At risk: what is over.
INSERT INTO three_way.raised BY NAME
WITH charged AS (
  SELECT turn, sum(CASE WHEN is_allowance THEN -amount ELSE amount END) AS amount,
    string_agg(DISTINCT kind, ', ' ORDER BY kind) AS kinds, min(code) AS code
  FROM three_way.charge
  WHERE kind <> 'tax' AND (NOT is_allowance OR kind <> 'other charges')
  GROUP BY turn
),
-- A PO says its allowance on each of its lines: once a PO.
by_po AS (
  SELECT turn, sum(allowed) AS allowed FROM (
    SELECT j.turn, p.company, p.po_number, p.release, max(p.freight_allowed) AS allowed
    FROM three_way.billed j
    JOIN three_way.po_line p ON p.po_id = j.po_id
    WHERE j.turn IN (SELECT turn FROM charged) AND p.freight_allowed IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT c.turn, p.company, p.po_number, p.release, max(p.freight_allowed)
    FROM three_way.charges_alone c
    JOIN three_way.po_line p ON p.po_number = c.po_number AND p.company = c.company AND coalesce(p.release, '') = c.release
    WHERE c.turn IN (SELECT turn FROM charged) AND p.freight_allowed IS NOT NULL
    GROUP BY ALL
  ) GROUP BY turn
),
by_supplier AS (
  SELECT s.turn, max(m.freight_limit) AS allowed
  FROM three_way.sum_of_bill s
  JOIN three_way.bill b ON b.turn = s.turn
  JOIN three_way.may_bill m ON m.partner = b.partner AND (s.company IS NULL OR m.company = s.company) AND (s.supplier IS NULL OR m.supplier = s.supplier)
  WHERE s.turn IN (SELECT turn FROM charged)
  GROUP BY s.turn
),
gap AS (
  SELECT c.*, coalesce(o.allowed, l.allowed, 0)::DECIMAL(38, 2) AS allowed,
    CASE WHEN o.allowed IS NOT NULL THEN 'the PO allows' WHEN l.allowed IS NOT NULL THEN 'the supplier is allowed' ELSE 'nothing says that any is allowed:' END AS by_whom
  FROM charged c
  LEFT JOIN by_po o ON o.turn = c.turn
  LEFT JOIN by_supplier l ON l.turn = c.turn
)
SELECT 'INV-FREIGHT' AS code, g.turn, b.po_number, three_way.amount(g.amount - g.allowed) AS amount,
  money(g.amount) || ' of ' || g.kinds || ' billed, ' || g.by_whom || ' ' || money(g.allowed) AS message,
  json_object('billed', money(g.amount), 'allowed', money(g.allowed), 'for', g.kinds) AS compared,
  a.over_text AS tolerance, 'SAC05' AS billed_field, money(g.amount) AS billed_value
FROM gap g
JOIN three_way.bill b ON b.turn = g.turn AND NOT b.credit
JOIN three_way.sum_of_bill s ON s.turn = g.turn
JOIN three_way.allowed a ON a.rule = 'freight' AND a.scope = s.scope
WHERE g.amount > g.allowed
  AND beyond(g.amount - g.allowed, g.allowed, a.over_mode, a.over_percent, a.over_absolute, a.over_combine);

-- Tax. A PO line says whether its goods are exempt; where it does not, the supplier's setting does. Where all are exempt none is expected,
-- and only an absolute tolerance can let some pass. Taxable: no rate is known here, so tax is asked about only where a tolerance says how
-- many percent of the taxable goods, or how much, it may be. At risk: the tax.
INSERT INTO three_way.raised BY NAME
WITH taxed AS (
  SELECT turn, sum(CASE WHEN is_allowance THEN -amount ELSE amount END) AS tax FROM three_way.charge WHERE kind = 'tax' GROUP BY turn HAVING tax > 0
),
supplier AS (
  SELECT s.turn, bool_or(coalesce(m.tax_exempt, false)) AS is_exempt
  FROM three_way.sum_of_bill s
  JOIN three_way.bill b ON b.turn = s.turn
  JOIN three_way.may_bill m ON m.partner = b.partner AND (s.company IS NULL OR m.company = s.company) AND (s.supplier IS NULL OR m.supplier = s.supplier)
  WHERE s.turn IN (SELECT turn FROM taxed)
  GROUP BY s.turn
),
goods AS (
  SELECT j.turn, coalesce(p.tax_exempt, u.is_exempt, false) AS is_exempt, j.amount
  FROM three_way.billed j
  JOIN three_way.po_line p ON p.po_id = j.po_id
  LEFT JOIN supplier u ON u.turn = j.turn
  WHERE j.turn IN (SELECT turn FROM taxed)
),
gap AS (
  SELECT t.turn, any_value(t.tax) AS tax, coalesce(bool_and(g.is_exempt), any_value(u.is_exempt), false) AS is_exempt,
    coalesce(sum(g.amount) FILTER (NOT g.is_exempt), 0)::DECIMAL(38, 2) AS taxable
  FROM taxed t
  LEFT JOIN goods g ON g.turn = t.turn
  LEFT JOIN supplier u ON u.turn = t.turn
  GROUP BY t.turn
)
SELECT 'INV-TAX' AS code, g.turn, b.po_number, three_way.amount(g.tax) AS amount,
  money(g.tax) || CASE WHEN g.is_exempt THEN ' of tax billed on exempt goods' ELSE ' of tax billed on taxable goods of ' || money(g.taxable) || ', more than the tolerance' END AS message,
  json_object('tax billed', money(g.tax), 'taxable goods', money(g.taxable), 'exempt', g.is_exempt::VARCHAR) AS compared,
  a.over_text AS tolerance, 'TXI02' AS billed_field, money(g.tax) AS billed_value
FROM gap g
JOIN three_way.bill b ON b.turn = g.turn AND NOT b.credit
JOIN three_way.sum_of_bill s ON s.turn = g.turn
JOIN three_way.allowed a ON a.rule = 'tax' AND a.scope = s.scope
WHERE (g.is_exempt OR (a.is_set AND a.over_mode = 'limit'))
  AND beyond(g.tax, g.taxable, a.over_mode, a.over_percent, a.over_absolute, a.over_combine);
