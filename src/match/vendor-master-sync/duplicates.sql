-- VENDOR-DUPLICATE: two active vendors of one master that share tax id, remit-to or bank, or are nearly the same by name. One finding a pair;
-- at risk is what is open to be paid to the two.
CREATE TABLE open_amount AS
SELECT supplier, sum(amount)::DECIMAL(38, 2) AS amount FROM voucher_line WHERE status = 'open' GROUP BY supplier;

CREATE TABLE alike AS
WITH active AS (FROM erp_vendor WHERE status = 'active'),
telling AS (
  SELECT i.* FROM identity i SEMI JOIN active a ON a.supplier = i.supplier
  ANTI JOIN common_identity c ON c.kind = i.kind AND c.value = i.value AND c.source_file = i.source_file
),
shared AS (
  SELECT DISTINCT a.supplier AS one, b.supplier AS other, a.kind
    || CASE a.kind WHEN 'bank account' THEN '' ELSE ' ' || a.shown END AS reason, 100 AS score
  FROM telling a JOIN telling b ON b.kind = a.kind AND b.value = a.value AND b.source_file = a.source_file AND a.supplier < b.supplier
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

-- ... and what too many share to be held against each other two by two. What is open to them is not at risk for that.
INSERT INTO finding BY NAME
WITH active AS (
  SELECT i.*, row_number() OVER (PARTITION BY i.kind, i.value, i.source_file ORDER BY i.supplier) AS place
  FROM identity i SEMI JOIN (FROM erp_vendor WHERE status = 'active') v ON v.supplier = i.supplier
)
SELECT 'VENDOR-DUPLICATE' AS code, json_object('supplier', min(a.supplier), 'identifier', c.kind || ' ' || c.shown)::VARCHAR AS keys, 0 AS amount,
  count(*) || ' vendors share ' || c.kind || ' ' || c.shown || ', among them ' || string_agg(a.supplier, ', ' ORDER BY a.place) FILTER (a.place <= 10)
    || ': a value that stands for none, or one concern with many numbers. Nothing is told apart by it' AS message,
  json_object('shared', c.kind || ' ' || c.shown, 'vendors', count(*)::VARCHAR)::VARCHAR AS compared,
  places(list(place(a.source_file, a.source_record, 'supplier', a.supplier) ORDER BY a.place) FILTER (a.place <= 10)) AS evidence
FROM common_identity c
JOIN active a ON a.kind = c.kind AND a.value = c.value AND a.source_file = c.source_file
GROUP BY c.kind, c.value, c.source_file, c.shown
HAVING count(*) > 1;
