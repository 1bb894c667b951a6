-- The open PO lines that were answered, beside what was answered, with the tolerances that hold for them. Lines of an order that is rejected
-- or held as a whole are not looked at one by one.

CREATE TABLE judged AS
SELECT o.*, a.* EXCLUDE (po_id, promised_on, ordered_base),
  a.promised_on AS acked_on, coalesce(o.requested_on, s.requested_on) AS wanted_on,
  a.accepted_base > 0 OR a.backordered_base > 0 OR coalesce(a.takes_rest = 'backordered', false) OR NOT (a.is_held OR a.is_rejected) AS is_alive,
  a.uoms <> o.uom AS is_other_unit
FROM answered a
JOIN unsettled o ON o.po_id = a.po_id
LEFT JOIN (SELECT l.po_id, max(s.requested_on) AS requested_on FROM sent_line l
  JOIN sent s ON s.document_id = l.document_id AND s.sequence = l.sequence GROUP BY l.po_id) s
  ON s.po_id = o.po_id
WHERE (o.company, o.po_number, o.release) NOT IN (SELECT (company, po_number, release) FROM whole_order);

CREATE VIEW asked AS
SELECT r.rule, j.company, j.supplier, j.category, j.item
FROM (SELECT DISTINCT company, supplier, category, item FROM judged) j
CROSS JOIN (SELECT unnest(['price', 'quantity-acknowledged', 'promised-date']) AS rule) r;
CREATE TABLE allowed AS FROM allowed_of('asked');
CREATE MACRO judged_by(its_rule) AS TABLE
SELECT j.*, a.over_mode, a.over_percent, a.over_absolute, a.over_combine, a.over_text, a.under_mode, a.under_percent,
  a.under_absolute, a.under_combine, a.under_text
FROM judged j
JOIN allowed a
  ON a.rule = its_rule AND a.company = j.company AND a.supplier = j.supplier
    AND a.category = coalesce(j.category, '') AND a.item = coalesce(j.item, '');

-- What the line costs by the share of it that `part` (base units) is.
CREATE MACRO share_of(value, part, base) AS
  coalesce(TRY((((value * 100::DECIMAL(3, 0))::HUGEINT * (part::DECIMAL(37,
    8) * 100000000)::HUGEINT * 2 + (base::DECIMAL(37, 8) * 100000000)::HUGEINT)
    // (2 * (base::DECIMAL(37, 8) * 100000000)::HUGEINT) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2)), value)::DECIMAL(18, 2);
