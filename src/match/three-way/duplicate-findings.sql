-- The invoices set aside, with the document each repeats. At risk: the whole invoice. For a credit that is what would be taken twice.

INSERT INTO three_way.raised BY NAME
SELECT a.code, a.turn, b.po_number, b.total AS amount,
  'invoice ' || b.invoice_number || ' repeats ' || d.number || ', ' || d.name || ': ' || a.alike AS message,
  json_object('invoice number', b.invoice_number, 'earlier number', d.number, 'earlier document', d.name, 'alike', a.alike,
    'invoice date', b.invoice_date::VARCHAR, 'earlier date', d.invoice_date::VARCHAR) AS compared,
  'BIG02' AS billed_field, b.invoice_number AS billed_value,
  {file: d.source_file, record: d.source_record, field: 'invoice_number', value: d.number} AS other
FROM three_way.set_aside a
JOIN three_way.bill b ON b.turn = a.turn
JOIN three_way.document d ON d.document = a.document AND d.partner = b.partner;
