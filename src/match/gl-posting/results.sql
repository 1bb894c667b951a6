-- Journals in their strict sequence, and what of them may go to the ledger: from the first that is not there, as far as nothing is wrong.
CREATE TABLE journals AS
WITH judged AS (
  SELECT s.company, s.source, s.sequence, s.journal, s.period, s.posting_date, s.lines, s.debit, s.currency,
    CASE
      WHEN s.postings > 0 AND s.is_posted THEN 'posted'
      WHEN s.postings > 0 THEN 'in the ledger, not posted'
      WHEN s.debit <> s.credit THEN 'unbalanced'
      WHEN count(*) OVER (PARTITION BY s.company, s.source, s.sequence) > 1 THEN 'number used twice'
      WHEN (s.company, s.source, s.sequence, s.journal) IN (SELECT (company, source, sequence, journal)
        FROM misplaced WHERE why IS NOT NULL) THEN 'account or period'
      WHEN s.sequence - lag(s.sequence) OVER (PARTITION BY s.company, s.source ORDER BY s.sequence, s.journal) > 1 THEN 'gap before it'
      ELSE 'to be posted'
    END AS state
  FROM journal_state s
)
SELECT * EXCLUDE (state),
  -- What comes after a journal that cannot be posted waits for it.
  CASE WHEN state = 'to be posted' AND bool_or(state IN ('unbalanced', 'number used twice', 'account or period', 'gap before it'))
      OVER (PARTITION BY company, source ORDER BY sequence, journal ROWS UNBOUNDED PRECEDING) THEN 'waits for one before it'
    ELSE state END AS state
FROM judged;

CREATE TABLE journal_load AS
SELECT l.company, l.source, l.sequence, l.journal, l.line, l.cost_center, l.account, l.period, l.posting_date,
  coalesce(l.debit, 0) AS debit, coalesce(l.credit, 0) AS credit, (coalesce(l.debit, 0) - coalesce(l.credit, 0))::DECIMAL(18, 2) AS amount,
  j.currency, l.description, NULL::VARCHAR AS needs_code, NULL::VARCHAR AS needs_keys, NULL::VARCHAR AS needs_decisions
FROM journal_line l
JOIN journals j ON j.company = l.company AND j.source = l.source AND j.sequence = l.sequence AND j.journal = l.journal AND j.state = 'to be posted';

INSERT INTO outcome
SELECT place, label, explanation, count(j.journal), coalesce(sum(j.debit), 0)
FROM (VALUES
  (1, 'Posted', 'in the ledger and posted', ['posted']),
  (2, 'In the ledger, not posted', 'taken by the ledger and waiting for its posting run', ['in the ledger, not posted']),
  (3, 'To be posted', 'balanced, valid and next in sequence; goes to the ledger', ['to be posted']),
  (4, 'Held', 'unbalanced, on a wrong account, or out of sequence; somebody must correct it',
    ['unbalanced', 'number used twice', 'account or period', 'gap before it']),
  (5, 'Waiting', 'right, but behind one that is held: journals are posted in sequence', ['waits for one before it'])
) AS o(place, label, explanation, states)
LEFT JOIN journals j ON list_contains(o.states, j.state)
GROUP BY place, label, explanation;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Journals' AS section, 'number' AS name, 'count' AS measure, count(*) AS taken,
  count(*) FILTER (state IN ('posted', 'in the ledger, not posted', 'to be posted')) AS matched,
  count(*) FILTER (state IN ('unbalanced', 'number used twice', 'account or period', 'gap before it')) AS in_exception,
  count(*) FILTER (state = 'waits for one before it') AS waiting
FROM journals;
