-- GL-SEQUENCE: a journal is missing from its sequence, doubled in it, posted twice, or not in the ledger after the days it has.

-- Numbers between the first and the last that no journal has, each run of them once.
INSERT INTO finding BY NAME
SELECT 'GL-SEQUENCE' AS code,
  json_object('company', company, 'journal', source || ' #' || (before + 1))::VARCHAR AS keys,
  0 AS amount,
  'Source ' || source || ' of company ' || company || ': '
    || CASE WHEN sequence - before = 2 THEN 'number ' || (before + 1) || ' is missing' ELSE 'numbers '
      || (before + 1) || ' to ' || (sequence - 1) || ' are missing' END
    || ' before journal ' || journal || ' (number ' || sequence || ')' AS message,
  json_object('last before the gap', before::VARCHAR, 'first after it', sequence::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'sequence', sequence)]) AS evidence
FROM (SELECT *, lag(sequence) OVER (PARTITION BY company, source ORDER BY sequence, journal) AS before FROM journal)
WHERE sequence - before > 1;

-- Two journals under one number.
INSERT INTO finding BY NAME
SELECT 'GL-SEQUENCE' AS code,
  json_object('company', company, 'journal', source || ' #' || sequence)::VARCHAR AS keys,
  max(debit)::DECIMAL(18, 2) AS amount, min(currency) AS currency,
  'Source ' || source || ' of company ' || company || ': number ' || sequence || ' is used by journals '
    || string_agg(journal, ' and ' ORDER BY journal) AS message,
  json_object('number', sequence::VARCHAR, 'journals', string_agg(journal, ', ' ORDER BY journal))::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'journal', journal) ORDER BY journal)) AS evidence
FROM journal
GROUP BY company, source, sequence
HAVING count(*) > 1;

-- One journal in the ledger twice.
INSERT INTO finding BY NAME
SELECT 'GL-SEQUENCE' AS code,
  json_object('company', company, 'journal', source || ' ' || journal)::VARCHAR AS keys,
  max(debit)::DECIMAL(18, 2) AS amount,
  'Journal ' || source || ' ' || journal || ' of company ' || company || ' is in the ledger ' || count(*) || ' times: postings '
    || string_agg(posting, ', ' ORDER BY posting) AS message,
  json_object('postings', string_agg(posting, ', ' ORDER BY posting))::VARCHAR AS compared,
  places(list(place(source_file, source_record, 'posting', posting) ORDER BY posting)) AS evidence
FROM posted
WHERE NOT is_error
GROUP BY company, source, journal
HAVING count(*) > 1;

-- Not in the ledger although its days are over.
INSERT INTO finding BY NAME
SELECT 'GL-SEQUENCE' AS code,
  json_object('company', company, 'journal', source || ' ' || journal)::VARCHAR AS keys,
  debit::DECIMAL(18, 2) AS amount, s.currency,
  'Journal ' || source || ' ' || journal || ' of company ' || company || ', to be booked on ' || posting_date || ', is not in the ledger after '
    || (n.as_of - posting_date) || ' days' AS message,
  json_object('posting date', posting_date::VARCHAR, 'days allowed', n.posting_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'journal', journal)]) AS evidence
FROM journal_state s CROSS JOIN night n
WHERE postings = 0 AND n.as_of - posting_date > n.posting_days;
