-- VENDOR-BANK: a vendor is paid at a bank account that it had not before, and no approved change is on file. Accounts are known by their keyed
-- hashes alone. At risk: what is open to be paid to the vendor.
CREATE TABLE bank_state AS
SELECT b.*, r.base, list_filter(b.accounts, account -> NOT list_contains(string_split(r.base, ' '), account)) AS fresh,
  r.base IS NOT NULL AND len(fresh) > 0 AND NOT EXISTS (
    FROM vendor_evidence e CROSS JOIN night n
    WHERE e.supplier = b.supplier AND e.kind = 'bank-change' AND e.received_on BETWEEN n.as_of - n.bank_approval_days AND n.as_of
  ) AS is_changed
FROM (
  SELECT supplier, list(DISTINCT bank ORDER BY bank) AS accounts, min(source_file) AS source_file, min(source_record) AS source_record
  FROM vendor_bank GROUP BY supplier
) b
LEFT JOIN (
  SELECT row ->> 'supplier' AS supplier, row ->> 'base' AS base FROM remembered WHERE result = 'vendor_memory' AND (row ->> 'field') = 'bank'
) r ON r.supplier = b.supplier;

INSERT INTO finding BY NAME
SELECT 'VENDOR-BANK' AS code, json_object('supplier', b.supplier, 'identifier', left(b.fresh[1], 12))::VARCHAR AS keys,
  coalesce(o.amount, 0)::DECIMAL(18, 2) AS amount,
  'Vendor ' || b.supplier || coalesce(' (' || v.name || ')', '')
    || ' is paid at a bank account that it had not before, and no approved change is on file'
    || CASE WHEN o.amount > 0 THEN '; ' || money(o.amount) || ' is open to be paid' ELSE '' END AS message,
  json_object('accounts before', array_to_string(list_transform(string_split(b.base, ' '), account -> left(account, 12)), ', '),
    'new', array_to_string(list_transform(b.fresh, account -> left(account, 12)), ', '), 'days a change counts as approved',
    n.bank_approval_days::VARCHAR)::VARCHAR AS compared,
  places([place(b.source_file, b.source_record, 'bank', left(b.fresh[1], 12))]) AS evidence
FROM bank_state b CROSS JOIN night n
LEFT JOIN erp_vendor v ON v.supplier = b.supplier
LEFT JOIN open_amount o ON o.supplier = b.supplier
WHERE b.is_changed;

-- An account stays what it was until its change is on file: the exception stands for as long.
CREATE TABLE vendor_memory AS
SELECT supplier, system, field, owner_value, CASE WHEN state = 'changed' THEN base ELSE target_value END AS base FROM compared
UNION ALL
SELECT supplier, 'erp', 'bank', NULL, CASE WHEN is_changed THEN base ELSE array_to_string(accounts, ' ') END FROM bank_state;
