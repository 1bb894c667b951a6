-- GL-ACCOUNT: account, cost centre or period that the ledger does not have, or no longer books to. Nothing is judged where the chart of a
-- company has not come: that would make every line wrong.
CREATE TABLE misplaced AS
SELECT j.company, j.source, j.sequence, j.journal, j.line, j.account, j.cost_center, j.period, j.source_file, j.source_record,
  greatest(coalesce(j.debit, 0), coalesce(j.credit, 0)) AS amount, nullif(j.currency, '') AS currency,
  CASE
    WHEN NOT a.is_known THEN 'account ' || j.account || ' is not in the chart'
    WHEN NOT a.is_open THEN 'account ' || j.account || ' is closed'
    WHEN NOT a.fits THEN 'account ' || j.account || ' is not used with cost centre ' || coalesce(nullif(j.cost_center, ''), '(none)')
    WHEN p.status IS NULL AND EXISTS (FROM gl_period c WHERE c.company = j.company) THEN 'period ' || j.period || ' is not in the calendar'
    WHEN p.status = 'closed' THEN 'period ' || j.period || ' is closed'
  END AS why
FROM journal_line j
JOIN journal_state s ON s.company = j.company AND s.source = j.source AND s.sequence = j.sequence AND s.journal = j.journal AND s.postings = 0
JOIN (
  SELECT k.company, k.account, k.cost_center,
    bool_or(g.account IS NOT NULL) AS is_known, bool_or(g.status = 'open') AS is_open,
    bool_or(g.status = 'open' AND coalesce(g.cost_center, '') IN ('', coalesce(k.cost_center, ''))) AS fits
  FROM (SELECT DISTINCT company, account, cost_center FROM journal_line WHERE company IN (SELECT company FROM gl_account)) k
  LEFT JOIN gl_account g ON g.company = k.company AND g.account = k.account
  GROUP BY k.company, k.account, k.cost_center
) a ON a.company = j.company AND a.account = j.account AND a.cost_center IS NOT DISTINCT FROM j.cost_center
LEFT JOIN gl_period p ON p.company = j.company AND p.period = j.period;

INSERT INTO finding BY NAME
SELECT 'GL-ACCOUNT' AS code,
  json_object('company', company, 'journal', source || ' ' || journal, 'line', line, 'account', account)::VARCHAR AS keys,
  amount::DECIMAL(18, 2) AS amount, currency,
  'Journal ' || source || ' ' || journal || ' line ' || line || ' of company ' || company || ': ' || why AS message,
  json_object('account', account, 'cost centre', cost_center, 'period', period,
    'what is wrong', CASE WHEN why LIKE 'period %' THEN 'period' ELSE 'account' END)::VARCHAR AS compared,
  places([place(source_file, source_record, 'account', account)]) AS evidence
FROM misplaced
WHERE why IS NOT NULL;
