-- GRNI-AGED: received and not billed, and the last receipt is older than the limit. About a PO line, not about an invoice.
-- What waits or is held counts as billed: its invoice has come. At risk: the open quantity at the PO price.

INSERT INTO three_way.raised BY NAME
WITH aged AS (
  SELECT * FROM three_way.received
  WHERE last_on < (SELECT as_of - received_not_invoiced_days FROM three_way.night) AND base > 0
),
billed AS (
  SELECT po_id, sum(base) AS base, bool_or(base IS NULL) AS is_unknown
  FROM three_way.billed
  WHERE po_id IN (SELECT po_id FROM aged)
  GROUP BY po_id
),
open_receipt AS (
  SELECT r.po_id, r.last_on, r.base AS received, coalesce(v.base, 0)::DECIMAL(38, 8) + coalesce(b.base, 0) AS billed
  FROM aged r
  LEFT JOIN billed b ON b.po_id = r.po_id
  LEFT JOIN three_way.vouchered v ON v.po_id = r.po_id
  -- Units that do not convert are INV-UOM on the invoice; nothing can be said of the rest.
  WHERE r.unknown_uom IS NULL AND v.unknown_uom IS NULL AND NOT coalesce(b.is_unknown, false)
    AND r.base > coalesce(v.base, 0)::DECIMAL(38, 8) + coalesce(b.base, 0)
)
SELECT 'GRNI-AGED' AS code, o.po_id,
  coalesce(three_way.worth(o.received - o.billed, p.unit_price, coalesce(p.per, 1), p.factor), 9999999999999999.99) AS amount,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') || ': ' || three_way.plain(o.received) || ' ' || p.base_uom || ' received, '
    || three_way.plain(o.billed) || ' billed, last receipt ' || ((SELECT as_of FROM three_way.night) - o.last_on) || ' days ago' AS message,
  json_object('received', three_way.plain(o.received), 'billed', three_way.plain(o.billed), 'unit', p.base_uom, 'last receipt', o.last_on::VARCHAR,
    'limit in days', (SELECT received_not_invoiced_days FROM three_way.night)::VARCHAR) AS compared,
  'unit_price' AS po_field, three_way.plain(p.unit_price) AS po_value
FROM open_receipt o
JOIN three_way.po p ON p.po_id = o.po_id;
