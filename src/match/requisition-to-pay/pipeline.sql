-- Each requisition line with the first day of every stage it has come to.

-- Goods that went back count as never received.
CREATE TABLE received AS
SELECT company, po_number, coalesce(release, '') AS release, line_number,
  min(received_on) FILTER (quantity > 0) AS received_on, sum(quantity) AS quantity,
  CASE WHEN min(uom) = max(uom) THEN min(uom) END AS uom,
  arg_min(source_file, received_on) AS source_file, arg_min(source_record, received_on) AS source_record
FROM receipt_line
GROUP BY company, po_number, coalesce(release, ''), line_number
HAVING sum(quantity) > 0;

CREATE TABLE paid AS
SELECT company, supplier, upper(trim(invoice_number)) AS invoice_number, min(paid_on) AS paid_on, sum(amount)::DECIMAL(38, 2) AS amount,
  string_agg(DISTINCT payment, ', ' ORDER BY payment) AS payments, arg_min(source_file, paid_on) AS source_file,
  arg_min(source_record, paid_on) AS source_record
FROM payment
GROUP BY company, supplier, upper(trim(invoice_number))
HAVING sum(amount) <> 0;

-- What was vouchered for an order line, invoice by invoice.
CREATE TABLE vouchered AS
SELECT v.company, v.supplier, v.po_number, coalesce(v.release, '') AS release, v.line_number, upper(trim(v.invoice_number)) AS invoice_number,
  min(v.invoice_date) AS invoice_date, CASE WHEN count(v.quantity) = count(*)
    AND min(v.uom) = max(v.uom) THEN sum(v.quantity) END AS quantity, min(v.uom) AS uom,
  sum(v.amount)::DECIMAL(38, 2) AS amount, min(v.source_file) AS source_file, min(v.source_record) AS source_record
FROM voucher_line v
WHERE v.status <> 'cancelled' AND coalesce(v.po_number, '') <> ''
GROUP BY v.company, v.supplier, v.po_number, coalesce(v.release, ''), v.line_number, upper(trim(v.invoice_number))
HAVING sum(v.amount) > 0;

CREATE TABLE billed AS
SELECT v.company, v.po_number, v.release, v.line_number, min(v.invoice_date) AS invoiced_on,
  -- Paid when every invoice of the line is.
  CASE WHEN count(*) = count(p.paid_on) THEN max(p.paid_on) END AS paid_on
FROM vouchered v
LEFT JOIN paid p ON p.company = v.company AND p.supplier = v.supplier AND p.invoice_number = v.invoice_number
GROUP BY v.company, v.po_number, v.release, v.line_number;

CREATE TABLE pipeline AS
WITH staged AS (
  SELECT r.company, r.requisition, r.line_number AS requisition_line, coalesce(r.item, o.item) AS item,
    r.description, coalesce(r.facility, o.facility) AS facility,
    o.supplier, o.po_number, o.release, o.line_number AS po_line, r.requested_on, r.approved_on, o.po_date AS ordered_on,
    g.received_on, b.invoiced_on, b.paid_on,
    r.status, coalesce(o.amount, extended(r.quantity, r.unit_cost, 1)) AS amount, coalesce(o.currency, (SELECT currency FROM night)) AS currency,
    r.source_file, r.source_record, o.source_file AS po_file, o.source_record AS po_record,
    CASE
      WHEN r.status = 'cancelled' OR o.status = 'cancelled' THEN 'cancelled'
      WHEN b.paid_on IS NOT NULL THEN 'paid'
      WHEN b.invoiced_on IS NOT NULL THEN 'invoiced'
      WHEN g.received_on IS NOT NULL THEN 'received'
      -- Nobody waits for an order that was closed with nothing received or billed.
      WHEN o.status = 'closed' THEN 'closed with its order'
      WHEN o.po_number IS NOT NULL THEN 'ordered'
      WHEN o.po_number IS NULL AND r.status = 'closed' THEN 'closed without an order'
      -- It was ordered, and what became of the order nobody can tell.
      WHEN coalesce(r.po_number, '') <> '' THEN 'order not extracted'
      WHEN r.approved_on IS NOT NULL THEN 'approved'
      ELSE 'requested'
    END AS stage
  FROM requisition_line r
  LEFT JOIN order_line o ON o.company = r.company AND o.po_number = r.po_number AND o.release = coalesce(r.release, '') AND o.line_number = r.po_line
  LEFT JOIN received g ON g.company = o.company AND g.po_number = o.po_number AND g.release = o.release AND g.line_number = o.line_number
  LEFT JOIN billed b ON b.company = o.company AND b.po_number = o.po_number AND b.release = o.release AND b.line_number = o.line_number
)
SELECT s.*, l.since, l.allowed, (n.as_of - l.since)::INTEGER AS days_in_stage
FROM staged s
CROSS JOIN night n
LEFT JOIN LATERAL (
  SELECT CASE s.stage WHEN 'requested' THEN s.requested_on WHEN 'approved' THEN s.approved_on WHEN 'ordered' THEN s.ordered_on
      WHEN 'received' THEN s.received_on WHEN 'invoiced' THEN s.invoiced_on END AS since,
    CASE s.stage WHEN 'requested' THEN n.approval_days WHEN 'approved' THEN n.ordering_days WHEN 'ordered' THEN n.receipt_days
      WHEN 'received' THEN n.invoice_days WHEN 'invoiced' THEN n.payment_days END AS allowed
) l ON true;
