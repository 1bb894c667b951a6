-- What is wrong with the usage itself. At risk: what it cost.

CREATE MACRO usage_keys(case_hash, line, item) AS json_object('case', case_hash, 'line', line, 'item', item)::VARCHAR;
CREATE MACRO usage_name(usage, item, used_on) AS 'Usage ' || usage || ' of item ' || item || ' on ' || used_on;

CREATE TABLE judged AS
SELECT u.*, strftime(used_on, '%Y-%m') AS period,
  unclear IS NULL AND is_implant AND quantity > 0 AND coalesce(lot, '') = '' AND coalesce(serial, '') = '' AS lacks_lot,
  unclear IS NULL AND p.status = 'closed' AND documented_on > coalesce(p.closed_on, last_day(used_on)) AS is_late,
  unclear IS NULL AND NOT is_posted AND NOT is_bill_only AND is_stocked AS is_pending
FROM state_of_usage u
LEFT JOIN (SELECT company, period, min(status) AS status, min(closed_on) AS closed_on FROM gl_period GROUP BY ALL) p
  ON p.company = u.company AND p.period = strftime(u.used_on, '%Y-%m');

INSERT INTO finding BY NAME
SELECT 'USE-LOT-MISSING' AS code, usage_keys(case_hash, line, item) AS keys, abs(cost)::DECIMAL(18, 2) AS amount,
  usage_name(usage, item, used_on) || ': an implant or consignment without lot or serial' AS message,
  json_object('lot', lot, 'serial', serial, 'quantity', plain(quantity) || ' ' || uom)::VARCHAR AS compared,
  places([place(source_file, source_record, 'lot', lot)]) AS evidence
FROM judged WHERE lacks_lot;

INSERT INTO finding BY NAME
SELECT 'USE-LATE' AS code, usage_keys(case_hash, line, item) AS keys, abs(cost)::DECIMAL(18, 2) AS amount,
  usage_name(usage, item, used_on) || ' was documented on ' || documented_on || ', after period ' || period
    || ' of company ' || company || ' had closed' AS message,
  json_object('used on', used_on::VARCHAR, 'documented on', documented_on::VARCHAR, 'period', period)::VARCHAR AS compared,
  places([place(source_file, source_record, 'documented on', documented_on)]) AS evidence
FROM judged WHERE is_late;

INSERT INTO finding BY NAME
SELECT 'USE-NOT-POSTED' AS code, usage_keys(case_hash, line, item) AS keys, abs(cost)::DECIMAL(18, 2) AS amount,
  usage_name(usage, item, used_on) || ', ' || plain(quantity) || ' ' || uom || ' from ' || stock_location
    || CASE WHEN covered > 0 THEN ', is in the inventory transactions with ' || plain(covered) || ' ' || base_uom || ' alone after '
      ELSE ', is not in the inventory transactions after ' END || (n.as_of - used_on) || ' days' AS message,
  json_object('used on', used_on::VARCHAR, 'days allowed', n.posting_days::VARCHAR, 'issued to the case', plain(coalesce(issued, 0)),
    'used in the case up to this line', plain(used_so_far))::VARCHAR AS compared,
  places([place(source_file, source_record, 'usage', usage)]) AS evidence
FROM judged CROSS JOIN night n
WHERE is_pending AND n.as_of - used_on > n.posting_days;

INSERT INTO finding BY NAME
SELECT 'USE-NO-USAGE' AS code, json_object('company', t.company, 'case', t.case_hash, 'item', t.item)::VARCHAR AS keys,
  coalesce(sum(abs(extended(in_units(t.base::DECIMAL(37, 8), t.stock_factor), t.unit_cost, 1))), 0)::DECIMAL(18, 2) AS amount,
  'Item ' || t.item || ' was issued to a case that documented no usage of it: ' || plain(sum(t.taken)) || ' ' || min(t.uom) || ' by '
    || string_agg(DISTINCT t.document, ', ' ORDER BY t.document) AS message,
  json_object('issued', plain(sum(t.taken)), 'documents', string_agg(DISTINCT t.document, ', ' ORDER BY t.document))::VARCHAR AS compared,
  places(list(place(t.source_file, t.source_record, 'quantity', plain(t.quantity)) ORDER BY t.source_file, t.source_record)) AS evidence
FROM issue t
WHERE coalesce(t.case_hash, '') <> '' AND coalesce(t.usage, '') NOT IN (SELECT usage FROM usage_line)
  AND NOT EXISTS (FROM used u WHERE u.case_hash = t.case_hash AND (u.item = t.item OR u.unclear IN ('item unknown', 'item not clear')))
GROUP BY t.company, t.case_hash, t.item
HAVING sum(t.taken) > 0;
