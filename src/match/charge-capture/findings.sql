-- What is used and not charged, charged and not used, or charged otherwise. At risk: what the chargemaster asks for the difference.
INSERT INTO finding BY NAME
SELECT CASE state WHEN 'no charge' THEN 'CHG-MISSING' WHEN 'no usage' THEN 'CHG-NO-USAGE' ELSE 'CHG-QUANTITY' END AS code,
  json_object('case', case_hash, 'item', item, 'date', used_on::VARCHAR)::VARCHAR AS keys,
  CASE WHEN state = 'no usage' THEN amount
    ELSE coalesce(extended(in_units(abs(used - charged)::DECIMAL(37, 8), charge_factor), price, 1), amount) END::DECIMAL(18, 2) AS amount,
  'Item ' || item || ' on ' || used_on || ': ' || CASE state
    WHEN 'no charge' THEN plain(used) || ' ' || base_uom || ' used (' || usages || ') and not charged after ' || (n.as_of - used_on) || ' days'
    WHEN 'no usage' THEN 'charged ' || money(amount) || ' (' || charges || ') and not used'
    ELSE plain(used) || ' ' || base_uom || ' used (' || usages || '), ' || CASE
      WHEN is_unmeasured THEN money(amount) || ' charged (' || charges || ') under a code that the chargemaster does not have for it on that day'
      ELSE plain(charged) || ' charged (' || charges || ')' END END AS message,
  json_object('used', plain(used), 'charged', plain(charged), 'charged amount', money(amount),
    'days allowed', CASE state WHEN 'no charge' THEN n.charge_days::VARCHAR WHEN 'no usage' THEN n.usage_days::VARCHAR END)::VARCHAR AS compared,
  places(places) AS evidence
FROM compared CROSS JOIN night n
WHERE state IN ('no charge', 'no usage', 'quantity differs');

-- CHG-UNPOSTED: the ledger does not show the journal of a charge as posted.
CREATE TABLE unposted AS
SELECT charge, min(coalesce(nullif(c.facility, ''), nullif(c.company, ''), '(none)')) AS facility, min(charged_on) AS charged_on,
  sum(amount)::DECIMAL(18, 2) AS amount, min(nullif(journal, '')) AS journal, min(source_file) AS source_file, min(source_record) AS source_record
FROM charge_line c
WHERE NOT EXISTS (
  FROM ledger_line l
  WHERE l.journal = nullif(c.journal, '') AND l.status = 'posted' AND l.company = coalesce(nullif(c.company, ''), l.company)
)
GROUP BY charge;

INSERT INTO finding BY NAME
SELECT 'CHG-UNPOSTED' AS code, json_object('charge', charge, 'facility', facility)::VARCHAR AS keys, abs(amount)::DECIMAL(18, 2) AS amount,
  'Charge ' || charge || ' of ' || money(amount) || ' at ' || facility || ', made on ' || charged_on || ', is not posted after '
    || (n.as_of - charged_on) || ' days' || coalesce(': the ledger does not show journal ' || journal, ': it is in no journal') AS message,
  json_object('charged on', charged_on::VARCHAR, 'journal', journal, 'days allowed', n.posting_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'charge', charge)]) AS evidence
FROM unposted CROSS JOIN night n
WHERE n.as_of - charged_on > n.posting_days;

INSERT INTO finding BY NAME
SELECT CASE unclear WHEN 'item unknown' THEN 'XREF-ITEM' ELSE 'XREF-AMBIGUOUS' END AS code,
  json_object('identifier', identifier)::VARCHAR AS keys, coalesce(sum(amount), 0)::DECIMAL(18, 2) AS amount,
  'Item ' || identifier || ' of the clinical system, on ' || count(*) || CASE WHEN count(*) = 1 THEN ' line, ' ELSE ' lines, ' END
    || CASE unclear WHEN 'item unknown' THEN 'leads to no item of the ERP' ELSE 'leads to items ' || max(named) END AS message,
  json_object('identifier', identifier, 'items', max(named))::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'identifier', identifier) ORDER BY side, row_number)[:20]) AS evidence
FROM told
WHERE unclear IN ('item unknown', 'item not clear')
GROUP BY identifier, unclear;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('item', item, 'uom', uom)::VARCHAR AS keys, coalesce(sum(amount), 0)::DECIMAL(18, 2) AS amount,
  'Unit ' || coalesce(uom, '(none)') || ' of item ' || item || ', on ' || count(*) || CASE WHEN count(*) = 1 THEN ' line' ELSE ' lines' END
    || ', has no way to the base unit' AS message,
  json_object('unit', uom)::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'unit', uom) ORDER BY side, row_number)[:20]) AS evidence
FROM told
WHERE unclear = 'unit unknown'
GROUP BY item, uom;
