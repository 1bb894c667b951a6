-- Which tolerance holds for whom. The most specific entry wins: item, then category, supplier, company
-- (8, 4, 2, 1: an entry for an item goes before one for category, supplier and company together). No entry allows nothing.

-- A PO line as tolerances see it: only what some entry names is told apart, the rest is ''.
CREATE VIEW three_way.scope AS
SELECT po_id,
  CASE WHEN company IN (SELECT company FROM tolerance) THEN company ELSE '' END AS company,
  CASE WHEN supplier IN (SELECT supplier FROM tolerance) THEN supplier ELSE '' END AS supplier,
  CASE WHEN coalesce(category, item_category) IN (SELECT category FROM tolerance) THEN coalesce(category, item_category) ELSE '' END AS category,
  CASE WHEN item IN (SELECT item FROM tolerance) THEN item ELSE '' END AS item
FROM three_way.po;

-- One entry for each scope and rule, with its numbers as text for results and findings.
CREATE TABLE three_way.allowed AS
WITH scope AS (
  SELECT DISTINCT company, supplier, category, item
  FROM three_way.scope WHERE po_id IN (SELECT po_id FROM three_way.billed)
  -- Rules about the invoice as a whole know company and supplier only.
  UNION
  SELECT DISTINCT scope_company, scope_supplier, '', '' FROM three_way.sum_of_bill
),
rule AS (
  SELECT unnest(['price', 'quantity-ordered', 'quantity-received', 'extended-amount', 'total', 'freight', 'tax', 'contract-price']) AS rule
),
chosen AS (
  SELECT s.company, s.supplier, s.category, s.item, r.rule, t.rule IS NOT NULL AS is_set,
    coalesce(t.over_mode, 'zero') AS over_mode, t.over_percent, t.over_absolute, t.over_combine,
    coalesce(t.under_mode, 'zero') AS under_mode, t.under_percent, t.under_absolute, t.under_combine,
    coalesce(nullif(concat_ws(', ', 'item ' || nullif(t.item, ''), 'category ' || nullif(t.category, ''),
      'supplier ' || nullif(t.supplier, ''), 'company ' || nullif(t.company, '')), ''),
      CASE WHEN t.rule IS NULL THEN 'not set' ELSE 'all' END) AS set_for
  FROM scope s
  CROSS JOIN rule r
  LEFT JOIN tolerance t
    ON t.rule = r.rule
    AND coalesce(t.company, '') IN ('', s.company) AND coalesce(t.supplier, '') IN ('', s.supplier)
    AND coalesce(t.category, '') IN ('', s.category) AND coalesce(t.item, '') IN ('', s.item)
  QUALIFY row_number() OVER (
    PARTITION BY s.company, s.supplier, s.category, s.item, r.rule
    ORDER BY (coalesce(t.item, '') <> '')::INTEGER * 8 + (coalesce(t.category, '') <> '')::INTEGER * 4
        + (coalesce(t.supplier, '') <> '')::INTEGER * 2 + (coalesce(t.company, '') <> '')::INTEGER DESC,
      -- Two entries for the very same: the stricter one.
      list_position(['zero', 'limit', 'unlimited', 'off'], t.over_mode), t.over_percent NULLS LAST, t.over_absolute NULLS LAST,
      list_position(['zero', 'limit', 'unlimited', 'off'], t.under_mode), t.under_percent NULLS LAST, t.under_absolute NULLS LAST
  ) = 1
)
SELECT *,
  json_object('rule', rule, 'side', 'over', 'mode', over_mode, 'percent', three_way.plain(over_percent),
    'absolute', three_way.plain(over_absolute), 'combine', over_combine, 'set for', set_for)::VARCHAR AS over_text,
  json_object('rule', rule, 'side', 'under', 'mode', under_mode, 'percent', three_way.plain(under_percent),
    'absolute', three_way.plain(under_absolute), 'combine', under_combine, 'set for', set_for)::VARCHAR AS under_text
FROM chosen;
