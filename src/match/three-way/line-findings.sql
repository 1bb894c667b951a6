-- What is wrong with a line and its PO line belonging together.

-- INV-PO-STATUS: the PO line takes no more invoices. At risk: the line.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-PO-STATUS' AS code, turn, line_id, po_id, three_way.amount(abs(amount)) AS amount,
  name || ' is ' || status || ' and billed for ' || money(three_way.amount(amount)) AS message,
  json_object('PO status', status) AS compared, 'BIG04' AS billed_field, po_number AS billed_value, 'status' AS po_field, status AS po_value
FROM three_way.doubtful
WHERE is_closed;

-- INV-SUBSTITUTE: a substitute is never accepted by itself. At risk: the line.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-SUBSTITUTE' AS code, d.turn, d.line_id, d.po_id, three_way.amount(abs(d.amount)) AS amount,
  d.name || ': ' || s.billed_item || ' is billed, the substitute that the acknowledgment announced for this line' AS message,
  json_object('billed item', s.billed_item, 'ordered item', coalesce(d.item, d.vendor_item), 'acknowledgment', s.document_id) AS compared,
  'IT107' AS billed_field, s.billed_item AS billed_value, 'item' AS po_field, coalesce(d.item, d.vendor_item) AS po_value,
  {file: s.source_file, record: s.source_record, field: 'ACK substitute', value: s.billed_item} AS other
FROM three_way.doubtful d
JOIN three_way.substitute s ON s.line_id = d.line_id AND s.po_id = d.po_id;

-- INV-BILL-ONLY: an implant or consigned item is paid on its label, and the line shows neither lot nor serial number. At risk: the line.
INSERT INTO three_way.raised BY NAME
SELECT 'INV-BILL-ONLY' AS code, turn, line_id, po_id, three_way.amount(amount) AS amount,
  name || ': bill-only item billed without lot or serial number' AS message,
  json_object('lot', NULL, 'serial', NULL) AS compared, 'IT106' AS billed_field, NULL AS billed_value, 'bill_only' AS po_field, 'true' AS po_value
FROM three_way.doubtful
WHERE lacks_label AND quantity > 0 AND sign > 0;
