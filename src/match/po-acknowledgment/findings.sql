-- What was raised of PO lines becomes findings.

CREATE MACRO line_keys(company, po_number, release, line_number, supplier, item, other) AS
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'supplier', supplier,
    'item', item, 'other', other)::VARCHAR;

-- PO-DIFFERS may be of a line that was answered plainly.
CREATE VIEW raised_row AS FROM po_row WHERE po_id IN (SELECT po_id FROM raised ANTI JOIN unsettled u ON u.po_id = raised.po_id);
CREATE TABLE line_finding AS
SELECT r.*, line_keys(o.company, o.po_number, o.release, o.line_number, o.supplier, o.item, r.other) AS keys,
  o.company, o.po_number, o.release, o.line_number, o.partner, o.supplier, o.item, o.uom, o.factor, o.quantity, o.unit_price, o.currency, o.po_date,
  o.requested_on, o.promised_on, o.source_file AS po_file, o.source_record AS po_record
FROM raised r
JOIN (FROM ordered_of('raised_row') UNION ALL SELECT * EXCLUDE (base_uom) FROM unsettled) o ON o.po_id = r.po_id;

INSERT INTO finding BY NAME
SELECT code, keys, amount, currency,
  po_name(po_number, release) || ' line ' || line_number || ' of company ' || company || ': ' || message AS message, compared, tolerance,
  places([CASE WHEN place IS NOT NULL THEN place_in_bytes(place.source_file, place.byte_offset, place.byte_length, field, value) END,
    CASE WHEN po_field IS NOT NULL THEN place(po_file, po_record, po_field, po_value) END]) AS evidence
FROM line_finding;
