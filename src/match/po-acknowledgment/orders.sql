-- What was ordered from whom. Only suppliers that are partners are asked: nobody sends an 850 to the others.

-- The vendors a partner may bill as, company by company.
CREATE TABLE theirs AS
SELECT DISTINCT v.partner, b.company, b.supplier
FROM (SELECT DISTINCT company, supplier FROM po_line) b
JOIN partner_vendor v ON v.supplier = b.supplier AND coalesce(v.company, '') IN ('', b.company);

-- The partner that answers for a vendor; where several may, the first by name.
CREATE TABLE trading AS SELECT company, supplier, min(partner) AS partner FROM theirs GROUP BY company, supplier;

CREATE TABLE ordered AS
SELECT p.po_id, p.company, p.po_number, coalesce(p.release, '') AS release, p.line_number, p.supplier, t.partner,
  nullif(p.item, '') AS item, nullif(p.vendor_item, '') AS vendor_item, nullif(p.manufacturer_part, '') AS manufacturer_part,
  nullif(p.gtin, '') AS gtin, p.description, p.quantity, p.uom, p.factor, p.own_base, coalesce(p.own_base, i.base_uom, 'base units') AS base_uom,
  p.quantity::DECIMAL(19, 4) * p.factor AS base, p.unit_price, p.price_basis, p.per, nullif(p.currency, '') AS currency,
  coalesce(p.category, i.category) AS category, p.status = 'open' AS is_open, p.status, p.po_date, p.requested_on, p.promised_on,
  coalesce(extended(p.quantity, p.unit_price, coalesce(p.per, 1)), 9999999999999999.99::DECIMAL(18, 2)) AS value,
  p.source_file, p.source_record
FROM measured_po_lines() p
JOIN trading t ON t.company = p.company AND t.supplier = p.supplier
LEFT JOIN product i ON i.item = p.item;

-- Every PO of the ERP, whoever it went to. A PO is company + number + release; the number alone is none.
CREATE TABLE purchase_order AS
SELECT p.company, p.po_number, coalesce(p.release, '') AS release, min(p.supplier) AS supplier, min(t.partner) AS partner,
  bool_or(p.status = 'open') AS is_open, min(p.po_date) AS po_date, min(p.source_file) AS source_file, min(p.source_record) AS source_record
FROM po_line p
LEFT JOIN trading t ON t.company = p.company AND t.supplier = p.supplier
GROUP BY ALL;

-- The PO a document of a partner means: of the company and release it tells, of the partner's vendors. `how` says why it is none.
CREATE MACRO po_meant(source) AS TABLE
WITH said AS (
  SELECT DISTINCT partner, coalesce(company, '') AS said_company, po_number AS said_number, coalesce(release, '') AS said_release FROM query_table(source)
),
possible AS (
  SELECT s.*, p.company, p.po_number, p.release, p.supplier, t.supplier IS NOT NULL AS is_theirs,
    CASE WHEN t.supplier IS NULL THEN 0 ELSE 2 END + CASE WHEN p.release = s.said_release THEN 1 ELSE 0 END AS fit,
    'company ' || p.company || CASE WHEN p.release = '' THEN '' ELSE ' release ' || p.release END AS told
  FROM said s
  JOIN purchase_order p ON p.po_number = trim(s.said_number) AND s.said_company IN ('', p.company) AND s.said_release IN ('', p.release)
  LEFT JOIN theirs t ON t.partner = s.partner AND t.supplier = p.supplier AND t.company = p.company
),
fitting AS (
  SELECT p.partner, p.said_company, p.said_number, p.said_release, count(*) AS candidates, bool_or(is_theirs) AS is_theirs,
    min(company) AS company, min(po_number) AS po_number, min(release) AS release,
    CASE WHEN min(supplier) = max(supplier) THEN min(supplier) ELSE min(supplier) || ' or ' || max(supplier) END AS suppliers, min(told) || ' and ' || max(told) AS told
  FROM possible p
  JOIN (SELECT partner, said_company, said_number, said_release, max(fit) AS fit FROM possible GROUP BY ALL) best
    ON best.partner = p.partner AND best.said_company = p.said_company AND best.said_number = p.said_number AND best.said_release = p.said_release AND best.fit = p.fit
  GROUP BY ALL
)
SELECT s.*, CASE WHEN f.candidates IS NULL THEN 'unknown' WHEN NOT f.is_theirs THEN 'not theirs' WHEN f.candidates = 1 THEN 'found' ELSE 'several' END AS how,
  f.company, f.po_number, f.release, f.suppliers, f.told AS candidates
FROM said s
LEFT JOIN fitting f ON f.partner = s.partner AND f.said_company = s.said_company AND f.said_number = s.said_number AND f.said_release = s.said_release;

CREATE MACRO po_keys(company, po_number, release, supplier) AS
  json_object('company', company, 'po', po_number, 'release', release, 'supplier', supplier)::VARCHAR;

CREATE MACRO bytes_at(source_file, byte_offset, byte_length) AS {source_file: source_file, byte_offset: byte_offset, byte_length: byte_length};

-- Whether two sides name the same thing, comparing what both name. NULL: nothing to compare.
CREATE MACRO same_name(a, b) AS CASE WHEN a = b THEN true WHEN a <> '' AND b <> '' THEN bare_id(a) = bare_id(b) END;
-- A pack has a GTIN of its own, so another GTIN says nothing against it.
CREATE MACRO same_item(buyer_item, item, vendor_item, po_vendor_item, part, po_part, gtin, po_gtin) AS
  CASE
    WHEN vendor_item = po_vendor_item OR buyer_item = item THEN true
    WHEN same_name(vendor_item, po_vendor_item) OR same_name(buyer_item, item) OR same_name(part, po_part) OR same_name(gtin, po_gtin) THEN true
    WHEN coalesce(same_name(vendor_item, po_vendor_item), same_name(buyer_item, item), same_name(part, po_part)) IS NOT NULL THEN false
  END;

-- What is found of a PO line, before it becomes a finding: `place` is where the partner says it, in `field`.
CREATE TABLE raised (
  code VARCHAR NOT NULL,
  po_id BIGINT NOT NULL,
  -- What tells two of one code on one line apart, for example the substitute.
  other VARCHAR,
  amount DECIMAL(18, 2) NOT NULL,
  -- Goes on after the name of the line.
  message VARCHAR NOT NULL,
  compared VARCHAR NOT NULL,
  tolerance VARCHAR,
  place STRUCT(source_file INTEGER, byte_offset INTEGER, byte_length INTEGER),
  field VARCHAR,
  value VARCHAR,
  po_field VARCHAR,
  po_value VARCHAR
);
