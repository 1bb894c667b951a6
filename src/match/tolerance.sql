-- Which tolerance holds for whom. The most specific entry wins: item, then category, supplier, company (8, 4, 2, 1: an entry for an
-- item goes before one for category, supplier and company together). No entry allows nothing.
-- `source` names a relation with rule, company, supplier, category, item; the result has each of its rows once, with the entry that holds
-- and how a finding tells it (over_text, under_text).
CREATE MACRO allowed_of(source) AS TABLE
WITH asked AS (
  SELECT DISTINCT rule, coalesce(company, '') AS company, coalesce(supplier, '') AS supplier,
    coalesce(category, '') AS category, coalesce(item, '') AS item
  FROM query_table(source)
), chosen AS (
  SELECT a.*,
    coalesce(t.over_mode, 'zero') AS over_mode, t.over_percent, t.over_absolute, t.over_combine,
    coalesce(t.under_mode, 'zero') AS under_mode, t.under_percent, t.under_absolute, t.under_combine,
    coalesce(nullif(concat_ws(', ', 'item ' || nullif(t.item, ''), 'category ' || nullif(t.category, ''),
      'supplier ' || nullif(t.supplier, ''), 'company ' || nullif(t.company, '')), ''),
      CASE WHEN t.rule IS NULL THEN 'not set' ELSE 'all' END) AS set_for
  FROM asked a
  LEFT JOIN tolerance t
    ON t.rule = a.rule
    AND coalesce(t.company, '') IN ('', a.company) AND coalesce(t.supplier, '') IN ('', a.supplier)
    AND coalesce(t.category, '') IN ('', a.category) AND coalesce(t.item, '') IN ('', a.item)
  QUALIFY row_number() OVER (
    PARTITION BY a.rule, a.company, a.supplier, a.category, a.item
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
