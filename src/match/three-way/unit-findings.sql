-- INV-UOM: no way is known from one unit to the other, or a price basis is not known. Nothing is assumed to be 1.
-- One finding a line, for the first reason. At risk: the whole line, as if priced per unit where the basis is not known.

INSERT INTO three_way.raised BY NAME
WITH reason AS (
  SELECT j.*, l.price_basis, p.price_basis AS po_basis, p.item, p.line_number, three_way.po_name(p.po_number, p.release) AS po_name,
    CASE
      WHEN coalesce(j.uom, '') = '' THEN 'the line names no unit; the PO line is in ' || j.po_uom
      WHEN j.factor IS NULL THEN 'billed in ' || j.uom || ', ordered in ' || j.po_uom || ', and nothing says how many ' || p.base_uom || ' are in one ' || j.uom
      WHEN j.per IS NULL THEN 'price basis ' || l.price_basis || ' on the invoice is not one we can convert'
      WHEN j.po_per IS NULL THEN 'price basis ' || p.price_basis || ' on the PO is not one we can convert'
      WHEN j.unknown_receipt_uom IS NOT NULL AND j.needs_receipt THEN 'received in ' || j.unknown_receipt_uom || ', and nothing says how many ' || p.base_uom || ' that is'
      WHEN j.unknown_voucher_uom IS NOT NULL THEN 'vouchered before in ' || j.unknown_voucher_uom || ', and nothing says how many ' || p.base_uom || ' that is'
    END AS reason
  FROM three_way.judged j
  JOIN invoice_line l ON l.rowid = j.line_id
  JOIN three_way.po p ON p.po_id = j.po_id
  WHERE j.factor IS NULL OR j.per IS NULL OR j.po_per IS NULL OR j.unknown_voucher_uom IS NOT NULL
    OR (j.unknown_receipt_uom IS NOT NULL AND j.needs_receipt)
)
SELECT 'INV-UOM' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount,
  po_name || ' line ' || line_number || coalesce(', item ' || item, '') || ': ' || reason AS message,
  json_object('billed unit', uom, 'PO unit', po_uom, 'billed price basis', price_basis, 'PO price basis', po_basis,
    'received unit', unknown_receipt_uom, 'vouchered unit', unknown_voucher_uom) AS compared,
  CASE WHEN per IS NULL THEN 'IT105' ELSE 'IT103' END AS billed_field, CASE WHEN per IS NULL THEN price_basis ELSE uom END AS billed_value,
  CASE WHEN po_per IS NULL THEN 'price_basis' ELSE 'uom' END AS po_field, CASE WHEN po_per IS NULL THEN po_basis ELSE po_uom END AS po_value
FROM reason
WHERE reason IS NOT NULL;
