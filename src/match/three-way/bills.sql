-- The invoices in the order in which they count, and who may bill as whom.

-- What a partner may bill as, company by company; an entry for the company goes before one for all.
CREATE TABLE three_way.may_bill AS
WITH companies AS (
  SELECT company FROM three_way.po_line UNION SELECT company FROM three_way.voucher_line UNION SELECT company FROM three_way.invoice WHERE company <> ''
)
SELECT v.partner, c.company, v.supplier, v.freight_limit, v.tax_exempt, v.discount_percent, v.discount_days, v.net_days
FROM three_way.partner_vendor v
JOIN companies c ON coalesce(v.company, '') IN ('', c.company)
QUALIFY row_number() OVER (
  PARTITION BY v.partner, c.company, v.supplier
  ORDER BY coalesce(v.company, '') DESC, v.freight_limit NULLS LAST, v.tax_exempt, v.discount_percent, v.net_days
) = 1;

-- The vendor number that stands for a partner where no PO says which: the only one it has, in its company if that is told.
CREATE TABLE three_way.sole_vendor AS
SELECT partner, company, min(supplier) AS supplier FROM three_way.may_bill GROUP BY partner, company HAVING count(DISTINCT supplier) = 1
UNION ALL
SELECT partner, '', min(supplier) FROM three_way.may_bill GROUP BY partner HAVING count(DISTINCT supplier) = 1;

-- `turn` is the order in which invoices count: what was loaded to the ERP is history, then by date, by arrival, by id.
-- An invoice is held against what came before it, so none is blamed for a later one. Of one day, a credit comes before the bills where its PO
-- was billed on an earlier one, as for a credit and a new bill, and else behind them: it takes back what was billed that day.
CREATE TABLE three_way.bill AS
WITH credited AS (SELECT DISTINCT trim(po_number) AS po_number FROM three_way.invoice WHERE credit),
billed AS (
  SELECT trim(po_number) AS po_number, CASE WHEN state = 'open' THEN invoice_date ELSE DATE '0001-01-01' END AS since
  FROM three_way.invoice WHERE NOT credit AND trim(po_number) IN (FROM credited)
  UNION ALL
  SELECT trim(po_number), DATE '0001-01-01' FROM three_way.voucher_line
  WHERE amount > 0 AND status <> 'cancelled' AND trim(po_number) IN (FROM credited)
),
first_billed AS (SELECT po_number, min(since) AS since FROM billed GROUP BY po_number),
placed AS (
  SELECT i.row_id, (row_number() OVER (ORDER BY i.state = 'open', i.invoice_date,
    CASE WHEN NOT i.credit THEN 1 WHEN b.since < i.invoice_date THEN 0 ELSE 2 END, i.received_on, i.invoice_id))::INTEGER AS turn
  FROM three_way.invoice i
  LEFT JOIN first_billed b ON b.po_number = CASE WHEN i.credit THEN trim(i.po_number) END
)
SELECT
  p.turn,
  i.invoice_id,
  i.partner,
  nullif(trim(i.company), '') AS company,
  v.supplier,
  trim(i.invoice_number) AS invoice_number,
  upper(trim(i.invoice_number)) AS number,
  i.invoice_date,
  i.received_on,
  i.credit,
  nullif(trim(i.po_number), '') AS po_number,
  coalesce(trim(i.release), '') AS release,
  i.ship_to,
  i.remit_to,
  coalesce(nullif(i.currency, ''), n.currency) AS currency,
  i.total,
  i.discount_percent IS NOT NULL OR i.discount_days IS NOT NULL OR i.net_days IS NOT NULL AS has_terms,
  i.state = 'open' AS is_open,
  false AS is_duplicate,
  coalesce(i.no_duplicate, false) AS no_duplicate,
  n.as_of <= i.invoice_date + n.receipt_grace_days AS in_grace,
  i.source_file,
  i.source_record
FROM three_way.invoice i
JOIN placed p ON p.row_id = i.row_id
CROSS JOIN three_way.night n
LEFT JOIN three_way.sole_vendor v ON v.partner = i.partner AND v.company = coalesce(trim(i.company), '');
