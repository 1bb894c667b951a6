-- Each journal once: what it holds, and whether the ledger shows it.

CREATE TABLE journal AS
SELECT company, source, sequence, journal,
  coalesce(nullif(any_value(currency), ''), (SELECT currency FROM night)) AS currency,
  min(period) AS period, min(posting_date) AS posting_date, count(*) AS lines,
  coalesce(sum(debit), 0)::DECIMAL(38, 2) AS debit, coalesce(sum(credit), 0)::DECIMAL(38, 2) AS credit,
  min(source_file) AS source_file, min(source_record) AS source_record
FROM journal_line
GROUP BY company, source, sequence, journal;

-- What the ledger shows, journal by journal and posting by posting: a second posting of the same journal is the same money twice.
CREATE TABLE posted AS
SELECT company, source, journal, coalesce(posting, '') AS posting, count(*) AS lines,
  sum(greatest(amount, 0))::DECIMAL(38, 2) AS debit, min(source_file) AS source_file, min(source_record) AS source_record,
  bool_and(status = 'posted') AS is_posted, bool_or(status = 'error') AS is_error
FROM ledger_line
GROUP BY company, source, journal, coalesce(posting, '');

CREATE TABLE journal_state AS
SELECT j.*, coalesce(p.postings, 0) AS postings, coalesce(p.is_posted, false) AS is_posted
FROM journal j
LEFT JOIN (
  SELECT company, source, journal, count(*) FILTER (NOT is_error) AS postings, bool_or(is_posted) AS is_posted FROM posted GROUP BY ALL
) p ON p.company = j.company AND p.source = j.source AND p.journal = j.journal;
