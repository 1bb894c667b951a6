-- What documents and extracts say beside an identifier that led nowhere. `asked` is one row an identifier, `asked_exception` one an exception
-- about it; both are there when these rules begin.

-- Words of a description, in order of the alphabet: people put them in any.
CREATE MACRO words_of(description) AS list_sort(list_distinct(list_filter(
  string_split_regex(upper(regexp_replace(coalesce(description, ''), '[^A-Za-z0-9.]+', ' ', 'g')), '\s+'), w -> length(w) > 1)));

CREATE TABLE fact AS
SELECT e.asked, e.exception, e.company, e.po, e.release, l.assigned_id, l.description, l.uom, NULL::DECIMAL(12, 4) AS uom_factor, l.unit_price,
  price_per(l.price_basis) AS per, l.quantity, l.manufacturer_part, l.gtin, l.ndc, l.hibc, l.vendor_item
FROM asked_exception e
JOIN invoice_line l ON l.invoice_id = e.document AND l.sequence = e.sequence
UNION ALL
SELECT e.asked, e.exception, e.company, e.po, e.release, l.assigned_id, l.description, l.uom, NULL, l.unit_price,
  price_per(l.price_basis), l.quantity,
  l.manufacturer_part, l.gtin, NULL, NULL, l.vendor_item
FROM asked_exception e
JOIN acknowledgment a ON a.po_number = e.po AND coalesce(a.release, '') IN ('', coalesce(e.release, ''))
JOIN acknowledgment_line l ON l.document_id = a.document_id
  AND bare_id(e.identifier) IN (bare_id(l.vendor_item), bare_id(l.buyer_item), bare_id(l.manufacturer_part), bare_id(l.gtin))
UNION ALL
SELECT e.asked, e.exception, NULL, NULL, NULL, NULL, min(u.description), min(u.uom), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM asked_exception e
JOIN usage_line u ON bare_id(u.identifier) = bare_id(e.identifier)
GROUP BY e.asked, e.exception
UNION ALL
SELECT e.asked, e.exception, NULL, NULL, NULL, NULL, c.description, c.uom,
  CASE WHEN coalesce(c.factor_uom, '') = '' THEN nullif(c.uom_factor, 0) END, NULL, NULL, NULL, c.manufacturer_part,
  c.gtin, c.ndc, c.hibc, c.vendor_item
FROM asked_exception e
JOIN catalog_item c ON e.seller IN (c.supplier, c.partner) AND c.vendor_item = e.identifier
UNION ALL
SELECT e.asked, e.exception, NULL, NULL, NULL, NULL, l.description, l.base_uom, NULL, NULL, NULL, NULL,
  l.manufacturer_part, l.gtin, l.ndc, l.hibc, NULL
FROM asked_exception e
JOIN listed_item l ON l.system = e.seller AND l.entry = e.identifier;
-- A unit is looked for by other rules (units.sql).
DELETE FROM fact WHERE asked IN (SELECT asked FROM asked WHERE kind = 'unit');

-- Vendor numbers that the partner of an identifier sells under.
CREATE TABLE sells_as AS
SELECT DISTINCT a.asked, v.supplier FROM asked a JOIN partner_vendor v ON v.partner = a.partner
UNION
SELECT asked, partner FROM asked WHERE partner <> '';

CREATE TABLE ours AS
FROM item QUALIFY row_number() OVER (PARTITION BY item ORDER BY status, source_file, source_record) = 1;
