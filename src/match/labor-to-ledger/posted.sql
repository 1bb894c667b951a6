-- LAB-NOT-POSTED and GL-AMOUNT: worked hours without payroll, payroll without a posting, and postings for another amount.

CREATE TABLE unpaid AS
SELECT w.company, w.department, w.period, sum(w.hours)::DECIMAL(38, 4) AS hours, max(w.last_day) AS last_day,
  min(w.source_file) AS source_file, min(w.source_record) AS source_record
FROM worked w
ANTI JOIN payroll_line p ON p.company = w.company AND p.department = w.department AND p.period = w.period
GROUP BY w.company, w.department, w.period
HAVING sum(w.hours) <> 0;

INSERT INTO finding BY NAME
SELECT 'LAB-NOT-POSTED' AS code, json_object('company', company, 'department', department, 'period', period)::VARCHAR AS keys,
  0 AS amount,
  'Department ' || department || ', period ' || period || ': ' || plain(hours) || ' hours worked to ' || last_day || ', no payroll after '
    || (n.as_of - last_day) || ' days' AS message,
  json_object('hours', plain(hours), 'last day worked', last_day::VARCHAR, 'days allowed', n.payroll_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'hours', plain(hours))]) AS evidence
FROM unpaid CROSS JOIN night n
WHERE n.as_of - last_day > n.payroll_days;

-- Payroll by what the ledger shows of it: cost centre, account and pay period. A pay period that is not the month it was paid in, nor the
-- one before, as one of two weeks, is booked in the month it was paid in.
CREATE TABLE booked AS
SELECT company, cost_center, account, period, sum(hours)::DECIMAL(38, 4) AS hours, sum(amount)::DECIMAL(18, 2) AS amount, max(paid_on) AS paid_on,
  CASE WHEN period IN (strftime(max(paid_on), '%Y-%m'), strftime(max(paid_on) - INTERVAL 1 MONTH, '%Y-%m')) THEN period
    ELSE strftime(max(paid_on), '%Y-%m') END AS accounting_period,
  string_agg(DISTINCT department, ', ' ORDER BY department) AS departments, min(source_file) AS source_file, min(source_record) AS source_record
FROM charged
WHERE account IS NOT NULL
GROUP BY company, cost_center, account, period;

-- What the ledger shows, under the pay period that the name of the journal ends with, or that its own period is. Or under none.
CREATE TABLE shown AS
SELECT l.company, coalesce(l.cost_center, '') AS cost_center, l.account, l.period AS accounting_period,
  coalesce(n.period, CASE WHEN l.period IN (SELECT period FROM booked WHERE period = accounting_period)
    OR (l.period IN (SELECT period FROM booked) AND l.period NOT IN (SELECT accounting_period FROM booked)) THEN l.period END) AS pay_period,
  sum(l.amount)::DECIMAL(18, 2) AS amount, min(l.source_file) AS source_file, min(l.source_record) AS source_record
FROM ledger_line l
LEFT JOIN (
  SELECT j.journal, CASE WHEN count(*) = 1 THEN any_value(p.period) END AS period
  FROM (SELECT DISTINCT journal FROM ledger_line) j
  JOIN (SELECT DISTINCT period FROM booked) p ON ends_with(j.journal, p.period)
    AND (length(j.journal) = length(p.period) OR regexp_matches(substr(j.journal, -length(p.period) - 1, 1), '[^0-9A-Za-z]'))
  GROUP BY j.journal
) n ON n.journal = l.journal
WHERE l.source = (SELECT source FROM night) AND l.status <> 'error'
GROUP BY ALL;

-- Where no journal names a pay period, the amount in the ledger belongs to the first pay periods of the month in the order they were paid:
-- to as many of them as come nearest to it.
CREATE TABLE assigned AS
WITH named AS (
  SELECT b.company, b.cost_center, b.account, b.period, sum(s.amount)::DECIMAL(18, 2) AS ledger,
    min(s.source_file) AS ledger_file, min(s.source_record) AS ledger_record
  FROM booked b
  JOIN shown s ON s.company = b.company AND s.cost_center = b.cost_center AND s.account = b.account AND s.pay_period = b.period
  GROUP BY ALL
),
unnamed AS (
  SELECT company, cost_center, account, accounting_period, sum(amount)::DECIMAL(18, 2) AS amount,
    min(source_file) AS ledger_file, min(source_record) AS ledger_record
  FROM shown
  WHERE pay_period IS NULL AND company NOT IN (SELECT company FROM shown WHERE pay_period IS NOT NULL)
  GROUP BY ALL
),
in_turn AS (
  SELECT b.company, b.cost_center, b.account, b.period, b.amount, u.amount AS pool, u.ledger_file, u.ledger_record,
    row_number() OVER month_so_far AS turn, sum(b.amount) OVER month_so_far AS so_far
  FROM booked b
  JOIN unnamed u ON u.company = b.company AND u.cost_center = b.cost_center AND u.account = b.account AND u.accounting_period = b.accounting_period
  WHERE NOT EXISTS (FROM named n WHERE n.company = b.company AND n.cost_center = b.cost_center AND n.account = b.account AND n.period = b.period)
  WINDOW month_so_far AS (PARTITION BY b.company, b.cost_center, b.account, b.accounting_period ORDER BY b.paid_on, b.period ROWS UNBOUNDED PRECEDING)
),
nearest AS (
  SELECT *, first_value(turn) OVER (PARTITION BY company, cost_center, account, ledger_file, ledger_record,
    pool ORDER BY abs(pool - so_far), turn DESC) AS last_turn
  FROM in_turn
)
FROM named
UNION ALL
SELECT company, cost_center, account, period, (amount + CASE WHEN turn = last_turn THEN pool - so_far ELSE 0 END)::DECIMAL(18, 2),
  ledger_file, ledger_record
FROM nearest
WHERE turn <= last_turn;

CREATE TABLE booking AS
SELECT b.*, a.ledger, a.ledger_file, a.ledger_record
FROM booked b
LEFT JOIN assigned a ON a.company = b.company AND a.cost_center = b.cost_center AND a.account = b.account AND a.period = b.period;

INSERT INTO finding BY NAME
SELECT 'LAB-NOT-POSTED' AS code, json_object('company', company, 'costCenter', cost_center, 'account', account, 'period', period)::VARCHAR AS keys,
  abs(amount)::DECIMAL(18, 2) AS amount,
  'Cost centre ' || cost_center || ', account ' || account || ', period ' || period || ': ' || money(amount) || ' paid on ' || paid_on
    || ' is not in the ledger after ' || (n.as_of - paid_on) || ' days' AS message,
  json_object('paid', money(amount), 'paid on', paid_on::VARCHAR, 'departments', departments, 'days allowed',
    n.posting_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount))]) AS evidence
FROM booking CROSS JOIN night n
WHERE ledger IS NULL AND n.as_of - paid_on > n.posting_days;

INSERT INTO finding BY NAME
SELECT 'GL-AMOUNT' AS code, json_object('company', company, 'costCenter', cost_center, 'account', account, 'period', period)::VARCHAR AS keys,
  abs(amount - ledger)::DECIMAL(18, 2) AS amount,
  'Cost centre ' || cost_center || ', account ' || account || ', period ' || period || ': payroll says '
    || money(amount) || ', the ledger ' || money(ledger) AS message,
  json_object('payroll', money(amount), 'ledger', money(ledger), 'departments', departments)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount)), place(ledger_file, ledger_record, 'amount', money(ledger))]) AS evidence
FROM booking
WHERE ledger <> amount;
