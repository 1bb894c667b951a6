-- The period that was over last when the night began, and each day on which money went to a vendor in it.
CREATE TABLE period AS
SELECT CASE unit WHEN 'month' THEN strftime(first_day, '%Y-%m') WHEN 'quarter' THEN strftime(first_day, '%Y-Q')
  || quarter(first_day) ELSE strftime(first_day, '%Y') END AS name,
  first_day, last_day
FROM (
  SELECT n.period AS unit, date_trunc(n.period, n.as_of)::DATE - 1 AS last_day,
    date_trunc(n.period, date_trunc(n.period, n.as_of)::DATE - 1)::DATE AS first_day
  FROM night n
);

CREATE TABLE vendor_name AS
SELECT supplier, arg_min(name, (status, company, source_file, source_record)) AS name FROM vendor GROUP BY supplier;

-- A payment that was voided the same day was none.
CREATE TABLE spend AS
SELECT 'payments' AS kind, supplier, NULL::VARCHAR AS category, paid_on AS day, sum(amount)::DECIMAL(18, 2) AS amount,
  arg_min(source_file, (source_file, source_record)) AS source_file, arg_min(source_record, (source_file, source_record)) AS source_record
FROM payment JOIN period ON paid_on BETWEEN first_day AND last_day
GROUP BY supplier, paid_on
HAVING sum(amount) > 0
UNION ALL
SELECT 'orders', supplier, category, po_date, sum(coalesce(amount, 0))::DECIMAL(18, 2),
  arg_min(source_file, (source_file, source_record)), arg_min(source_record, (source_file, source_record))
FROM order_line JOIN period ON po_date BETWEEN first_day AND last_day
WHERE status <> 'cancelled'
GROUP BY supplier, category, po_date;
