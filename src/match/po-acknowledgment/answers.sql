-- Which PO each 855 answers, and which 855s stand.

-- BAK02: what it says of the order and of lines that it leaves out. A partner may use a code otherwise (acknowledgments.types).
CREATE TABLE type_meaning AS SELECT * FROM (VALUES
  ('AC', 'full-detail'), ('AD', 'full-detail'), ('RD', 'full-detail'), ('AP', 'full-detail'), ('AE', 'exceptions-only'),
  ('AK', 'accepted'), ('AT', 'accepted'), ('NA', 'accepted'),
  ('RJ', 'rejected'), ('RF', 'rejected'), ('RN', 'rejected'), ('RO', 'rejected'), ('RV', 'rejected'), ('AH', 'on-hold')
) AS t(type, meaning);

CREATE VIEW said_answer AS SELECT rowid AS said_id, * FROM acknowledgment;
CREATE TABLE answer AS
SELECT a.document_id, a.partner, a.po_number AS said_number, coalesce(a.release, '') AS said_release, a.company AS said_company, a.purpose, a.type,
  coalesce(own.meaning, usual.meaning, 'unknown') AS meaning, a.acknowledged_on, a.turn, a.content, a.promised_on, nullif(a.currency, '') AS currency,
  a.source_file, a.byte_offset, a.byte_length, m.how, m.company, m.po_number, m.release, m.suppliers, m.candidates,
  m.how <> 'found' AND n.as_of - a.acknowledged_on > n.look_back_days AS is_old
FROM said_answer a
JOIN po_meant('said_answer') m ON m.said_id = a.said_id
LEFT JOIN acknowledgment_type own ON own.partner = a.partner AND own.type = a.type
LEFT JOIN type_meaning usual ON usual.type = a.type
CROSS JOIN night n;

INSERT INTO finding BY NAME
SELECT 'ACK-UNKNOWN-PO' AS code,
  json_object('company', a.said_company, 'po', a.said_number, 'release', a.said_release, 'partner', a.partner)::VARCHAR AS keys,
  max(coalesce(l.amount, 0))::DECIMAL(18, 2) AS amount,
  'An 855 of ' || a.partner || ' answers ' || po_name(a.said_number, a.said_release) || ', ' || CASE min(a.how)
    WHEN 'unknown' THEN 'which the ERP does not have' || coalesce(' in company ' || min(a.said_company), '')
    WHEN 'not theirs' THEN 'which went to vendor ' || min(a.suppliers) || ', and not to this partner'
    ELSE 'which may be that of ' || min(a.candidates) END AS message,
  json_object('PO on the 855', a.said_number, 'company', min(a.said_company), 'acknowledged on',
    max(a.acknowledged_on)::VARCHAR)::VARCHAR AS compared,
  places(list(place_in_bytes(a.source_file, a.byte_offset, a.byte_length, 'BAK03', a.said_number) ORDER BY a.turn, a.document_id)) AS evidence
FROM answer a
LEFT JOIN (
  SELECT document_id, TRY_CAST(sum(extended(quantity, unit_price, coalesce(price_per(price_basis), 1))) AS DECIMAL(18, 2)) AS amount
  FROM acknowledgment_line
  WHERE document_id IN (SELECT document_id FROM answer WHERE how <> 'found' AND NOT is_old)
  GROUP BY document_id
) l ON l.document_id = a.document_id
WHERE a.how <> 'found' AND NOT a.is_old
GROUP BY a.said_company, a.said_number, a.said_release, a.partner;

