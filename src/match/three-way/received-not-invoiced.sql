-- GRNI-AGED: received and not billed, and the last receipt is older than the limit. About a PO line, not about an invoice.
-- What waits or is held counts as billed: its invoice has come. At risk: the open quantity at the PO price.

CREATE VIEW three_way.aged_receipt AS
FROM three_way.received
WHERE last_on < (SELECT as_of - received_not_invoiced_days FROM three_way.night) AND unknown_uom IS NULL;
-- Few of them are open, so the rest of the PO line is looked up for those alone.
CREATE TABLE three_way.aged_quantity AS
WITH billed AS (
  SELECT po_id, sum(base) AS base, bool_or(base IS NULL) AS is_unknown
  FROM three_way.billed
  GROUP BY po_id
),
known AS (
  SELECT r.po_id, r.last_on, three_way.received_base(r.quantity, p.factor, r.other_base) AS received,
    coalesce(v.base, 0)::DECIMAL(38, 8) + coalesce(b.base, 0) AS billed,
    -- Units that do not convert are INV-UOM on the invoice; nothing can be said of the rest.
    v.unknown_uom IS NOT NULL OR coalesce(b.is_unknown, false) AS is_unknown
  FROM three_way.aged_receipt r
  JOIN three_way.po p ON p.po_id = r.po_id
  LEFT JOIN billed b ON b.po_id = r.po_id
  LEFT JOIN three_way.vouchered v ON v.po_id = r.po_id
)
SELECT po_id, last_on, received, billed FROM known WHERE received > billed AND NOT is_unknown;

CREATE VIEW three_way.aged_po_row AS
FROM three_way.po_row WHERE po_id IN (SELECT po_id FROM three_way.aged_quantity);
CREATE TABLE three_way.aged AS
SELECT p.*, q.last_on, q.received, q.billed
FROM three_way.po_told_of('three_way.aged_po_row') p
JOIN three_way.aged_quantity q ON q.po_id = p.po_id;

INSERT INTO three_way.raised BY NAME
SELECT 'GRNI-AGED' AS code, po_id,
  coalesce(three_way.worth(received - billed, unit_price, coalesce(per, 1), factor), 9999999999999999.99) AS amount,
  three_way.po_name(po_number, release) || ' line ' || line_number || coalesce(', item ' || item, '') || ': ' || three_way.plain_base(received) || ' ' || base_uom || ' received, '
    || three_way.plain_base(billed) || ' billed, last receipt ' || ((SELECT as_of FROM three_way.night) - last_on) || ' days ago' AS message,
  json_object('received', three_way.plain_base(received), 'billed', three_way.plain_base(billed), 'unit', base_uom, 'last receipt', last_on::VARCHAR,
    'limit in days', (SELECT received_not_invoiced_days FROM three_way.night)::VARCHAR) AS compared,
  'unit_price' AS po_field, three_way.plain(unit_price) AS po_value
FROM three_way.aged;
