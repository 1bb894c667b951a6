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

-- Payroll by what the ledger shows of it: cost centre, account and period.
CREATE TABLE booking AS
SELECT c.company, c.cost_center, c.account, c.period, sum(c.hours)::DECIMAL(38, 4) AS hours, sum(c.amount)::DECIMAL(18, 2) AS amount, max(c.paid_on) AS paid_on,
  string_agg(DISTINCT c.department, ', ' ORDER BY c.department) AS departments, min(c.source_file) AS source_file, min(c.source_record) AS source_record,
  any_value(l.amount) AS ledger, any_value(l.source_file) AS ledger_file, any_value(l.source_record) AS ledger_record
FROM charged c
LEFT JOIN (
  SELECT company, coalesce(cost_center, '') AS cost_center, account, period, sum(amount)::DECIMAL(18, 2) AS amount,
    min(source_file) AS source_file, min(source_record) AS source_record
  FROM ledger_line
  WHERE source = (SELECT source FROM night) AND status <> 'error'
  GROUP BY ALL
) l ON l.company = c.company AND l.cost_center = c.cost_center AND l.account = c.account AND l.period = c.period
WHERE c.account IS NOT NULL
GROUP BY c.company, c.cost_center, c.account, c.period;

INSERT INTO finding BY NAME
SELECT 'LAB-NOT-POSTED' AS code, json_object('company', company, 'costCenter', cost_center, 'account', account, 'period', period)::VARCHAR AS keys,
  abs(amount)::DECIMAL(18, 2) AS amount,
  'Cost centre ' || cost_center || ', account ' || account || ', period ' || period || ': ' || money(amount) || ' paid on ' || paid_on
    || ' is not in the ledger after ' || (n.as_of - paid_on) || ' days' AS message,
  json_object('paid', money(amount), 'paid on', paid_on::VARCHAR, 'departments', departments, 'days allowed', n.posting_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount))]) AS evidence
FROM booking CROSS JOIN night n
WHERE ledger IS NULL AND n.as_of - paid_on > n.posting_days;

INSERT INTO finding BY NAME
SELECT 'GL-AMOUNT' AS code, json_object('company', company, 'costCenter', cost_center, 'account', account, 'period', period)::VARCHAR AS keys,
  abs(amount - ledger)::DECIMAL(18, 2) AS amount,
  'Cost centre ' || cost_center || ', account ' || account || ', period ' || period || ': payroll says ' || money(amount) || ', the ledger ' || money(ledger) AS message,
  json_object('payroll', money(amount), 'ledger', money(ledger), 'departments', departments)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount)), place(ledger_file, ledger_record, 'amount', money(ledger))]) AS evidence
FROM booking
WHERE ledger <> amount;
