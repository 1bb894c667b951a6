-- INV-TERMS: the terms on the invoice (ITD) are not the ones agreed with the supplier, in what both sides name. A warning: it holds nothing.
-- At risk: the discount lost, on the total.

INSERT INTO three_way.raised BY NAME
WITH named AS (
  SELECT b.turn, b.partner, s.company, s.supplier, b.invoice_id, b.po_number, b.total
  FROM three_way.sum_of_bill s
  JOIN three_way.bill b ON b.turn = s.turn AND b.has_terms AND NOT b.credit
),
agreed AS (
  SELECT n.partner, n.company, n.supplier, min(m.discount_percent) AS discount_percent, min(m.discount_days) AS discount_days, min(m.net_days) AS net_days
  FROM (SELECT DISTINCT partner, company, supplier FROM named) n
  JOIN three_way.may_bill m ON m.partner = n.partner AND (n.company IS NULL OR m.company = n.company) AND (n.supplier IS NULL OR m.supplier = n.supplier)
  GROUP BY n.partner, n.company, n.supplier
)
SELECT 'INV-TERMS' AS code, b.turn, b.po_number,
  three_way.amount(TRY(round(b.total * greatest(a.discount_percent - i.discount_percent, 0) * 0.01::DECIMAL(19, 2), 2))) AS amount,
  'Terms on the invoice: ' || three_way.terms_name(i.discount_percent, i.discount_days, i.net_days)
    || '; agreed: ' || three_way.terms_name(a.discount_percent, a.discount_days, a.net_days) AS message,
  json_object('discount percent', plain(i.discount_percent), 'agreed discount percent', plain(a.discount_percent),
    'discount days', i.discount_days::VARCHAR, 'agreed discount days', a.discount_days::VARCHAR,
    'net days', i.net_days::VARCHAR, 'agreed net days', a.net_days::VARCHAR) AS compared,
  'ITD' AS billed_field, three_way.terms_name(i.discount_percent, i.discount_days, i.net_days) AS billed_value
FROM named b
JOIN agreed a ON a.partner = b.partner AND a.company IS NOT DISTINCT FROM b.company AND a.supplier IS NOT DISTINCT FROM b.supplier
JOIN three_way.invoice i ON i.invoice_id = b.invoice_id
WHERE i.discount_percent <> a.discount_percent OR i.discount_days <> a.discount_days OR i.net_days <> a.net_days;
