-- INV-UOM: no way is known from one unit to the other, or a price basis is not known. Nothing is assumed to be 1.
-- One finding a line, for the first reason, with the packs that are known: often one of them is the same under another code.
-- At risk: the whole line, as if priced per unit where the basis is not known.

INSERT INTO three_way.raised BY NAME
WITH known AS (
  SELECT item, string_agg(uom || ' x' || plain(factor), ', ' ORDER BY factor, uom) AS packs
  FROM three_way.pack WHERE factor <> 1 AND item IN (SELECT item FROM three_way.doubtful WHERE factor IS NULL)
  GROUP BY item
),
reason AS (
  SELECT *,
    CASE
      WHEN coalesce(uom, '') = '' THEN 'the line names no unit; the PO line is in ' || po_uom
      WHEN factor IS NULL AND conflict IS NOT NULL THEN 'billed in ' || uom || ', ordered in ' || po_uom || ', and what is known does not agree: ' || conflict
      WHEN factor IS NULL THEN 'billed in ' || uom || ', ordered in ' || po_uom || ', and nothing says how many ' || base_uom || ' are in one ' || uom || coalesce('; known of the item: ' || packs, '')
        || CASE WHEN uom <> upper(uom) THEN '; in small letters it is another unit, unless matchbook.yaml says units: { capitals: true }' ELSE '' END
      WHEN per IS NULL THEN 'price basis ' || price_basis || ' on the invoice is not one we can convert'
      WHEN po_per IS NULL THEN 'price basis ' || po_basis || ' on the PO is not one we can convert'
      WHEN needs_receipt AND unknown_receipt_uom IS NOT NULL THEN 'received in ' || unknown_receipt_uom || ', and nothing says how many ' || base_uom || ' that is'
      WHEN unknown_voucher_uom IS NOT NULL THEN 'vouchered before in ' || unknown_voucher_uom || ', and nothing says how many ' || base_uom || ' that is'
    END AS reason
  FROM (SELECT d.*, c.said AS conflict, k.packs FROM three_way.doubtful d
    LEFT JOIN three_way.unit_conflict c ON c.item = d.item AND c.uom = d.uom LEFT JOIN known k ON k.item = d.item)
)
SELECT 'INV-UOM' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount, name || ': ' || reason AS message,
  json_object('billed unit', uom, 'PO unit', po_uom, 'billed price basis', price_basis, 'PO price basis', po_basis,
    'received unit', unknown_receipt_uom, 'vouchered unit', unknown_voucher_uom, 'packs known of the item', packs, 'ways that disagree', CASE WHEN factor IS NULL THEN conflict END) AS compared,
  CASE WHEN per IS NULL THEN 'IT105' ELSE 'IT103' END AS billed_field, CASE WHEN per IS NULL THEN price_basis ELSE uom END AS billed_value,
  CASE WHEN po_per IS NULL THEN 'price_basis' ELSE 'uom' END AS po_field, CASE WHEN po_per IS NULL THEN po_basis ELSE po_uom END AS po_value
FROM reason
WHERE reason IS NOT NULL;
