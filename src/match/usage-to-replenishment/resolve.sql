-- Each usage line in the ERP's words: item, base units, company, cost centre, the stock it comes from. No line is dropped or multiplied.

INSERT INTO finding BY NAME
SELECT 'USE-DUPLICATE' AS code, json_object('case', d.case_hash, 'line', d.line, 'identifier', d.identifier, 'record', d.usage)::VARCHAR AS keys,
  0 AS amount,
  'Usage ' || d.usage || ' of ' || d.identifier || ' on ' || d.used_on || ' came before: ' || CASE
    WHEN f.usage = d.usage THEN 'under the same number'
    WHEN f.case_hash = d.case_hash AND f.line = d.line THEN 'as usage ' || f.usage || ', the same line of the case'
    ELSE 'as usage ' || f.usage || ', the same serial ' || d.serial END AS message,
  json_object('usage', d.usage, 'came before as', f.usage, 'serial', d.serial)::VARCHAR AS compared,
  places([place(d.source_file, d.source_record, 'usage', d.usage), place(f.source_file, f.source_record, 'usage', f.usage)]) AS evidence
FROM usage_event d JOIN usage_event f ON f.usage_row = d.first_row
WHERE NOT d.is_first;

CREATE TABLE meant AS FROM items_meant('usage_event');

-- Stock in base units. Without a way from its unit to them it is not known.
CREATE TABLE stock AS
SELECT s.company, s.location, s.item, p.base_uom, k.factor, s.uom, (s.on_hand * k.factor)::DECIMAL(38, 8) AS on_hand,
  (coalesce(s.on_order, 0) * k.factor)::DECIMAL(38, 8) AS on_order, (s.reorder_point * k.factor)::DECIMAL(38, 8) AS reorder_point,
  (greatest(coalesce(s.par, s.reorder_point), s.reorder_point) * k.factor)::DECIMAL(38, 8) AS par,
  s.unit_cost, nullif(s.issue_account, '') AS issue_account, nullif(s.supplier, '') AS supplier, s.status = 'active' AS is_active,
  s.source_file, s.source_record
FROM stock_item s
LEFT JOIN product p ON p.item = s.item
LEFT JOIN pack k ON k.item = s.item AND k.uom = s.uom
QUALIFY row_number() OVER (PARTITION BY s.company, s.location, s.item ORDER BY s.source_file, s.source_record) = 1;

CREATE TABLE used AS
SELECT u.* EXCLUDE (company), m.items, m.item, m.named, p.base_uom, k.factor, (u.quantity * k.factor)::DECIMAL(38, 8) AS base,
  l.company, l.companies, l.facility, l.cost_center, l.stock_location,
  coalesce(u.bill_only, false) OR coalesce(i.bill_only, false) AS is_bill_only, coalesce(i.bill_only, false)
    OR coalesce(u.bill_only, false) AS is_implant,
  s.item IS NOT NULL AS is_stocked, s.issue_account, s.factor AS stock_factor, s.unit_cost,
  coalesce(extended(in_units((u.quantity * k.factor)::DECIMAL(37, 8), s.factor), s.unit_cost, 1), 0)::DECIMAL(18, 2) AS cost,
  CASE
    WHEN NOT u.is_first THEN 'came twice'
    WHEN coalesce(m.items, 0) = 0 THEN 'item unknown'
    WHEN m.items > 1 THEN 'item not clear'
    WHEN k.factor IS NULL THEN 'unit unknown'
    WHEN l.location IS NULL THEN 'location unknown'
    WHEN l.cost_center IS NULL THEN 'no cost centre'
    WHEN s.item IS NOT NULL AND s.factor IS NULL THEN 'stock unit unknown'
  END AS unclear
FROM usage_event u
LEFT JOIN meant m ON m.identifier = u.identifier AND m.used_on = u.used_on
LEFT JOIN product p ON p.item = m.item AND m.items = 1
LEFT JOIN pack k ON k.item = m.item AND m.items = 1 AND k.uom = u.uom
LEFT JOIN (SELECT item, bool_or(coalesce(bill_only, false)) AS bill_only FROM item GROUP BY item) i ON i.item = m.item AND m.items = 1
LEFT JOIN place_meant l ON l.location = u.location AND CASE WHEN coalesce(u.company, '') = '' THEN l.companies = 1 ELSE l.company = u.company END
LEFT JOIN stock s ON s.company = l.company AND s.location = l.stock_location AND s.item = m.item AND m.items = 1;
