-- A line against its PO line: what is billed in all up to it, and what is received.
CREATE MACRO three_way.judged_of(source) AS TABLE
SELECT b.*,
  coalesce(v.base, 0)::DECIMAL(38, 8) + CASE WHEN u.line_id IS NULL THEN b.base ELSE u.base END AS billed_base,
  coalesce(v.amount, 0)::DECIMAL(38, 2) + CASE WHEN u.line_id IS NULL THEN b.sign * b.amount ELSE u.amount END AS billed_amount,
  coalesce(r.base, 0)::DECIMAL(38, 8) AS received_base,
  r.po_id IS NOT NULL AS has_receipt,
  r.unknown_uom AS unknown_receipt_uom,
  v.unknown_uom AS unknown_voucher_uom
FROM query_table(source) b
LEFT JOIN three_way.running u ON u.line_id = b.line_id
LEFT JOIN (FROM three_way.received WHERE po_id IN (SELECT po_id FROM query_table(source))) r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = b.po_id
WHERE b.is_open;

-- What a supplier says a line comes to, where that is not its quantity times its price (extended.sql).
CREATE TABLE three_way.misstated AS
SELECT b.line_id, l.stated_amount AS stated
FROM (FROM three_way.invoice_line WHERE stated_amount IS NOT NULL) l
JOIN three_way.billed b ON b.line_id = l.line_id
WHERE l.stated_amount <> abs(b.amount);

-- The lines that a rule must look at, because something about them is not plainly in order; the others are done here.
CREATE TABLE three_way.doubt AS
SELECT *
FROM three_way.billed
WHERE is_open AND (
  NOT is_sound
  OR line_id IN (SELECT line_id FROM three_way.strained)
  OR po_id IN (SELECT po_id FROM three_way.contracted)
  OR line_id IN (SELECT line_id FROM three_way.substitute)
  OR line_id IN (SELECT line_id FROM three_way.misstated)
);

-- PO lines received and not billed in all, and for how long; received-not-invoiced.sql asks about them.
-- Units that do not convert are INV-UOM on the invoice; nothing can be said of the rest.
CREATE TABLE three_way.aged AS
SELECT po_id, last_on, received, vouchered + billed AS billed
FROM three_way.balance
WHERE last_on < (SELECT as_of - received_not_invoiced_days FROM three_way.night) AND received > vouchered + billed
  AND unknown_receipt_uom IS NULL AND unknown_voucher_uom IS NULL AND NOT has_unknown_bill;

-- What the ERP says of all these, looked up once. Scopes: see tolerance.sql.
CREATE VIEW three_way.asked_po_row AS
FROM three_way.po_line WHERE po_id IN (SELECT po_id FROM three_way.doubt UNION ALL SELECT po_id FROM three_way.aged);
CREATE TABLE three_way.asked_po AS
SELECT po_id, company, po_number, release, line_number, supplier, item, vendor_item, any_category, facility, status, quantity, uom, factor, own_base, base_uom,
  unit_price, price_basis, per, currency, is_closed, is_bill_only, source_file, source_record,
  po_name(po_number, release) || ' line ' || line_number || coalesce(', item ' || item, '') AS name,
  three_way.scope_of(company, supplier, any_category, item) AS scope
FROM three_way.po_told_of('three_way.asked_po_row');

-- The same of the invoices. A statement of twenty joins takes more memory than all of its rows, so these are three.
CREATE VIEW three_way.asked_line_row AS FROM three_way.invoice_line WHERE line_id IN (SELECT line_id FROM three_way.doubt);
CREATE TABLE three_way.asked_line AS
SELECT line_id, quantity, uom, unit_price, price_basis, per, is_unlabelled FROM three_way.told_of('three_way.asked_line_row');
CREATE TABLE three_way.asked_bill AS
SELECT d.*, b.in_grace, b.currency FROM three_way.judged_of('three_way.doubt') d JOIN three_way.bill b ON b.turn = d.turn;

-- They carry what the rules and their messages need of both sides.
CREATE TABLE three_way.doubtful AS
-- Materialized for all threads, as in findings.sql.
WITH shared_po AS MATERIALIZED (FROM three_way.asked_po),
beside AS (
  SELECT d.* EXCLUDE (currency), l.uom, l.quantity, l.unit_price, l.price_basis, l.per,
    three_way.factor_of(l.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS factor,
    p.is_bill_only AND l.is_unlabelled AS lacks_label,
    -- Bill-only goods never pass the dock: where nobody received any, the lot or serial of their use speaks for them (INV-BILL-ONLY).
    p.is_bill_only AND NOT d.has_receipt AS comes_by_use,
    three_way.differ(p.currency, d.currency) AS other_currency,
    p.name, p.po_number, p.item, p.vendor_item, p.status, p.is_closed, p.uom AS po_uom, p.factor AS po_factor, p.base_uom,
    p.unit_price AS po_price, p.price_basis AS po_basis, p.per AS po_per, p.currency AS po_currency,
    extended(p.quantity, p.unit_price, coalesce(p.per, 1)) AS ordered_amount, p.scope
  FROM three_way.asked_bill d
  JOIN three_way.asked_line l ON l.line_id = d.line_id
  JOIN shared_po p ON p.po_id = d.po_id
  LEFT JOIN three_way.pack k ON k.item = CASE WHEN l.uom <> p.uom THEN p.item END AND k.uom = l.uom
  LEFT JOIN three_way.generic g ON g.from_uom = l.uom AND g.to_uom = p.own_base
)
SELECT *,
  unit_price::DECIMAL(20, 6) * po_per * po_factor AS billed_cross,
  po_price::DECIMAL(20, 6) * per * factor AS po_cross,
  po_per::DECIMAL(19, 0) * po_factor AS cross_unit
FROM beside;
DROP TABLE three_way.asked_line;
DROP TABLE three_way.asked_bill;
