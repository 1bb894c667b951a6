-- What was ordered from whom. Only suppliers that are partners are asked: nobody sends an 850 to the others.

-- The vendors a partner may bill as, company by company.
CREATE TABLE theirs AS
SELECT DISTINCT v.partner, b.company, b.supplier
FROM (SELECT DISTINCT company, supplier FROM po_line) b
JOIN partner_vendor v ON v.supplier = b.supplier AND coalesce(v.company, '') IN ('', b.company);

-- The partner that answers for a vendor; where several may, the first by name.
CREATE TABLE trading AS SELECT company, supplier, min(partner) AS partner FROM theirs GROUP BY company, supplier;

-- What a line comes to; the largest amount stands for what is larger.
CREATE MACRO line_value(quantity, unit_price, per) AS coalesce(extended(quantity, unit_price, coalesce(per, 1)), 9999999999999999.99::DECIMAL(18, 2));

-- PO lines of partners, all of them or those of a relation that a rule asks about: a million lines are not copied, and their texts are looked
-- up for those that are spoken of.
CREATE MACRO ordered_of(source) AS TABLE
SELECT p.po_id, p.company, p.po_number, coalesce(p.release, '') AS release, p.line_number, p.supplier, t.partner,
  nullif(p.item, '') AS item, nullif(p.vendor_item, '') AS vendor_item, nullif(p.manufacturer_part, '') AS manufacturer_part,
  nullif(p.gtin, '') AS gtin, p.description, p.quantity, p.uom, p.factor, p.own_base, p.quantity::DECIMAL(19, 4) * p.factor AS base,
  p.unit_price, p.price_basis, p.per, nullif(p.currency, '') AS currency, p.category, p.status = 'open' AS is_open,
  p.po_date, p.requested_on, p.promised_on, line_value(p.quantity, p.unit_price, p.per) AS value, p.source_file, p.source_record
FROM measured_of(source) p
JOIN trading t ON t.company = p.company AND t.supplier = p.supplier;
CREATE VIEW ordered AS FROM ordered_of('po_row');

-- Every PO of the ERP, whoever it went to. A PO is company + number + release; the number alone is none.
CREATE TABLE purchase_order AS
SELECT p.company, p.po_number, coalesce(p.release, '') AS release, min(p.supplier) AS supplier, min(t.partner) AS partner,
  min(p.po_date) AS po_date, min(p.source_file) AS source_file, min(p.source_record) AS source_record
FROM po_line p
LEFT JOIN trading t ON t.company = p.company AND t.supplier = p.supplier
GROUP BY ALL;

-- The PO a document of a partner means: of the company and release it tells, of the partner's vendors. `how` says why it is none, with the
-- vendors and companies it may be of. `source` names a relation with what is said, each under a number of its own (said_id).
CREATE MACRO po_meant(source) AS TABLE
WITH said AS MATERIALIZED (
  SELECT said_id, partner, coalesce(company, '') AS said_company, po_number AS said_number,
    coalesce(release, '') AS said_release FROM query_table(source)
),
possible AS (
  SELECT s.said_id, p.rowid AS order_id, t.supplier IS NOT NULL AS is_theirs,
    CASE WHEN t.supplier IS NULL THEN 0 ELSE 2 END + CASE WHEN p.release = s.said_release THEN 1 ELSE 0 END AS fit
  FROM said s
  JOIN purchase_order p ON p.po_number = trim(s.said_number) AND s.said_company IN ('', p.company) AND s.said_release IN ('', p.release)
  LEFT JOIN theirs t ON t.partner = s.partner AND t.supplier = p.supplier AND t.company = p.company
),
best AS MATERIALIZED (
  SELECT p.said_id, p.order_id, p.is_theirs
  FROM possible p
  JOIN (SELECT said_id, max(fit) AS fit FROM possible GROUP BY said_id) m ON m.said_id = p.said_id AND m.fit = p.fit
),
fitting AS MATERIALIZED (
  SELECT said_id, count(*) AS candidates, bool_or(is_theirs) AS is_theirs, min(order_id) AS order_id FROM best GROUP BY said_id
),
-- Whose orders they are, where it is not one of the partner's.
unclear AS (
  SELECT b.said_id,
    CASE WHEN min(p.supplier) = max(p.supplier) THEN min(p.supplier) ELSE min(p.supplier) || ' or ' || max(p.supplier) END AS suppliers,
    min(p.told) || ' and ' || max(p.told) AS candidates
  FROM best b
  JOIN fitting f ON f.said_id = b.said_id AND NOT (f.is_theirs AND f.candidates = 1)
  JOIN (SELECT rowid AS order_id, supplier, 'company ' || company
    || CASE WHEN release = '' THEN '' ELSE ' release ' || release END AS told FROM purchase_order) p
    ON p.order_id = b.order_id
  GROUP BY b.said_id
)
SELECT s.*,
  CASE WHEN f.candidates IS NULL THEN 'unknown' WHEN NOT f.is_theirs THEN 'not theirs' WHEN f.candidates = 1 THEN 'found' ELSE 'several' END AS how,
  o.company, o.po_number, o.release, u.suppliers, u.candidates
FROM said s
LEFT JOIN fitting f ON f.said_id = s.said_id
LEFT JOIN purchase_order o ON o.rowid = CASE WHEN f.candidates = 1 AND f.is_theirs THEN f.order_id END
LEFT JOIN unclear u ON u.said_id = s.said_id;

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
