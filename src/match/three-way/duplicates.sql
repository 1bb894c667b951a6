-- INV-DUPLICATE: the same number from the same supplier, vouchered before or already among the invoices.
-- Such an invoice is set aside: it is not matched and does not count as billed.

-- What the ERP has vouchered, one row an invoice; suppliers number over all their customers' companies.
CREATE TABLE three_way.vouchered_invoice AS
SELECT company, supplier, upper(trim(invoice_number)) AS number, three_way.bare_number(min(invoice_number)) AS bare_number,
  min(invoice_date) AS invoice_date, min(voucher_number) AS voucher_number, sum(amount) AS amount,
  min(source_file) AS source_file, min(source_record) AS source_record
FROM voucher_line
WHERE status <> 'cancelled'
GROUP BY company, supplier, upper(trim(invoice_number));

CREATE TABLE three_way.earlier AS
SELECT m.partner, v.number, v.bare_number, v.invoice_date, v.amount < 0 AS credit, NULL::INTEGER AS turn,
  'voucher ' || coalesce(v.voucher_number, '(no number)') || ' of company ' || v.company AS name, v.source_file, v.source_record
FROM three_way.vouchered_invoice v
JOIN three_way.may_bill m ON m.company = v.company AND m.supplier = v.supplier
UNION ALL
SELECT partner, number, bare_number, invoice_date, credit, turn,
  'an invoice dated ' || invoice_date || ', taken in on ' || received_on AS name, source_file, source_record
FROM three_way.bill;

-- One row an invoice set aside, with the first document it repeats: a voucher goes before an invoice.
CREATE TABLE three_way.set_aside AS
SELECT b.turn, 'INV-DUPLICATE' AS code, e.number AS earlier_number, e.name AS earlier_name, '' AS alike, e.source_file,
  e.source_record
FROM three_way.bill b
JOIN three_way.earlier e ON e.partner = b.partner AND e.number = b.number AND (e.turn IS NULL OR e.turn < b.turn)
WHERE b.is_open
QUALIFY row_number() OVER (PARTITION BY b.turn ORDER BY e.turn NULLS FIRST, e.name, e.source_file, e.source_record) = 1;
