CREATE TABLE vendor_spend AS
SELECT p.name AS period, s.supplier, v.name, coalesce(sum(s.amount) FILTER (s.kind = 'orders'), 0)::DECIMAL(18, 2) AS ordered,
  coalesce(sum(s.amount) FILTER (s.kind = 'payments'), 0)::DECIMAL(18, 2) AS paid, n.currency,
  (SELECT string_agg(kind, ', ' ORDER BY kind) FROM (SELECT DISTINCT e.kind FROM vendor_evidence e
    WHERE e.supplier = s.supplier AND coalesce(e.received_on, p.last_day) <= p.last_day
      AND coalesce(e.expires_on, p.last_day) >= p.last_day)) AS on_file
FROM spend s CROSS JOIN period p CROSS JOIN night n
LEFT JOIN vendor_name v ON v.supplier = s.supplier
GROUP BY p.name, p.last_day, s.supplier, v.name, n.currency;

CREATE TABLE period_summary AS
SELECT p.name AS period, p.first_day, p.last_day, (SELECT count(*) FROM vendor_spend) AS vendors,
  (SELECT coalesce(sum(paid), 0)::DECIMAL(18, 2) FROM vendor_spend) AS paid,
  (SELECT coalesce(sum(ordered), 0)::DECIMAL(18, 2) FROM vendor_spend) AS ordered, (SELECT count(*) FROM gap) AS gaps,
  (SELECT count(*) FROM unasked_line) AS unasked, n.currency
FROM period p CROSS JOIN night n;

INSERT INTO outcome
SELECT 1, 'Covered', 'obligations of vendors for which the document counted on every day', count(*) FILTER (state = 'covered'),
  coalesce(sum(amount) FILTER (state = 'covered'), 0) FROM obligations
UNION ALL
SELECT 2, 'Waived', 'obligations that somebody waived', count(*) FILTER (state = 'waived'),
  coalesce(sum(amount) FILTER (state = 'waived'), 0) FROM obligations
UNION ALL
SELECT 3, 'Not covered', 'obligations without their document on some day, and the money of those days',
  count(*) FILTER (days_without > 0), coalesce(sum(amount_without), 0) FROM obligations
UNION ALL
SELECT 4, 'Without a requisition', 'order lines of the period that nobody asked for', count(*), coalesce(sum(amount), 0) FROM unasked_line;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Obligations' AS section, 'vendors and documents' AS name, 'count' AS measure,
  (SELECT count(*) FROM (SELECT DISTINCT document, supplier FROM due)) AS taken,
  count(*) FILTER (days_without = 0) AS matched, count(*) FILTER (days_without > 0) AS in_exception
FROM obligations
UNION ALL BY NAME
SELECT 2 AS place, 'Order lines' AS section, 'number' AS name, 'count' AS measure, count(*) AS taken,
  count(*) - (SELECT count(*) FROM unasked_line) AS matched, (SELECT count(*) FROM unasked_line) AS in_exception
FROM order_line JOIN period ON po_date BETWEEN first_day AND last_day;
