-- What the rules raised, as findings: with the keys people know it by and the places where each number stands.

-- The few rows of the large relations that findings speak of.
CREATE TABLE three_way.spoken_po AS
SELECT rowid AS po_id, company, po_number, release, line_number, supplier, item, facility, currency, source_file, source_record
FROM po_line WHERE rowid IN (SELECT po_id FROM three_way.raised);
CREATE TABLE three_way.spoken_line AS
SELECT rowid AS line_id, sequence, source_file, source_record, byte_offset, byte_length
FROM invoice_line WHERE rowid IN (SELECT line_id FROM three_way.raised);
CREATE TABLE three_way.last_receipt AS
SELECT p.po_id, r.source_file, r.source_record, r.quantity, r.uom, r.received_on
FROM three_way.spoken_po p
JOIN receipt_line r
  ON r.po_number = p.po_number AND r.line_number = p.line_number AND r.company = p.company AND coalesce(r.release, '') = coalesce(p.release, '')
WHERE p.po_id IN (SELECT po_id FROM three_way.raised WHERE code IN ('INV-QTY-RECEIVED', 'GRNI-AGED'))
QUALIFY row_number() OVER (PARTITION BY p.po_id ORDER BY r.received_on DESC, r.receipt_number DESC, r.receipt_line DESC, r.quantity DESC) = 1;

CREATE OR REPLACE TABLE finding AS
WITH said AS (
  SELECT r.*, r.line_id IS NOT NULL AS is_line, b.partner,
    CASE WHEN r.code IN ('INV-QTY-RECEIVED', 'GRNI-AGED') THEN r.po_id END AS receipt_of,
    coalesce(p.company, r.company, s.company, b.company) AS at_company,
    -- The vendor number of the biller where it has one, so that one trouble has one key whatever the PO says.
    CASE WHEN p.supplier IS NOT NULL AND (b.turn IS NULL OR m.supplier IS NOT NULL) THEN p.supplier ELSE coalesce(s.supplier, v.supplier, p.supplier) END AS at_supplier
  FROM three_way.raised r
  LEFT JOIN three_way.bill b ON b.turn = r.turn
  LEFT JOIN three_way.spoken_po p ON p.po_id = r.po_id
  LEFT JOIN three_way.sum_of_bill s ON s.turn = r.turn
  LEFT JOIN three_way.biller v ON v.turn = r.turn
  LEFT JOIN three_way.may_bill m ON m.partner = b.partner AND m.company = p.company AND m.supplier = p.supplier
)
SELECT r.code,
  CASE WHEN r.turn IS NULL THEN 'receipt' WHEN r.is_line THEN 'line' ELSE 'invoice' END AS level,
  b.invoice_id,
  l.sequence,
  r.at_company AS company,
  coalesce(p.po_number, r.po_number) AS po_number,
  nullif(coalesce(p.release, r.release), '') AS release,
  p.line_number,
  r.at_supplier AS supplier,
  b.invoice_number,
  l.sequence AS invoice_line,
  p.item,
  p.facility,
  NULL::VARCHAR AS receipt,
  r.contract,
  r.partner,
  r.amount AS amount_at_risk,
  coalesce(b.currency, nullif(p.currency, ''), (SELECT currency FROM three_way.night)) AS currency,
  r.message,
  r.compared::VARCHAR AS compared,
  r.tolerance,
  '[' || concat_ws(',',
    CASE WHEN r.is_line THEN json_object('file', l.source_file, 'record', l.source_record, 'byteOffset', l.byte_offset, 'byteLength', l.byte_length, 'field', r.billed_field, 'value', r.billed_value)
      WHEN b.turn IS NOT NULL THEN json_object('file', b.source_file, 'record', b.source_record, 'byteOffset', NULL, 'byteLength', NULL, 'field', r.billed_field, 'value', r.billed_value) END,
    CASE WHEN r.po_id IS NOT NULL THEN json_object('file', p.source_file, 'record', p.source_record, 'byteOffset', NULL, 'byteLength', NULL, 'field', coalesce(r.po_field, 'po_number'), 'value', coalesce(r.po_value, p.po_number)) END,
    CASE WHEN r.other IS NOT NULL THEN json_object('file', r.other.file, 'record', r.other.record, 'byteOffset', NULL, 'byteLength', NULL, 'field', r.other.field, 'value', r.other.value) END,
    CASE WHEN t.po_id IS NOT NULL THEN json_object('file', t.source_file, 'record', t.source_record, 'byteOffset', NULL, 'byteLength', NULL, 'field', 'quantity', 'value', three_way.plain(t.quantity) || ' ' || t.uom || ' on ' || t.received_on) END
  ) || ']' AS evidence
FROM said r
LEFT JOIN three_way.bill b ON b.turn = r.turn
LEFT JOIN three_way.spoken_line l ON l.line_id = r.line_id
LEFT JOIN three_way.spoken_po p ON p.po_id = r.po_id
LEFT JOIN three_way.last_receipt t ON t.po_id = r.receipt_of;
