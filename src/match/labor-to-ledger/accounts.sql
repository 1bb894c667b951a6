-- XREF-COSTCENTER: a department, with a pay code, maps to no cost centre. An entry for the pay code goes before one for any.
CREATE TABLE charged AS
SELECT p.company, p.department, p.pay_code, p.period, sum(p.hours)::DECIMAL(38, 4) AS hours, sum(p.amount)::DECIMAL(18, 2) AS amount,
  max(p.paid_on) AS paid_on, min(p.source_file) AS source_file, min(p.source_record) AS source_record,
  any_value(coalesce(own.cost_center, other.cost_center)) AS cost_center, any_value(coalesce(own.account, other.account)) AS account
FROM payroll_line p
LEFT JOIN labor_account own ON own.company = p.company AND own.department = p.department AND own.pay_code = p.pay_code
LEFT JOIN labor_account other ON other.company = p.company AND other.department = p.department AND coalesce(other.pay_code, '') = ''
GROUP BY p.company, p.department, p.pay_code, p.period;

INSERT INTO finding BY NAME
SELECT 'XREF-COSTCENTER' AS code,
  json_object('company', company, 'department', department, 'payCode', pay_code)::VARCHAR AS keys,
  sum(amount)::DECIMAL(18, 2) AS amount,
  'Department ' || department || ' of company ' || company || ', pay code ' || pay_code || ': no cost centre and account to book '
    || money(sum(amount)) || ' to' AS message,
  json_object('department', department, 'pay code', pay_code, 'periods', string_agg(period, ', ' ORDER BY period))::VARCHAR AS compared,
  places([place(min(source_file), min(source_record), 'department', department)]) AS evidence
FROM charged
WHERE account IS NULL
GROUP BY company, department, pay_code;
