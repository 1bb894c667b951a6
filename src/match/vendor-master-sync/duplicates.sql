-- VENDOR-DUPLICATE: two active vendors of one master that share tax id, remit-to or bank, or are nearly the same by name. One finding a pair;
-- at risk is what is open to be paid to the two.
CREATE TABLE open_amount AS
SELECT supplier, sum(amount)::DECIMAL(38, 2) AS amount FROM voucher_line WHERE status = 'open' GROUP BY supplier;

CREATE TABLE alike AS
WITH active AS (FROM erp_vendor WHERE status = 'active'),
paid_at AS (SELECT DISTINCT a.supplier, a.source_file, b.bank FROM active a JOIN vendor_bank b ON b.supplier = a.supplier),
shared AS (
  SELECT a.supplier AS one, b.supplier AS other, 'tax id ' || masked(a.tax_id) AS reason, 100 AS score
  FROM active a JOIN active b ON bare_id(b.tax_id) = bare_id(a.tax_id) AND b.source_file = a.source_file AND a.supplier < b.supplier WHERE bare_id(a.tax_id) <> ''
  UNION ALL
  SELECT a.supplier, b.supplier, 'remit-to ' || a.remit_to, 100
  FROM active a JOIN active b ON bare_id(b.remit_to) = bare_id(a.remit_to) AND b.source_file = a.source_file AND a.supplier < b.supplier WHERE bare_id(a.remit_to) <> ''
  UNION ALL
  SELECT DISTINCT a.supplier, b.supplier, 'bank account', 100
  FROM paid_at a JOIN paid_at b ON b.bank = a.bank AND b.source_file = a.source_file AND a.supplier < b.supplier
  UNION ALL
  -- Names that begin with other letters are not held against each other: that many pairs would say little and take long.
  SELECT a.supplier, b.supplier, 'name, ' || likeness(m.name, n.name) || ' percent alike', likeness(m.name, n.name)
  FROM active a JOIN named m ON m.supplier = a.supplier
  JOIN named n ON left(n.name, 2) = left(m.name, 2) AND m.supplier < n.supplier
  JOIN active b ON b.supplier = n.supplier AND b.source_file = a.source_file
  CROSS JOIN night
  WHERE likeness(m.name, n.name) >= name_likeness
)
SELECT s.one, s.other, max(s.score) AS score, string_agg(s.reason, ', ' ORDER BY s.reason) AS reasons
FROM shared s
GROUP BY s.one, s.other;

INSERT INTO finding BY NAME
SELECT 'VENDOR-DUPLICATE' AS code, json_object('supplier', d.one, 'other', d.other)::VARCHAR AS keys,
  (coalesce(o.amount, 0) + coalesce(p.amount, 0))::DECIMAL(18, 2) AS amount,
  'Vendors ' || d.one || ' (' || a.name || ') and ' || d.other || ' (' || b.name || ') share ' || d.reasons
    || CASE WHEN bare_id(a.tax_id) <> bare_id(b.tax_id) THEN '; their tax ids differ' ELSE '' END AS message,
  json_object('shared', d.reasons, 'score', d.score::VARCHAR, 'tax ids', masked(a.tax_id) || ', ' || masked(b.tax_id))::VARCHAR AS compared,
  places([place(a.source_file, a.source_record, 'supplier', d.one), place(b.source_file, b.source_record, 'supplier', d.other)]) AS evidence
FROM alike d
JOIN erp_vendor a ON a.supplier = d.one
JOIN erp_vendor b ON b.supplier = d.other
LEFT JOIN open_amount o ON o.supplier = d.one
LEFT JOIN open_amount p ON p.supplier = d.other;
