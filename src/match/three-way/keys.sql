-- The key ladder, rung 1 at its plainest: one PO, IT101 is a line of it, and no id on the invoice speaks against it.
-- Most lines end here; what does not goes to the whole ladder (keys-ladder.sql), which knows rung 1 in full.

CREATE TABLE three_way.matched AS
SELECT l.rowid AS line_id, p.rowid AS po_id, 1::TINYINT AS rung
FROM invoice_line l
JOIN three_way.claim c ON c.invoice_id = l.invoice_id AND c.line_po = coalesce(l.po_number, '') AND c.is_single
JOIN po_line p
  ON p.po_number = c.po_number AND p.line_number = l.assigned_id AND p.company = c.company AND coalesce(p.release, '') = c.release
WHERE l.buyer_item = p.item OR l.vendor_item = p.vendor_item OR l.manufacturer_part = p.manufacturer_part OR l.gtin = p.gtin
  OR coalesce(l.buyer_item, l.vendor_item, l.manufacturer_part, l.gtin, l.ndc, l.hibc) IS NULL;

-- Two PO lines under one key are a tie, which the ladder tells.
DELETE FROM three_way.matched
WHERE line_id IN (SELECT line_id FROM three_way.matched GROUP BY line_id HAVING count(*) > 1);
