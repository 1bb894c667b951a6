-- Rung 7: the billed item is the substitute that the supplier's 855 announced for a line of this PO.
-- Kept for every line, because a supplier may bill the substitute under the ordered line's number or item.

CREATE TABLE three_way.substitute AS
WITH billed AS (
  SELECT s.*, l.line_id, coalesce(c.company, b.company) AS company, coalesce(c.release, b.release) AS release
  FROM three_way.substitution s
  JOIN three_way.bill b ON b.partner = s.partner
  JOIN three_way.invoice_line l ON l.invoice_id = b.invoice_id AND trim(s.po_number) = coalesce(nullif(trim(l.po_number), ''), b.po_number)
  LEFT JOIN three_way.claim c ON c.turn = b.turn AND c.line_po = coalesce(trim(l.po_number), '')
  WHERE bare_id(s.vendor_item) = bare_id(l.vendor_item)
    OR bare_id(s.manufacturer_part) = bare_id(l.manufacturer_part)
    OR three_way.gtin14(s.gtin) = three_way.gtin14(l.gtin)
),
-- The ordered line by its item as the 855 names it; by its number alone only where no item can be compared.
ordered AS (
  SELECT b.*, p.po_id, p.line_number = b.line_number AS is_numbered,
    bare_id(b.ordered_item) = bare_id(p.item) AS same_item,
    bare_id(b.ordered_vendor_item) = bare_id(p.vendor_item) AS same_vendor_item
  FROM billed b
  JOIN three_way.po_line p ON p.po_number = b.po_number AND p.company = b.company AND coalesce(p.release, '') = b.release
  WHERE coalesce(bare_id(p.vendor_item) <> bare_id(b.vendor_item), true)
)
SELECT DISTINCT line_id, po_id, min(document_id) OVER w AS document_id, min(ordered_item) OVER w AS ordered_item,
  min(coalesce(vendor_item, manufacturer_part, gtin)) OVER w AS billed_item, min(source_file) OVER w AS source_file,
  min(source_record) OVER w AS source_record
FROM ordered
WHERE CASE
  WHEN same_item OR same_vendor_item THEN true
  WHEN same_item IS NULL AND same_vendor_item IS NULL THEN is_numbered
  ELSE false END
WINDOW w AS (PARTITION BY line_id, po_id)
QUALIFY coalesce(is_numbered, false) = max(coalesce(is_numbered, false)) OVER (PARTITION BY line_id);
