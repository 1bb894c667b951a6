-- What was ordered from whom. Only suppliers that are partners are asked: nobody sends an 850 to the others.

-- The partner that answers for a vendor in a company; where several may, the first by name.
CREATE TABLE trading AS
SELECT b.company, b.supplier, min(v.partner) AS partner
FROM (SELECT DISTINCT company, supplier FROM po_line) b
JOIN partner_vendor v ON v.supplier = b.supplier AND coalesce(v.company, '') IN ('', b.company)
GROUP BY b.company, b.supplier;

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
  SELECT s.*, p.company, p.po_number, p.release, p.supplier, v.supplier IS NOT NULL AS is_theirs
  FROM said s
  JOIN purchase_order p ON p.po_number = trim(s.said_number) AND s.said_company IN ('', p.company) AND s.said_release IN ('', p.release)
  LEFT JOIN (SELECT DISTINCT partner, supplier, coalesce(company, '') AS company FROM partner_vendor) v
    ON v.partner = s.partner AND v.supplier = p.supplier AND v.company IN ('', p.company)
  -- Two entries for one vendor, and a release of its own goes after the PO itself.
  QUALIFY row_number() OVER (PARTITION BY s.partner, s.said_company, s.said_number, s.said_release, p.company, p.release ORDER BY v.supplier NULLS LAST) = 1
),
fitting AS (
  SELECT * FROM possible
  QUALIFY is_theirs::INTEGER * 2 + (release = said_release)::INTEGER
    = max(is_theirs::INTEGER * 2 + (release = said_release)::INTEGER) OVER (PARTITION BY partner, said_company, said_number, said_release)
)
SELECT s.partner, s.said_company, s.said_number, s.said_release,
  CASE WHEN count(f.po_number) = 1 AND bool_and(f.is_theirs) THEN 'found' WHEN count(f.po_number) = 0 THEN 'unknown'
    WHEN NOT bool_or(f.is_theirs) THEN 'not theirs' ELSE 'several' END AS how,
  min(f.company) AS company, min(f.po_number) AS po_number, min(f.release) AS release,
  string_agg(DISTINCT f.supplier, ' and ' ORDER BY f.supplier) AS suppliers,
  string_agg('company ' || f.company || CASE WHEN f.release = '' THEN '' ELSE ' release ' || f.release END, ' and ' ORDER BY f.company, f.release) AS candidates
FROM said s
LEFT JOIN fitting f ON f.partner = s.partner AND f.said_company = s.said_company AND f.said_number = s.said_number AND f.said_release = s.said_release
GROUP BY s.partner, s.said_company, s.said_number, s.said_release;

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
