-- Hours and money department by department, and the journal of what the ledger does not show yet.
CREATE TABLE labor AS
SELECT coalesce(w.company, c.company) AS company, coalesce(w.department, c.department) AS department, coalesce(w.period, c.period) AS period,
  coalesce(w.hours, 0)::DECIMAL(18, 4) AS worked, coalesce(c.hours, 0)::DECIMAL(18, 4) AS paid, coalesce(c.amount, 0)::DECIMAL(18, 2) AS amount,
  c.paid_on,
  CASE
    WHEN c.company IS NULL THEN 'not paid'
    WHEN c.unmapped THEN 'no cost centre'
    WHEN c.posted THEN 'in the ledger'
    ELSE 'to be posted'
  END AS state
FROM (SELECT company, department, period, sum(hours) AS hours FROM worked GROUP BY ALL) w
FULL JOIN (
  SELECT c.company, c.department, c.period, sum(c.hours) AS hours, sum(c.amount) AS amount, max(c.paid_on) AS paid_on,
    bool_or(c.account IS NULL) AS unmapped, bool_and(b.ledger IS NOT NULL) AS posted
  FROM charged c
  LEFT JOIN booking b ON b.company = c.company AND b.cost_center = c.cost_center AND b.account = c.account AND b.period = c.period
  GROUP BY c.company, c.department, c.period
) c ON c.company = w.company AND c.department = w.department AND c.period = w.period;

CREATE TABLE labor_journal AS
WITH debit AS (
  SELECT company, 'PR-' || period AS journal, period, paid_on, cost_center, account, amount FROM booking WHERE ledger IS NULL AND amount <> 0
), line AS (
  SELECT company, journal, period, paid_on, cost_center, account, greatest(amount, 0) AS debit, greatest(-amount, 0) AS credit, 1 AS side FROM debit
  UNION ALL
  SELECT company, journal, any_value(period), max(paid_on), n.clearing_cost_center, n.clearing_account,
    greatest(-sum(amount), 0), greatest(sum(amount), 0), 2
  FROM debit CROSS JOIN night n
  GROUP BY company, journal, n.clearing_cost_center, n.clearing_account
)
SELECT l.company, n.source, l.journal, row_number() OVER (PARTITION BY l.company, l.journal ORDER BY side, l.cost_center, l.account)::INTEGER AS line,
  l.cost_center, l.account, l.period, l.paid_on AS posting_date, l.debit::DECIMAL(18, 2) AS debit, l.credit::DECIMAL(18, 2) AS credit,
  'Payroll ' || l.period AS description, NULL::VARCHAR AS needs_code, NULL::VARCHAR AS needs_keys, NULL::VARCHAR AS needs_decisions
FROM line l CROSS JOIN night n;

INSERT INTO outcome
SELECT place, label, explanation, count(l.department), coalesce(sum(l.amount), 0)
FROM (VALUES
  (1, 'In the ledger', 'worked, paid and posted', 'in the ledger'),
  (2, 'To be posted', 'paid, and not in the ledger yet; a journal is written', 'to be posted'),
  (3, 'Not paid', 'worked hours without payroll', 'not paid'),
  (4, 'No cost centre', 'paid, and nobody says where to book it', 'no cost centre')
) AS o(place, label, explanation, state)
LEFT JOIN labor l ON l.state = o.state
GROUP BY place, label, explanation;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Departments and periods' AS section, 'number' AS name, 'count' AS measure, count(*) AS taken,
  count(*) FILTER (state IN ('in the ledger', 'to be posted')) AS matched, count(*) FILTER (state = 'no cost centre') AS in_exception,
  count(*) FILTER (state = 'not paid') AS waiting
FROM labor
UNION ALL
SELECT 2, 'Payroll', 'money', 'amount', (SELECT coalesce(sum(amount), 0) FROM payroll_line), coalesce(sum(amount) FILTER (account IS NOT NULL), 0),
  coalesce(sum(amount) FILTER (account IS NULL), 0), 0
FROM charged;
