-- LAB-HOURS: paid hours differ from worked hours beyond the tolerance labor-hours, by employee, department, pay code and period.
-- Only where both are there: work that was not paid at all is LAB-NOT-POSTED of its department. At risk: the difference at the rate paid.

CREATE TABLE worked AS
SELECT company, employee, department, pay_code, period, sum(hours)::DECIMAL(38, 4) AS hours, max(worked_on) AS last_day,
  min(source_file) AS source_file, min(source_record) AS source_record
FROM worked_time
GROUP BY company, employee, department, pay_code, period;

CREATE TABLE paid AS
SELECT company, employee, department, pay_code, period, sum(hours)::DECIMAL(38, 4) AS hours, sum(amount)::DECIMAL(38, 2) AS amount,
  max(paid_on) AS paid_on, min(source_file) AS source_file, min(source_record) AS source_record
FROM payroll_line
GROUP BY company, employee, department, pay_code, period;

CREATE TABLE hours_compared AS
SELECT w.company, w.employee, w.department, w.pay_code, w.period, w.hours AS worked, coalesce(p.hours, 0)::DECIMAL(38, 4) AS paid, p.amount,
  w.source_file, w.source_record, p.source_file AS paid_file, p.source_record AS paid_record, 'labor-hours' AS rule,
  NULL::VARCHAR AS supplier, w.department AS category, NULL::VARCHAR AS item
FROM worked w
LEFT JOIN paid p ON p.company = w.company AND p.employee = w.employee AND p.department = w.department
  AND p.pay_code = w.pay_code AND p.period = w.period
-- A department whose payroll has not come is told once, not employee by employee.
WHERE EXISTS (FROM payroll_line l WHERE l.company = w.company AND l.department = w.department AND l.period = w.period)
UNION ALL
SELECT p.company, p.employee, p.department, p.pay_code, p.period, 0, p.hours, p.amount, NULL, NULL, p.source_file,
  p.source_record, 'labor-hours', NULL, p.department, NULL
FROM paid p
ANTI JOIN worked w ON w.company = p.company AND w.employee = p.employee AND w.department = p.department
  AND w.pay_code = p.pay_code AND w.period = p.period
WHERE EXISTS (FROM worked_time t WHERE t.company = p.company AND t.department = p.department AND t.period = p.period);

CREATE TABLE hours_allowed AS FROM allowed_of('hours_compared');

CREATE TABLE hours_beyond AS
SELECT c.*, CASE WHEN c.paid > c.worked THEN a.over_text ELSE a.under_text END AS tolerance,
  -- Hours without money have no rate, and nothing is at risk that anyone could name.
  coalesce(TRY((2 * (abs(c.paid - c.worked) * 10000)::HUGEINT * (abs(c.amount) * 100)::HUGEINT + (abs(c.paid) * 10000)::HUGEINT)
    // nullif(2 * (abs(c.paid) * 10000)::HUGEINT, 0) * 0.01::DECIMAL(3, 2)), 0)::DECIMAL(18, 2) AS at_risk
FROM hours_compared c
JOIN hours_allowed a ON a.company = c.company AND a.category = coalesce(c.category, '')
WHERE CASE WHEN c.paid > c.worked
  THEN beyond(c.paid - c.worked, c.worked, a.over_mode, a.over_percent, a.over_absolute, a.over_combine)
  ELSE beyond(c.worked - c.paid, c.worked, a.under_mode, a.under_percent, a.under_absolute, a.under_combine) END;

INSERT INTO finding BY NAME
SELECT 'LAB-HOURS' AS code,
  json_object('company', company, 'employee', employee, 'department', department, 'payCode', pay_code, 'period', period)::VARCHAR AS keys,
  at_risk AS amount,
  'Department ' || department || ', ' || pay_code || ', period ' || period || ': ' || plain(worked)
    || ' hours worked, ' || plain(paid) || ' paid' AS message,
  json_object('worked', plain(worked), 'paid', plain(paid), 'pay', money(amount))::VARCHAR AS compared,
  tolerance,
  places([CASE WHEN source_file IS NOT NULL THEN place(source_file, source_record, 'hours', plain(worked)) END,
    CASE WHEN paid_file IS NOT NULL THEN place(paid_file, paid_record, 'hours', plain(paid)) END]) AS evidence
FROM hours_beyond;
