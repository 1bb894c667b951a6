-- PAY-BEFORE-RECEIPT: an invoice was paid for a line that needs a receipt, before there was one, or before all came that it had paid for by
-- then. At risk: what was vouchered for the line, or its share. What never came in full beside a receipt in time is for receipt-to-invoice.
CREATE TABLE paid_early AS
WITH vouchers AS (
  SELECT v.*, p.paid_on, p.payments, p.source_file AS paid_file, p.source_record AS paid_record,
    sum(v.quantity) OVER (PARTITION BY v.company, v.po_number, v.release, v.line_number ORDER BY p.paid_on,
      v.invoice_number ROWS UNBOUNDED PRECEDING) AS paid_so_far
  FROM vouchered v
  JOIN paid p ON p.company = v.company AND p.supplier = v.supplier AND p.invoice_number = v.invoice_number
), beside AS (
  SELECT v.*, o.item, o.facility, o.currency, g.received_on, g.source_file AS receipt_file, g.source_record AS receipt_record,
    g.received_on IS NULL OR g.received_on > v.paid_on AS is_before_all,
    (SELECT coalesce(sum(r.quantity), 0) FROM receipt_line r WHERE r.company = v.company AND r.po_number = v.po_number
      AND coalesce(r.release, '') = v.release
      AND r.line_number = v.line_number AND r.received_on <= v.paid_on) AS received_by_then,
    -- Quantities say something in one unit alone.
    CASE WHEN g.uom = v.uom THEN least(v.paid_so_far, g.quantity) END AS came_of_it
  FROM vouchers v
  JOIN order_line o ON o.company = v.company AND o.po_number = v.po_number AND o.release = v.release AND o.line_number = v.line_number
    AND o.matching = 'three-way'
  LEFT JOIN received g ON g.company = v.company AND g.po_number = v.po_number AND g.release = v.release AND g.line_number = v.line_number
)
SELECT *, CASE WHEN NOT is_before_all THEN least(came_of_it - received_by_then, quantity) END AS early
FROM beside
WHERE is_before_all OR came_of_it > received_by_then;

INSERT INTO finding BY NAME
SELECT 'PAY-BEFORE-RECEIPT' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'invoice', invoice_number, 'supplier', supplier,
    'item', item, 'facility', facility)::VARCHAR AS keys,
  CASE WHEN early IS NULL THEN amount ELSE price_ratio((amount::DECIMAL(18, 2) * early::DECIMAL(18, 4))::DECIMAL(27, 10),
    quantity::DECIMAL(16, 4)) END::DECIMAL(18, 2) AS amount, currency,
  'Invoice ' || invoice_number || ' of ' || supplier || ' for ' || po_name(po_number, release) || ' line ' || line_number || ': ' || money(amount)
    || ' paid on ' || paid_on || CASE WHEN early IS NULL THEN coalesce(', received on ' || received_on, ', not received yet')
      ELSE ' for ' || plain(quantity) || ' ' || uom || ', of which ' || plain(early) || ' came later' END AS message,
  json_object('paid on', paid_on::VARCHAR, 'payments', payments, 'received on', received_on::VARCHAR,
    'paid for by then', CASE WHEN early IS NOT NULL THEN plain(paid_so_far) || ' ' || uom END,
    'received by then', CASE WHEN early IS NOT NULL THEN plain(received_by_then) || ' ' || uom END)::VARCHAR AS compared,
  places([place(source_file, source_record, 'amount', money(amount)), place(paid_file, paid_record, 'paid_on', paid_on),
    CASE WHEN receipt_file IS NOT NULL THEN place(receipt_file, receipt_record, 'received_on', received_on) END]) AS evidence
FROM paid_early;
