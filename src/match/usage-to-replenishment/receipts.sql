-- Bill-only goods come in by being used: what the receipts of their order do not cover yet is to be received. Used goods go to the one open
-- bill-only PO line of their item, first used first; where there are several, or none, people receive them.
CREATE TABLE bill_only_order AS
WITH ordered AS (
  SELECT p.*, coalesce(p.release, '') AS known_release, (p.quantity * p.factor)::DECIMAL(38, 8) AS base
  FROM measured_of('po_row') p
  WHERE p.status = 'open' AND coalesce(p.bill_only, false) AND coalesce(p.item, '') <> ''
), come AS (
  SELECT o.po_id, sum(r.quantity * factor_of(r.uom, o.uom, o.factor, o.own_base, k.factor, NULL))::DECIMAL(38, 8) AS base,
    count(*) FILTER (factor_of(r.uom, o.uom, o.factor, o.own_base, k.factor, NULL) IS NULL) AS unknown
  FROM ordered o
  JOIN receipt_line r ON r.company = o.company AND r.po_number = o.po_number
    AND coalesce(r.release, '') = o.known_release AND r.line_number = o.line_number
  LEFT JOIN pack k ON k.item = o.item AND k.uom = r.uom
  GROUP BY o.po_id
)
SELECT o.company, o.item, count(*) AS lines, any_value(o.po_number) AS po_number, any_value(o.known_release) AS release,
  any_value(o.line_number) AS line_number, any_value(o.supplier) AS supplier, any_value(o.base) AS base,
  any_value(coalesce(c.base, 0)) AS received, bool_or(coalesce(c.unknown, 0) > 0) AS is_unknown
FROM ordered o
LEFT JOIN come c ON c.po_id = o.po_id
GROUP BY o.company, o.item;

CREATE TABLE receipt AS
WITH used_of AS (
  SELECT u.*, o.po_number, o.release, o.line_number, o.supplier, o.received, o.base AS ordered,
    sum(u.base) OVER (PARTITION BY u.company, u.item ORDER BY u.usage_row) AS used_so_far
  FROM usage_state u
  JOIN bill_only_order o ON o.company = u.company AND o.item = u.item AND o.lines = 1 AND NOT o.is_unknown
  WHERE u.is_bill_only AND u.unclear IS NULL AND u.quantity > 0
)
SELECT company, usage, po_number, nullif(release, '') AS release, line_number, item, supplier, base::DECIMAL(18, 4) AS quantity, base_uom AS uom,
  CASE state WHEN 'period closed' THEN documented_on ELSE used_on END AS received_on, facility,
  nullif(lot, '') AS lot, nullif(serial, '') AS serial, case_hash AS case_reference,
  CASE WHEN coalesce(lot, serial, '') <> '' THEN usage END AS lot_serial_key,
  CASE state WHEN 'lot missing' THEN 'USE-LOT-MISSING' WHEN 'period closed' THEN 'USE-LATE' END AS needs_code,
  usage_keys(case_hash, line, item) AS needs_keys, CASE WHEN state = 'lot missing' THEN 'waive' ELSE 'accept' END AS needs_decisions
FROM used_of
WHERE used_so_far > received AND used_so_far <= ordered AND state IN ('bill-only', 'lot missing', 'period closed');
