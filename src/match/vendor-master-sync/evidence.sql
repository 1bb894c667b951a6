-- VENDOR-EVIDENCE: a vendor in use lacks a document it must have on file, or the document has expired. In use is an active vendor that was
-- ordered from or paid; where no orders and vouchers came, every active one. Where no index of evidence came nothing is judged.
CREATE TABLE evidence_checklist AS
WITH used AS (SELECT supplier FROM po_line WHERE status <> 'cancelled' UNION SELECT supplier FROM voucher_line WHERE status <> 'cancelled'),
in_use AS (
  SELECT v.* FROM erp_vendor v
  WHERE v.status = 'active' AND EXISTS (FROM vendor_evidence)
    AND (v.supplier IN (SELECT supplier FROM used) OR NOT EXISTS (FROM used))
),
on_file AS (
  SELECT * FROM vendor_evidence CROSS JOIN night WHERE kind <> 'bank-change' AND coalesce(received_on, as_of) <= as_of
  QUALIFY row_number() OVER (PARTITION BY supplier, kind ORDER BY coalesce(expires_on, DATE '9999-12-31') DESC,
    received_on DESC NULLS LAST, source_file, source_record) = 1
),
wanted AS (
  SELECT v.supplier, unnest(n.evidence) AS kind FROM in_use v CROSS JOIN night n
  UNION
  -- What is on file beside must not have expired either.
  SELECT f.supplier, f.kind FROM on_file f JOIN in_use v ON v.supplier = f.supplier
)
SELECT w.supplier, v.name, w.kind, f.received_on, f.expires_on, f.reference, v.source_file AS vendor_file,
  v.source_record AS vendor_record, f.source_file, f.source_record,
  CASE
    WHEN f.supplier IS NULL THEN 'missing'
    WHEN f.expires_on < n.as_of THEN 'expired'
    WHEN f.expires_on <= n.as_of + n.expiring_days THEN 'expires soon'
    ELSE 'on file'
  END AS state
FROM wanted w
JOIN in_use v ON v.supplier = w.supplier
CROSS JOIN night n
LEFT JOIN on_file f ON f.supplier = w.supplier AND f.kind = w.kind;

INSERT INTO finding BY NAME
SELECT 'VENDOR-EVIDENCE' AS code, json_object('supplier', c.supplier, 'obligation', c.kind)::VARCHAR AS keys,
  coalesce(o.amount, 0)::DECIMAL(18, 2) AS amount,
  'Vendor ' || c.supplier || ' (' || c.name || ') is in use, and its ' || c.kind
    || CASE c.state WHEN 'missing' THEN ' is not on file' ELSE ' expired on ' || c.expires_on END AS message,
  json_object('document', c.kind, 'state', c.state, 'expires', c.expires_on::VARCHAR)::VARCHAR AS compared,
  places([place(c.vendor_file, c.vendor_record, 'supplier', c.supplier),
    CASE WHEN c.source_file IS NOT NULL THEN place(c.source_file, c.source_record, 'expires_on', c.expires_on) END]) AS evidence
FROM evidence_checklist c
LEFT JOIN open_amount o ON o.supplier = c.supplier
WHERE c.state IN ('missing', 'expired');
