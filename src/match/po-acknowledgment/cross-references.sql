-- A line or status that names what people said is an item of ours is that item, as if the supplier had named it. Where the ERP knows the
-- number as one of the supplier's own, or the order has the item under it, the ERP is not corrected.
CREATE TABLE asked_reference AS
WITH named AS (
  SELECT 'line' AS side, l.rowid AS row_number, l.document_id, l.vendor_item, l.manufacturer_part, l.gtin, l.buyer_item
  FROM acknowledgment_line l WHERE EXISTS (FROM cross_reference)
  UNION ALL
  SELECT 'status', s.rowid, s.document_id, s.vendor_item, s.manufacturer_part, s.gtin, s.buyer_item
  FROM acknowledgment_status s WHERE EXISTS (FROM cross_reference)
)
SELECT n.side, n.row_number, a.partner, name.type, id_key(name.type, name.said) AS key, a.acknowledged_on AS on_day
FROM (
  SELECT side, row_number, document_id, unnest([
    {type: 'vendor-item', said: vendor_item}, {type: 'manufacturer-part', said: manufacturer_part},
    {type: 'gtin', said: gtin}, {type: 'buyer-item', said: buyer_item}
  ]) AS name
  FROM named
) n
JOIN acknowledgment a ON a.document_id = n.document_id
WHERE name.said <> ''
  AND NOT (name.type = 'vendor-item' AND bare_id(name.said) IN (
    SELECT bare_id(p.vendor_item) FROM po_line p JOIN partner_vendor v ON v.supplier = p.supplier AND v.partner = a.partner))
  AND NOT (name.type = 'buyer-item' AND (a.po_number, bare_id(name.said)) IN (SELECT (po_number, bare_id(item)) FROM po_line WHERE item <> ''));

CREATE TABLE named_item AS
SELECT a.side, a.row_number, min(r.item) AS item
FROM asked_reference a
JOIN items_referenced('asked_reference', 'cross_reference', (SELECT as_of FROM night)) r
  ON r.partner = a.partner AND r.type = a.type AND r.key = a.key AND r.on_day = a.on_day
GROUP BY a.side, a.row_number
HAVING count(DISTINCT r.item) = 1;

UPDATE acknowledgment_line SET buyer_item = n.item FROM named_item n WHERE n.side = 'line' AND n.row_number = acknowledgment_line.rowid;
UPDATE acknowledgment_status SET buyer_item = n.item FROM named_item n WHERE n.side = 'status' AND n.row_number = acknowledgment_status.rowid;
