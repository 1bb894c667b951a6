-- GRNI-AGED: received and not billed, and the last receipt is older than the limit. About a PO line, not about an invoice.
-- What waits or is held counts as billed: its invoice has come. At risk: the open quantity at the PO price.

INSERT INTO three_way.raised BY NAME
SELECT 'GRNI-AGED' AS code, p.po_id,
  coalesce(worth(received - billed, unit_price, coalesce(per, 1), factor), 9999999999999999.99) AS amount,
  name || ': ' || three_way.plain_base(received) || ' ' || base_uom || ' received, '
    || three_way.plain_base(billed) || ' billed, last receipt ' || ((SELECT as_of FROM three_way.night) - last_on) || ' days ago' AS message,
  json_object('received', three_way.plain_base(received), 'billed', three_way.plain_base(billed), 'unit', base_uom, 'last receipt', last_on::VARCHAR,
    'limit in days', (SELECT received_not_invoiced_days FROM three_way.night)::VARCHAR) AS compared,
  'unit_price' AS po_field, plain(unit_price) AS po_value
FROM three_way.aged a
JOIN three_way.asked_po p ON p.po_id = a.po_id;
