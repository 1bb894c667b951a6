CREATE TABLE usage_and_charges AS
SELECT case_hash, item, used_on, facility, used::DECIMAL(18, 4) AS used, charged::DECIMAL(18, 4) AS charged, base_uom, amount, usages, charges, state
FROM compared;

-- Every charge that the ledger does not show yet, by facility; those beyond their days are exceptions.
CREATE TABLE unposted_charges AS
SELECT facility, count(*) AS charges, sum(amount)::DECIMAL(18, 2) AS amount,
  count(*) FILTER (n.as_of - charged_on > n.posting_days) AS overdue,
  coalesce(sum(amount) FILTER (n.as_of - charged_on > n.posting_days), 0)::DECIMAL(18, 2) AS overdue_amount,
  min(charged_on) AS oldest, max(n.as_of - charged_on) AS days, min(n.currency) AS currency
FROM unposted CROSS JOIN night n
GROUP BY facility;

INSERT INTO outcome
SELECT place, label, explanation, count(c.item), coalesce(sum(c.amount), 0)
FROM (VALUES
  (1, 'Agree', 'used and charged alike', ['agrees']),
  (2, 'Not billable', 'the chargemaster asks nothing for it', ['not billable']),
  (3, 'Waiting', 'used or charged so short ago that the other may still come', ['waits for usage', 'waits for its charge']),
  (4, 'Differ', 'used and not charged, charged and not used, or in another quantity', ['no charge', 'no usage', 'quantity differs'])
) AS o(place, label, explanation, states)
LEFT JOIN compared c ON list_contains(o.states, c.state)
GROUP BY place, label, explanation;
INSERT INTO outcome SELECT 5, 'Not posted', 'charges that the ledger does not show as posted', count(*), coalesce(sum(amount), 0) FROM unposted;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Usage and charges' AS section, 'case, item and day' AS name, 'count' AS measure, count(*) AS taken,
  count(*) FILTER (state IN ('agrees', 'not billable')) AS matched,
  count(*) FILTER (state IN ('no charge', 'no usage', 'quantity differs')) AS in_exception,
  count(*) FILTER (state IN ('waits for usage', 'waits for its charge')) AS waiting
FROM compared;

INSERT INTO control_total BY NAME
SELECT 2 AS place, 'Usage and charges' AS section, 'lines' AS name, 'count' AS measure,
  (SELECT count(*) FROM usage_line) + (SELECT count(*) FROM charge_line) AS taken,
  count(*) FILTER (unclear IS NULL) AS matched, count(*) FILTER (unclear IS NOT NULL) AS in_exception,
  (SELECT count(*) FROM usage_event WHERE NOT is_first) AS duplicate
FROM told;
