-- Vendors and locations by what they are called. A name alone is a hint.
INSERT INTO reason
WITH told AS (
  SELECT DISTINCT e.asked, v.name, v.tax_id, v.remit_to FROM asked_exception e JOIN asked a ON a.asked = e.asked AND a.kind = 'supplier'
  JOIN listed_vendor v ON v.system = e.seller AND v.entry = e.identifier
), own AS (
  FROM vendor QUALIFY row_number() OVER (PARTITION BY supplier ORDER BY status, company, source_file, source_record) = 1
), alike AS (
  SELECT t.*, o.supplier, o.name AS own_name, o.tax_id AS own_tax_id, o.remit_to AS own_remit_to, o.status,
    likeness(bare_name(t.name), bare_name(o.name)) AS percent
  FROM told t JOIN own o ON left(bare_name(o.name), 2) = left(bare_name(t.name), 2) WHERE likeness(bare_name(t.name), bare_name(o.name)) >= 80
)
SELECT asked, supplier, 'name', CASE WHEN percent = 100 THEN 40 WHEN percent >= 94 THEN 30 ELSE 15 END, '"'
  || name || '" is ' || percent || ' percent like "' || own_name || '"' FROM alike
UNION ALL
SELECT asked, supplier, 'tax id', CASE WHEN bare_id(tax_id) = bare_id(own_tax_id) THEN 50 ELSE -40 END,
  CASE WHEN bare_id(tax_id) = bare_id(own_tax_id) THEN 'the tax ids are the same' ELSE 'the tax ids differ: '
    || masked(tax_id) || ' and ' || masked(own_tax_id) END
FROM alike WHERE bare_id(tax_id) <> '' AND bare_id(own_tax_id) <> ''
UNION ALL
SELECT asked, supplier, 'remit-to', CASE WHEN bare_id(remit_to) = bare_id(own_remit_to) THEN 40 ELSE -15 END,
  CASE WHEN bare_id(remit_to) = bare_id(own_remit_to) THEN 'both are paid at ' || remit_to ELSE 'it is paid at '
    || remit_to || ', vendor ' || supplier || ' at ' || own_remit_to END
FROM alike WHERE bare_id(remit_to) <> '' AND bare_id(own_remit_to) <> ''
UNION ALL
SELECT asked, supplier, 'status', -30, 'vendor ' || supplier || ' is inactive' FROM alike WHERE status <> 'active';

INSERT INTO reason
WITH alike AS (
  SELECT a.asked, a.identifier, l.location, l.company, coalesce(l.name, '') AS name, l.status,
    likeness(bare_id(a.identifier), bare_id(l.location)) AS percent,
    likeness(bare_name(a.identifier), bare_name(coalesce(l.name, ''))) AS name_percent
  FROM asked a JOIN location l ON a.company IN ('', l.company)
  WHERE a.kind = 'location'
  QUALIFY row_number() OVER (PARTITION BY a.asked, l.location ORDER BY l.status, l.company, l.source_file, l.source_record) = 1
)
SELECT asked, location, 'number', CASE WHEN percent >= 95 THEN 35 WHEN percent >= 88 THEN 20 ELSE 10 END, identifier
  || ' is ' || percent || ' percent like ' || location FROM alike WHERE percent >= 80
UNION ALL
SELECT asked, location, 'name', CASE WHEN name_percent >= 94 THEN 35 ELSE 15 END, identifier || ' is '
  || name_percent || ' percent like "' || name || '"' FROM alike WHERE name_percent >= 85
UNION ALL
SELECT asked, location, 'status', -30, 'location ' || location || ' is inactive' FROM alike
  WHERE status <> 'active' AND (percent >= 80 OR name_percent >= 85);