-- BAK01. 07 and 22 are copies. 01 takes back what was said before, 05, 18 and CO say all of it anew; 04 says the lines anew that it names.
-- The same document under other control numbers is a copy too.
CREATE TABLE standing AS
WITH said AS (FROM answer WHERE how = 'found' AND purpose NOT IN ('07', '22')),
copy AS (
  SELECT document_id
  FROM said
  WHERE content IN (SELECT content FROM said GROUP BY content HAVING count(*) > 1)
  QUALIFY row_number() OVER (PARTITION BY company, po_number, release, content ORDER BY turn, document_id) > 1
),
anew AS (SELECT company, po_number, release, max(turn) AS turn FROM said WHERE purpose IN ('01', '05', '18', 'CO') GROUP BY ALL)
SELECT s.document_id, s.partner, s.company, s.po_number, s.release, s.turn, s.purpose, s.type, s.meaning, s.currency, s.promised_on,
  s.source_file, s.byte_offset, s.byte_length
FROM said s
ANTI JOIN copy c ON c.document_id = s.document_id
LEFT JOIN anew a ON a.company = s.company AND a.po_number = s.po_number AND a.release = s.release
WHERE s.purpose <> '01' AND s.turn >= coalesce(a.turn, '');

-- What standing 855s say of each PO as a whole. The last to reject or hold all of it goes before what was said earlier.
CREATE MACRO order_answers(source) AS TABLE
SELECT company, po_number, release,
  arg_max(meaning, (turn, document_id)) AS last_meaning, arg_max(type, (turn, document_id)) AS last_type,
  bool_or(meaning IN ('accepted', 'exceptions-only')) AS accepts_silently, bool_or(meaning = 'full-detail') AS is_full,
  arg_max(bytes_at(source_file, byte_offset, byte_length), (turn, document_id)) AS place
FROM query_table(source)
GROUP BY company, po_number, release;

-- The whole PO rejected or on hold; or an answer nobody knows how to read. Its open lines, and all of them together.
CREATE VIEW answer_of_whole_order AS
SELECT s.*
FROM standing s
SEMI JOIN (FROM standing WHERE meaning IN ('rejected', 'on-hold', 'unknown')) w ON w.company = s.company
  AND w.po_number = s.po_number AND w.release = s.release;
CREATE TABLE whole_answer AS FROM order_answers('answer_of_whole_order') WHERE last_meaning IN ('rejected', 'on-hold', 'unknown');
CREATE VIEW whole_order_row AS
SELECT p.*
FROM po_row p
SEMI JOIN whole_answer a ON a.company = p.company AND a.po_number = p.po_number AND a.release = coalesce(p.release, '')
WHERE p.status = 'open';
CREATE TABLE whole_order_line AS FROM ordered_of('whole_order_row');
CREATE TABLE whole_order AS
SELECT p.company, p.po_number, p.release, p.supplier, p.partner, a.last_type AS type, a.last_meaning AS meaning, a.place,
  o.value, o.lines, o.currency
FROM (SELECT company, po_number, release, sum(value) AS value, count(*) AS lines, min(currency) AS currency FROM whole_order_line GROUP BY ALL) o
JOIN whole_answer a ON a.company = o.company AND a.po_number = o.po_number AND a.release = o.release
JOIN purchase_order p ON p.company = o.company AND p.po_number = o.po_number AND p.release = o.release;

INSERT INTO finding BY NAME
SELECT CASE meaning WHEN 'rejected' THEN 'ACK-REJECTED' WHEN 'on-hold' THEN 'ACK-HOLD' ELSE 'ACK-UNEXPLAINED' END AS code,
  po_keys(company, po_number, release, supplier) AS keys, value::DECIMAL(18, 2) AS amount, currency,
  po_name(po_number, release) || ' of company ' || company || ': ' || partner || CASE meaning
    WHEN 'rejected' THEN ' rejects the whole order (BAK02 ' || type || ')' WHEN 'on-hold' THEN ' holds the whole order (BAK02 ' || type || ')'
    ELSE ' answers with BAK02 ' || type || ', and nothing is agreed about what that means' END
    || ', ' || lines || CASE WHEN lines = 1 THEN ' open line' ELSE ' open lines' END AS message,
  json_object('BAK02', type, 'open lines', lines::VARCHAR)::VARCHAR AS compared,
  places([place_in_bytes(place.source_file, place.byte_offset, place.byte_length, 'BAK02', type)]) AS evidence
FROM whole_order;
