-- Vendors of the ERP and of other systems, and which entry there is which vendor here.

-- A number that several companies use is one vendor; that which is in use speaks for it.
CREATE TABLE erp_vendor AS
FROM vendor QUALIFY row_number() OVER (PARTITION BY supplier ORDER BY status, company, source_file, source_record) = 1;

CREATE TABLE entry AS
SELECT *, row_number() OVER (ORDER BY system, entry, source_file, source_record) AS id, 'entry ' || entry || ' of ' || system AS who
FROM listed_vendor;

CREATE TABLE named AS SELECT supplier, bare_name(name) AS name FROM erp_vendor WHERE bare_name(name) <> '';

-- By what a vendor is told from others. What more than ten vendors of one master have tells none of them apart: a number that was typed where
-- none was known (00-0000000, NONE, MAIN), or one concern. It leads nowhere, and is told once (duplicates.sql).
CREATE TABLE identity AS
SELECT supplier, source_file, source_record, 'tax id' AS kind, bare_id(tax_id) AS value, masked(tax_id) AS shown
  FROM erp_vendor WHERE bare_id(tax_id) <> ''
UNION ALL
SELECT supplier, source_file, source_record, 'remit-to', bare_id(remit_to), remit_to FROM erp_vendor WHERE bare_id(remit_to) <> ''
UNION ALL
SELECT DISTINCT v.supplier, v.source_file, v.source_record, 'bank account', b.bank, left(b.bank, 12)
  FROM erp_vendor v JOIN vendor_bank b ON b.supplier = v.supplier;
CREATE TABLE common_identity AS
SELECT kind, value, source_file, min(shown) AS shown, count(*) AS vendors FROM identity GROUP BY kind, value, source_file HAVING count(*) > 10;

-- The first rung on which any vendor is found decides. A name alone is a hint, and decides nothing.
CREATE TABLE candidate AS
SELECT e.id, 1 AS rung, 'vendor number' AS rung_name, v.supplier FROM entry e JOIN erp_vendor v ON v.supplier = e.supplier
UNION
-- What people said goes before what is only the same; the vendor number that both sides keep goes before that.
SELECT e.id, 2, 'cross-reference', v.supplier
FROM entry e CROSS JOIN night n
JOIN cross_reference x ON x.kind = 'supplier' AND x.identifier_key = bare_id(e.entry) AND coalesce(x.partner, '') IN ('', e.system)
  AND n.as_of BETWEEN coalesce(x.effective_from, n.as_of) AND coalesce(x.effective_to, n.as_of)
JOIN erp_vendor v ON v.supplier = x.target
UNION
SELECT e.id, e.rung, e.kind, i.supplier
FROM (
  SELECT id, 3 AS rung, 'tax id' AS kind, bare_id(tax_id) AS value FROM entry
  UNION ALL SELECT id, 4, 'remit-to', bare_id(remit_to) FROM entry
) e
JOIN identity i ON i.kind = e.kind AND i.value = e.value
ANTI JOIN common_identity c ON c.kind = i.kind AND c.value = i.value AND c.source_file = i.source_file;

CREATE TABLE mapping AS
SELECT e.id, e.system, e.entry, e.supplier AS told, e.name, e.who, e.source_file, e.source_record, b.rung,
  b.rung_name, b.suppliers, coalesce(b.vendors, 0) AS vendors,
  CASE WHEN b.vendors = 1 THEN b.supplier END AS supplier
FROM entry e
LEFT JOIN (
  SELECT id, rung, min(rung_name) AS rung_name, count(*) AS vendors, min(supplier) AS supplier,
    string_agg(supplier, ', ' ORDER BY supplier) AS suppliers
  FROM candidate GROUP BY id, rung
  QUALIFY rung = min(rung) OVER (PARTITION BY id)
) b ON b.id = e.id;

-- Where nothing else leads to a vendor: the one most like it by name.
CREATE TABLE hint AS
SELECT m.id, n.supplier, likeness(bare_name(m.name), n.name) AS score
FROM mapping m JOIN named n ON left(n.name, 2) = left(bare_name(m.name), 2) CROSS JOIN night
WHERE m.vendors = 0 AND likeness(bare_name(m.name), n.name) >= name_likeness
QUALIFY row_number() OVER (PARTITION BY m.id ORDER BY score DESC, n.supplier) = 1;

INSERT INTO finding BY NAME
SELECT 'XREF-AMBIGUOUS' AS code, json_object('identifier', entry, 'other', system)::VARCHAR AS keys, 0 AS amount,
  upper(who[1]) || who[2:] || ' is by its ' || rung_name || ' any of the vendors ' || suppliers AS message,
  json_object('found by', rung_name, 'vendors', suppliers)::VARCHAR AS compared,
  places([place(source_file, source_record, rung_name, entry)]) AS evidence
FROM mapping WHERE vendors > 1;

-- Where the other system is the record of vendors, an entry that the ERP lacks is VENDOR-MISSING; else it leads nowhere.
INSERT INTO finding BY NAME
SELECT CASE WHEN m.system = record THEN 'VENDOR-MISSING' ELSE 'XREF-SUPPLIER' END AS code,
  json_object('supplier', m.told, 'identifier', m.entry, 'other',
    CASE WHEN m.system = record THEN 'erp' ELSE m.system END)::VARCHAR AS keys, 0 AS amount,
  upper(m.who[1]) || m.who[2:] || ' (' || coalesce(m.name, 'without a name')
    || CASE WHEN m.system = record THEN ') is no vendor of the ERP' ELSE ') leads to no vendor of the ERP' END
    || CASE WHEN h.supplier IS NULL THEN '' ELSE '; by its name it may be ' || h.supplier || ' (' || h.score || ' percent alike)' END AS message,
  json_object('entry', m.entry, 'name', m.name, 'most like', h.supplier, 'likeness', h.score::VARCHAR)::VARCHAR AS compared,
  places([place(m.source_file, m.source_record, 'entry', m.entry)]) AS evidence
FROM mapping m CROSS JOIN night
LEFT JOIN hint h ON h.id = m.id
JOIN entry e ON e.id = m.id
WHERE m.vendors = 0 AND coalesce(e.status, 'active') = 'active';

-- Where the ERP is the record: active vendors that a list lacks.
CREATE TABLE absent AS
SELECT l.system, v.*
FROM (SELECT DISTINCT system FROM listed_vendor) l CROSS JOIN erp_vendor v CROSS JOIN night
WHERE record = 'erp' AND v.status = 'active'
  AND NOT EXISTS (FROM candidate c JOIN entry e ON e.id = c.id WHERE e.system = l.system AND c.supplier = v.supplier);

INSERT INTO finding BY NAME
SELECT 'VENDOR-MISSING' AS code, json_object('supplier', supplier, 'other', system)::VARCHAR AS keys, 0 AS amount,
  'Vendor ' || supplier || ' (' || name || ') is active in the ERP, and ' || system || ' lacks it' AS message,
  json_object('vendor', supplier, 'missing in', system)::VARCHAR AS compared,
  places([place(source_file, source_record, 'supplier', supplier)]) AS evidence
FROM absent;
