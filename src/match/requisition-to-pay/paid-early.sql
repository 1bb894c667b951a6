-- PAY-BEFORE-RECEIPT: an invoice was paid for a line that needs a receipt, before there was one. At risk: what was vouchered for the line.
CREATE TABLE paid_early AS
SELECT v.company, v.supplier, v.invoice_number, v.po_number, v.release, v.line_number, v.amount, o.item, o.facility, o.currency,
  p.paid_on, p.payments, g.received_on, v.source_file, v.source_record, p.source_file AS paid_file, p.source_record AS paid_record,
  g.source_file AS receipt_file, g.source_record AS receipt_record
FROM vouchered v
JOIN order_line o ON o.company = v.company AND o.po_number = v.po_number AND o.release = v.release AND o.line_number = v.line_number
  AND o.matching = 'three-way'
JOIN paid p ON p.company = v.company AND p.supplier = v.supplier AND p.invoice_number = v.invoice_number
LEFT JOIN received g ON g.company = v.company AND g.po_number = v.po_number AND g.release = v.release AND g.line_number = v.line_number
WHERE g.received_on IS NULL OR g.received_on > p.paid_on;

INSERT INTO finding BY NAME
SELECT 'PAY-BEFORE-RECEIPT' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'invoice', invoice_number, 'supplier', supplier,
    'item', item, 'facility', facility)::VARCHAR AS keys,
  amount::DECIMAL(18, 2) AS amount, currency,
  'Invoice ' || invoice_number || ' of ' || supplier || ' for ' || po_name(po_number, release) || ' line ' || line_number || ': ' || money(amount)
    || ' paid on ' || paid_on || coalesce(', received on ' || received_on, ', not received yet') AS message,
  json_object('paid on', paid_on::VARCHAR, 'payments', payments, 'received on', received_on::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount)), place(paid_file, paid_record, 'paid_on', paid_on),
    CASE WHEN receipt_file IS NOT NULL THEN place(receipt_file, receipt_record, 'received_on', received_on) END]) AS evidence
FROM paid_early;
