-- VENDOR-EVIDENCE, day by day: on each day of the period on which a vendor was paid or ordered from, its documents must have been on file and
-- have counted. A document that came later does not make up for the days before.
CREATE TABLE obligation AS
SELECT document, "on" AS kind, "within-days" AS within_days, "from-amount" AS from_amount, categories
FROM (SELECT unnest(from_json(obligations,
  '[{"document": "VARCHAR", "on": "VARCHAR", "within-days": "INTEGER", "from-amount": "DECIMAL(18,2)", "categories": ["VARCHAR"]}]'),
    recursive := true) FROM night);

CREATE TABLE due AS
SELECT o.document, o.kind, o.within_days, s.supplier, s.day, sum(s.amount)::DECIMAL(18, 2) AS amount,
  arg_min(s.source_file, (s.source_file, s.source_record)) AS source_file, arg_min(s.source_record, (s.source_file, s.source_record)) AS source_record
FROM obligation o JOIN spend s ON s.kind = o.kind AND (len(o.categories) = 0 OR list_contains(o.categories, coalesce(s.category, '')))
GROUP BY o.document, o.kind, o.within_days, o.from_amount, s.supplier, s.day
QUALIFY sum(sum(s.amount)) OVER (PARTITION BY o.document, s.supplier) >= o.from_amount;

-- What is on file, and what people waived: a waiver counts from the day of its decision.
CREATE TABLE held AS
SELECT e.supplier, e.kind AS document, coalesce(e.received_on, DATE '0001-01-01') AS since, e.received_on,
  e.expires_on, e.reference, false AS is_waiver, e.source_file, e.source_record
FROM vendor_evidence e CROSS JOIN night n
WHERE coalesce(e.received_on, n.as_of) <= n.as_of
UNION ALL
SELECT supplier, obligation, decided_on, decided_on, NULL, 'waived by ' || decided_by || ' (' || exception || ')', true, NULL, NULL
FROM known_exception
WHERE code = 'VENDOR-EVIDENCE' AND status = 'decided' AND decision = 'waive';

-- From a check that failed on, what was on file before it counts no more.
CREATE TABLE failed AS
SELECT d.document, d.supplier, d.day, max(f.since) AS failed_on
FROM due d JOIN held f ON f.supplier = d.supplier AND f.document = d.document || '-failed' AND f.since <= d.day
GROUP BY d.document, d.supplier, d.day;

CREATE TABLE judged_day AS
WITH looked_at AS (
  SELECT d.*, h.is_waiver, h.since, h.expires_on, f.failed_on,
    h.since <= d.day AND coalesce(h.expires_on >= d.day, true) AND (h.is_waiver OR d.within_days IS NULL OR h.since >= d.day - d.within_days)
      AND (f.failed_on IS NULL OR h.since > f.failed_on) AS counts
  FROM due d
  LEFT JOIN failed f ON f.document = d.document AND f.supplier = d.supplier AND f.day = d.day
  LEFT JOIN held h ON h.supplier = d.supplier AND h.document = d.document
)
SELECT document, kind, within_days, supplier, day, amount, source_file, source_record, failed_on,
  max(expires_on) FILTER (since <= day AND expires_on < day AND NOT is_waiver) AS expired_on,
  max(since) FILTER (since <= day AND NOT is_waiver) AS received_on,
  min(since) FILTER (since > day AND NOT is_waiver) AS came_on,
  CASE
    WHEN coalesce(bool_or(counts AND NOT is_waiver), false) THEN 'covered'
    WHEN coalesce(bool_or(counts), false) THEN 'waived'
    WHEN failed_on IS NOT NULL THEN 'failed'
    WHEN bool_or(since <= day AND coalesce(expires_on >= day, true) AND NOT is_waiver) THEN 'too old'
    WHEN bool_or(since <= day AND NOT is_waiver) THEN 'expired'
    WHEN bool_or(since > day AND NOT is_waiver) THEN 'late'
    ELSE 'missing'
  END AS state
FROM looked_at
GROUP BY document, kind, within_days, supplier, day, amount, source_file, source_record, failed_on;

