-- INV-DUPLICATE: the same number from the same supplier, vouchered before or already among the invoices.
-- Such an invoice is set aside: it is not matched and does not count as billed.

-- What the ERP has vouchered, one row an invoice.
CREATE TABLE three_way.vouchered_invoice AS
SELECT -row_number() OVER (ORDER BY company, supplier, number)::INTEGER AS document, *
FROM (
  SELECT company, supplier, upper(trim(invoice_number)) AS number, min(invoice_date) AS invoice_date,
    min(voucher_number) AS voucher_number, sum(amount) < 0 AS credit, min(source_file) AS source_file,
    min(source_record) AS source_record
  FROM three_way.voucher_line
  WHERE status <> 'cancelled'
  GROUP BY company, supplier, upper(trim(invoice_number))
);

-- All documents a partner's invoice could repeat. Vouchers are numbered below 0 and invoices by turn, so `document < turn` means
-- earlier. A supplier numbers its invoices over all its customers' companies, so the company does not count.
CREATE TABLE three_way.document AS
SELECT DISTINCT m.partner, v.document, v.number, three_way.bare_number(v.number) AS bare_number, v.invoice_date, v.credit
FROM three_way.vouchered_invoice v
JOIN three_way.may_bill m ON m.company = v.company AND m.supplier = v.supplier
UNION ALL
SELECT partner, turn, number, three_way.bare_number(number), invoice_date, credit
FROM three_way.bill;

-- One row an invoice set aside, with the first document it repeats.
CREATE TABLE three_way.set_aside AS
SELECT b.turn, 'INV-DUPLICATE' AS code, 'the same number' AS alike, min(e.document) AS document
FROM three_way.bill b
JOIN three_way.document e ON e.partner = b.partner AND e.number = b.number AND e.document < b.turn
WHERE b.is_open
GROUP BY b.turn;

UPDATE three_way.bill SET is_duplicate = true WHERE turn IN (SELECT turn FROM three_way.set_aside);
