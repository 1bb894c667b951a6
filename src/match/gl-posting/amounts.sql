-- GL-AMOUNT: what the ledger shows for a journal differs from what was sent, by account, cost centre and period. At risk: the difference.
CREATE TABLE booked AS
SELECT s.company, s.source, s.journal, coalesce(k.account, l.account) AS account, coalesce(k.cost_center, l.cost_center) AS cost_center,
  coalesce(k.period, l.period) AS period, coalesce(k.amount, 0)::DECIMAL(38, 2) AS sent, coalesce(l.amount, 0)::DECIMAL(38, 2) AS ledger,
  s.currency, k.source_file AS sent_file, k.source_record AS sent_record, l.source_file AS ledger_file, l.source_record AS ledger_record
FROM (
  SELECT company, source, journal, account, coalesce(cost_center, '') AS cost_center, period,
    sum(coalesce(debit, 0) - coalesce(credit, 0)) AS amount, min(source_file) AS source_file, min(source_record) AS source_record
  FROM journal_line GROUP BY ALL
) k
FULL JOIN (
  SELECT l.company, l.source, l.journal, l.account, coalesce(l.cost_center, '') AS cost_center, l.period,
    sum(l.amount) AS amount, min(l.source_file) AS source_file, min(l.source_record) AS source_record
  FROM ledger_line l
  -- A journal posted twice is told as such; its money is right or wrong by one posting.
  JOIN (
    SELECT company, source, journal, min(posting) AS posting FROM posted WHERE NOT is_error GROUP BY ALL
  ) first ON first.company = l.company AND first.source = l.source AND first.journal = l.journal AND first.posting = coalesce(l.posting, '')
  GROUP BY ALL
) l ON l.company = k.company AND l.source = k.source AND l.journal = k.journal AND l.account = k.account AND l.cost_center = k.cost_center
  AND l.period = k.period
JOIN journal_state s ON s.company = coalesce(k.company, l.company) AND s.source = coalesce(k.source, l.source)
  AND s.journal = coalesce(k.journal, l.journal) AND s.postings > 0;

INSERT INTO finding BY NAME
SELECT 'GL-AMOUNT' AS code,
  json_object('company', company, 'journal', source || ' ' || journal, 'account', account, 'costCenter',
    cost_center, 'period', period)::VARCHAR AS keys,
  abs(sent - ledger)::DECIMAL(18, 2) AS amount, currency,
  'Journal ' || source || ' ' || journal || ' of company ' || company || ', account ' || account
    || CASE WHEN cost_center = '' THEN '' ELSE ' cost centre ' || cost_center END || ', period ' || period
    || ': sent ' || money(sent) || ', the ledger shows ' || money(ledger) AS message,
  json_object('sent', money(sent), 'ledger', money(ledger))::VARCHAR AS compared,
  places([CASE WHEN sent_file IS NOT NULL THEN place(sent_file, sent_record, 'debit less credit', money(sent)) END,
    CASE WHEN ledger_file IS NOT NULL THEN place(ledger_file, ledger_record, 'amount', money(ledger)) END]) AS evidence
FROM booked
WHERE sent <> ledger;
