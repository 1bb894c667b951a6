-- Which tolerance holds for whom. The most specific entry wins: item, then category, supplier, company
-- (8, 4, 2, 1: an entry for an item goes before one for category, supplier and company together). No entry allows nothing.

-- Whom tolerances know: a PO line by what some entry names, the rest is ''. Rules about a whole invoice know company and supplier only.
-- A scope is the four names in one text, so that it joins like one.
CREATE MACRO three_way.scope_of(its_company, its_supplier, its_category, its_item) AS
  CASE WHEN its_company IN (SELECT company FROM three_way.tolerance) THEN its_company ELSE '' END || chr(31)
  || CASE WHEN its_supplier IN (SELECT supplier FROM three_way.tolerance) THEN its_supplier ELSE '' END || chr(31)
  || CASE WHEN its_category IN (SELECT category FROM three_way.tolerance) THEN its_category ELSE '' END || chr(31)
  || CASE WHEN its_item IN (SELECT item FROM three_way.tolerance) THEN its_item ELSE '' END;
CREATE VIEW three_way.scope AS
SELECT po_id, three_way.scope_of(company, supplier, any_category, item) AS scope FROM three_way.po_told_of('three_way.po_line');

-- The entry that holds, for each scope of a relation and each rule.
CREATE MACRO three_way.allowed_of(source) AS TABLE
WITH chosen AS (
  SELECT s.scope, r.rule, t.rule IS NOT NULL AS is_set,
    coalesce(t.over_mode, 'zero') AS over_mode, t.over_percent, t.over_absolute, t.over_combine,
    coalesce(t.under_mode, 'zero') AS under_mode, t.under_percent, t.under_absolute, t.under_combine,
    coalesce(nullif(concat_ws(', ', 'item ' || nullif(t.item, ''), 'category ' || nullif(t.category, ''),
      'supplier ' || nullif(t.supplier, ''), 'company ' || nullif(t.company, '')), ''),
      CASE WHEN t.rule IS NULL THEN 'not set' ELSE 'all' END) AS set_for
  FROM (SELECT scope, string_split(scope, chr(31)) AS name FROM (SELECT DISTINCT scope FROM query_table(source))) s
  CROSS JOIN (
    SELECT unnest(['price', 'quantity-ordered', 'quantity-received', 'extended-amount', 'total', 'freight', 'tax', 'contract-price']) AS rule
  ) r
  LEFT JOIN three_way.tolerance t
    ON t.rule = r.rule
    AND coalesce(t.company, '') IN ('', s.name[1]) AND coalesce(t.supplier, '') IN ('', s.name[2])
    AND coalesce(t.category, '') IN ('', s.name[3]) AND coalesce(t.item, '') IN ('', s.name[4])
  QUALIFY row_number() OVER (
    PARTITION BY s.scope, r.rule
    ORDER BY (coalesce(t.item, '') <> '')::INTEGER * 8 + (coalesce(t.category, '') <> '')::INTEGER * 4
        + (coalesce(t.supplier, '') <> '')::INTEGER * 2 + (coalesce(t.company, '') <> '')::INTEGER DESC,
      -- Two entries for the very same: the stricter one.
      list_position(['zero', 'limit', 'unlimited', 'off'], t.over_mode), t.over_percent NULLS LAST, t.over_absolute NULLS LAST,
      list_position(['zero', 'limit', 'unlimited', 'off'], t.under_mode), t.under_percent NULLS LAST, t.under_absolute NULLS LAST
  ) = 1
)
SELECT *,
  json_object('rule', rule, 'side', 'over', 'mode', over_mode, 'percent', plain(over_percent),
    'absolute', plain(over_absolute), 'combine', over_combine, 'set for', set_for)::VARCHAR AS over_text,
  json_object('rule', rule, 'side', 'under', 'mode', under_mode, 'percent', plain(under_percent),
    'absolute', plain(under_absolute), 'combine', under_combine, 'set for', set_for)::VARCHAR AS under_text
FROM chosen;
