-- A line against its PO line: what is billed in all up to it, and what is received.
CREATE MACRO three_way.judged_of(source) AS TABLE
SELECT b.*,
  coalesce(v.base, 0)::DECIMAL(38, 8) + CASE WHEN u.line_id IS NULL THEN b.base ELSE u.base END AS billed_base,
  coalesce(v.amount, 0)::DECIMAL(38, 2) + CASE WHEN u.line_id IS NULL THEN b.sign * b.amount ELSE u.amount END AS billed_amount,
  three_way.received_base(r.quantity, b.po_factor, r.other_base) AS received_base,
  r.po_id IS NOT NULL AS has_receipt,
  r.unknown_uom AS unknown_receipt_uom,
  v.unknown_uom AS unknown_voucher_uom
FROM query_table(source) b
LEFT JOIN three_way.running u ON u.line_id = b.line_id
LEFT JOIN (FROM three_way.received WHERE po_id IN (SELECT po_id FROM query_table(source))) r ON r.po_id = b.po_id
LEFT JOIN three_way.vouchered v ON v.po_id = b.po_id
WHERE b.is_open;

-- The lines that a rule must look at, because something about them is not plainly in order; the others are done here.
CREATE TABLE three_way.doubt AS
SELECT *
FROM three_way.billed
WHERE is_open AND (
  base IS NULL OR base <= 0 OR amount IS NULL OR per IS NULL OR po_per IS NULL
  OR CASE WHEN unit_price = po_price AND factor = po_factor AND per = po_per THEN false
    ELSE unit_price::DECIMAL(20, 6) * po_per * po_factor <> po_price::DECIMAL(20, 6) * per * factor END
  OR is_closed OR lacks_label OR other_currency
  OR line_id IN (SELECT line_id FROM three_way.strained)
  OR po_id IN (SELECT po_id FROM three_way.contracted)
  OR line_id IN (SELECT line_id FROM three_way.substitute)
);

CREATE VIEW three_way.doubtful_po_row AS FROM three_way.po_row WHERE po_id IN (SELECT po_id FROM three_way.doubt);

-- They carry what the rules and their messages need of both sides. Scopes: see tolerance.sql.
CREATE TABLE three_way.doubtful AS
SELECT d.*, l.uom, l.quantity, l.price_basis,
  p.company, p.po_number, p.release, p.line_number, p.supplier, p.item, p.vendor_item, p.facility, p.status, p.uom AS po_uom, p.base_uom,
  p.price_basis AS po_basis, p.currency AS po_currency, p.source_file AS po_file, p.source_record AS po_record,
  three_way.po_name(p.po_number, p.release) || ' line ' || p.line_number || coalesce(', item ' || p.item, '') AS name,
  three_way.extended(p.quantity, p.unit_price, coalesce(p.per, 1)) AS ordered_amount,
  d.unit_price::DECIMAL(20, 6) * d.po_per * d.po_factor AS billed_cross,
  d.po_price::DECIMAL(20, 6) * d.per * d.factor AS po_cross,
  d.po_per::DECIMAL(19, 0) * d.po_factor AS cross_unit,
  three_way.scope_of(p.company, p.supplier, p.any_category, p.item) AS scope
FROM three_way.judged_of('three_way.doubt') d
JOIN (SELECT rowid AS line_id, uom, quantity, price_basis FROM invoice_line WHERE rowid IN (SELECT line_id FROM three_way.doubt)) l ON l.line_id = d.line_id
JOIN three_way.po_told_of('three_way.doubtful_po_row') p ON p.po_id = d.po_id;
