-- GL-UNBALANCED: debits and credits of a journal differ. At risk: the difference.
INSERT INTO finding BY NAME
SELECT 'GL-UNBALANCED' AS code,
  json_object('company', company, 'journal', source || ' ' || journal)::VARCHAR AS keys,
  abs(debit - credit)::DECIMAL(18, 2) AS amount, currency,
  'Journal ' || source || ' ' || journal || ' of company ' || company || ': debits ' || money(debit) || ', credits ' || money(credit)
    || ', ' || money(abs(debit - credit)) || ' apart' AS message,
  json_object('debits', money(debit), 'credits', money(credit), 'lines', lines::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'journal', journal)]) AS evidence
FROM journal
WHERE debit <> credit;
