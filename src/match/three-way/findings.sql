-- What the rules raised, as findings: with the keys people know it by and the places where each number stands.

-- The PO line and the invoice line each finding speaks of.
CREATE TABLE three_way.spoken_po AS
SELECT po_id, {company: company, po_number: po_number, release: release, line_number: line_number, supplier: supplier, item: item,
  facility: facility, currency: currency, file: source_file, record: source_record} AS place
FROM three_way.asked_po
WHERE po_id IN (SELECT po_id FROM three_way.raised);

-- A million lines leave much behind; what no later rule reads makes room.
DROP TABLE three_way.doubtful;
DROP TABLE three_way.doubt;
DROP TABLE IF EXISTS three_way.price_beyond;
DROP TABLE three_way.aged;
DROP TABLE three_way.asked_po;
DROP TABLE three_way.po_name;
DROP TABLE three_way.document;
DROP TABLE three_way.goods;
DROP TABLE three_way.sum_of_bill;

CREATE TABLE three_way.spoken_line AS
SELECT line_id, sequence, source_file, source_record, byte_offset, byte_length
FROM three_way.invoice_line
WHERE line_id IN (SELECT line_id FROM three_way.raised);

CREATE TABLE three_way.last_receipt AS
SELECT p.po_id, r.source_file, r.source_record, r.quantity, r.uom, r.received_on
FROM (SELECT po_id, place FROM three_way.spoken_po WHERE po_id IN (SELECT po_id FROM three_way.raised WHERE code IN ('INV-QTY-RECEIVED', 'GRNI-AGED'))) p
JOIN three_way.receipt_line r
  ON r.po_number = p.place.po_number AND r.line_number = p.place.line_number AND r.company = p.place.company
  AND coalesce(r.release, '') = coalesce(p.place.release, '')
QUALIFY row_number() OVER (PARTITION BY p.po_id ORDER BY r.received_on DESC, r.receipt_number DESC, r.receipt_line DESC, r.quantity DESC) = 1;

CREATE OR REPLACE TABLE finding AS
-- A table of less than one row group (122,880 rows) is read by one thread, what is materialized by all.
WITH shared_raised AS MATERIALIZED (FROM three_way.raised),
said AS (
  SELECT r.*, r.line_id IS NOT NULL AS is_line, p.place,
    b.invoice_id, b.invoice_number, b.partner, b.currency AS bill_currency, b.source_file AS bill_file, b.source_record AS bill_record,
    CASE WHEN r.code IN ('INV-QTY-RECEIVED', 'GRNI-AGED') THEN r.po_id END AS receipt_of,
    coalesce(p.place.company, r.company, w.company) AS at_company,
    -- The vendor number of the biller where it has one, so that one trouble has one key whatever the PO says.
    CASE WHEN b.turn IS NULL OR m.supplier IS NOT NULL THEN p.place.supplier ELSE coalesce(w.supplier, p.place.supplier) END AS at_supplier
  FROM shared_raised r
  LEFT JOIN (FROM three_way.bill WHERE turn IN (SELECT turn FROM three_way.raised)) b ON b.turn = r.turn
  LEFT JOIN (FROM three_way.whose WHERE turn IN (SELECT turn FROM three_way.raised)) w ON w.turn = r.turn
  LEFT JOIN three_way.spoken_po p ON p.po_id = r.po_id
  LEFT JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.place.company AND m.supplier = p.place.supplier
)
SELECT r.code,
  CASE WHEN r.turn IS NULL THEN 'receipt' WHEN r.is_line THEN 'line' ELSE 'invoice' END AS level,
  r.invoice_id,
  l.sequence,
  r.at_company AS company,
  coalesce(r.place.po_number, r.po_number) AS po_number,
  nullif(coalesce(r.place.release, r.release), '') AS release,
  r.place.line_number AS line_number,
  r.at_supplier AS supplier,
  r.invoice_number,
  l.sequence AS invoice_line,
  r.place.item AS item,
  r.place.facility AS facility,
  NULL::VARCHAR AS receipt,
  r.contract,
  r.partner,
  r.amount AS amount_at_risk,
  coalesce(r.bill_currency, nullif(r.place.currency, ''), (SELECT currency FROM three_way.night)) AS currency,
  r.message,
  r.compared,
  r.tolerance,
  '[' || concat_ws(',',
    CASE WHEN r.is_line THEN three_way.evidence(l.source_file, l.source_record, l.byte_offset, l.byte_length, r.billed_field, r.billed_value)
      WHEN r.turn IS NOT NULL THEN three_way.evidence(r.bill_file, r.bill_record, NULL, NULL, r.billed_field, r.billed_value) END,
    CASE WHEN r.po_id IS NOT NULL
      THEN three_way.evidence(r.place.file, r.place.record, NULL, NULL, coalesce(r.po_field, 'po_number'), coalesce(r.po_value, r.place.po_number)) END,
    CASE WHEN r.other IS NOT NULL THEN three_way.evidence(r.other.file, r.other.record, NULL, NULL, r.other.field, r.other.value) END,
    CASE WHEN t.po_id IS NOT NULL
      THEN three_way.evidence(t.source_file, t.source_record, NULL, NULL, 'quantity', plain(t.quantity) || ' ' || t.uom || ' on ' || t.received_on) END
  ) || ']' AS evidence
FROM said r
LEFT JOIN three_way.spoken_line l ON l.line_id = r.line_id
LEFT JOIN three_way.last_receipt t ON t.po_id = r.receipt_of;