CREATE MACRO why(state, document, within_days, reason) AS CASE state
  WHEN 'failed' THEN 'after its ' || document || ' had failed on ' || reason.failed_on
  WHEN 'too old' THEN 'while its ' || document || coalesce(' of ' || nullif(reason.received_on, DATE '0001-01-01'), ' without a date')
    || ' was older than ' || within_days || ' days'
  WHEN 'expired' THEN 'while its ' || document || ' had expired on ' || reason.expired_on
  WHEN 'late' THEN 'before its ' || document || ' was put on file on ' || reason.came_on
  ELSE 'without its ' || document || ' on file' END;

CREATE TABLE gap AS
SELECT document, supplier, kind, within_days, arg_min(state, day) AS state, arg_max(state, day) AS last_state,
  count(*) AS days, min(day) AS first_day, max(day) AS last_day, sum(amount)::DECIMAL(18, 2) AS amount,
  arg_min({failed_on: failed_on, received_on: received_on, expired_on: expired_on, came_on: came_on}, day) AS first_reason,
  arg_max({failed_on: failed_on, received_on: received_on, expired_on: expired_on, came_on: came_on}, day) AS last_reason,
  arg_min(source_file, day) AS source_file, arg_min(source_record, day) AS source_record
FROM judged_day
WHERE state NOT IN ('covered', 'waived')
GROUP BY document, supplier, kind, within_days;

CREATE TABLE obligations AS
SELECT p.name AS period, j.supplier, v.name, j.document, coalesce(g.state, CASE WHEN j.is_waived THEN 'waived' ELSE 'covered' END) AS state,
  j.kind AS asked_on, j.days, coalesce(g.days, 0) AS days_without, g.first_day AS first_without, j.amount,
  coalesce(g.amount, 0)::DECIMAL(18, 2) AS amount_without, h.received_on, h.expires_on, h.reference, n.currency
FROM (
  SELECT supplier, document, kind, bool_or(state = 'waived') AS is_waived, count(*) AS days, sum(amount)::DECIMAL(18, 2) AS amount
    FROM judged_day GROUP BY supplier, document, kind
) j
CROSS JOIN period p
CROSS JOIN night n
LEFT JOIN vendor_name v ON v.supplier = j.supplier
LEFT JOIN gap g ON g.document = j.document AND g.supplier = j.supplier
LEFT JOIN (
  FROM held QUALIFY row_number() OVER (PARTITION BY supplier, document ORDER BY since DESC, expires_on DESC NULLS FIRST, is_waiver, reference) = 1
) h ON h.supplier = j.supplier AND h.document = j.document;

INSERT INTO finding BY NAME
SELECT 'VENDOR-EVIDENCE' AS code, json_object('supplier', g.supplier, 'obligation', g.document, 'period', p.name)::VARCHAR AS keys, g.amount,
  'Vendor ' || g.supplier || coalesce(' (' || v.name || ')', '')
    || CASE g.kind WHEN 'payments' THEN ' was paid ' ELSE ' was given orders for ' END || money(g.amount)
    || ' on ' || g.days || CASE g.days WHEN 1 THEN ' day of ' ELSE ' days of ' END || p.name || ', the first '
      || g.first_day || ', ' || why(g.state, g.document, g.within_days, g.first_reason)
    || CASE WHEN g.last_state <> g.state THEN '; the last ' || g.last_day || ', '
      || why(g.last_state, g.document, g.within_days, g.last_reason) ELSE '' END AS message,
  json_object('document', g.document, 'state', g.state, 'days without', g.days::VARCHAR, 'first day',
    g.first_day::VARCHAR, 'last day', g.last_day::VARCHAR,
    'expired', g.first_reason.expired_on::VARCHAR, 'put on file', g.first_reason.came_on::VARCHAR)::VARCHAR AS compared,
  places([place(g.source_file, g.source_record, CASE g.kind WHEN 'payments' THEN 'paid_on' ELSE 'po_date' END, g.first_day),
    CASE WHEN e.source_file IS NOT NULL THEN place(e.source_file, e.source_record, 'kind', g.document) END]) AS evidence
FROM gap g
CROSS JOIN period p
LEFT JOIN vendor_name v ON v.supplier = g.supplier
LEFT JOIN (
  FROM held WHERE NOT is_waiver QUALIFY row_number() OVER (PARTITION BY supplier, document ORDER BY since DESC,
    expires_on DESC NULLS FIRST, source_file, source_record) = 1
) e ON e.supplier = g.supplier AND e.document = g.document;
