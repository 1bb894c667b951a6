-- The invoices set aside, with the document each repeats. At risk: the whole invoice. For a credit that is what would be taken twice.

INSERT INTO three_way.raised BY NAME
WITH earlier AS (
  SELECT document, number, invoice_date, 'voucher ' || coalesce(voucher_number || ' ', '') || 'of company ' || company AS name, source_file, source_record
  FROM three_way.vouchered_invoice
  UNION ALL
  SELECT turn, number, invoice_date, 'the invoice of ' || invoice_date || ' taken in on ' || received_on, source_file, source_record
  FROM three_way.bill
)
SELECT a.code, a.turn, b.po_number, b.total AS amount,
  'Invoice ' || b.invoice_number || ' repeats ' || e.number || ', ' || e.name || ': ' || a.alike AS message,
  -- Not the earlier document itself: an invoice becomes a voucher, and a decision about its copy holds on.
  json_object('invoice number', b.invoice_number, 'earlier number', e.number, 'alike', a.alike,
    'invoice date', b.invoice_date::VARCHAR, 'earlier date', e.invoice_date::VARCHAR) AS compared,
  'BIG02' AS billed_field, b.invoice_number AS billed_value,
  {file: e.source_file, record: e.source_record, field: 'invoice_number', value: e.number} AS other
FROM three_way.set_aside a
JOIN three_way.bill b ON b.turn = a.turn
JOIN earlier e ON e.document = a.document;
