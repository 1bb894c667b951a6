-- Small words that rules of all matchers are written in. Nothing here looks at data.

-- An id without what people and translators add to it: case, blanks, hyphens, dots.
CREATE OR REPLACE MACRO bare_id(id) AS upper(regexp_replace(id, '[^A-Za-z0-9]', '', 'g'));

-- A GTIN-14 whose last digit is the check digit of the others (weights 3 and 1, GS1 General Specifications 7.9).
CREATE OR REPLACE MACRO is_gtin(gtin) AS regexp_full_match(gtin, '\d{14}') AND gtin <> '00000000000000' AND list_sum(list_transform(
  range(1, 15), n -> TRY_CAST(substr(gtin, n, 1) AS INTEGER) * CASE WHEN n % 2 = 1 THEN 3 ELSE 1 END)) % 10 = 0;

-- NDC and HIBC in their one form, and the key by which an identifier of a type is compared; canonical/product-code.ts says the same in
-- TypeScript. What is no code of its type is compared as a plain number.
-- A list of one makes each text once, where a macro would write it out each time it is named.
CREATE OR REPLACE MACRO ndc11(id) AS list_transform([trim(id)], t ->
  CASE
    WHEN regexp_full_match(t, '\d{4,5}-\d{3,4}-\d{1,2}') AND length(t) IN (12, 13)
    THEN lpad(split_part(t, '-', 1), 5, '0') || lpad(split_part(t, '-', 2), 4, '0') || lpad(split_part(t, '-', 3), 2, '0')
    ELSE bare_id(t)
  END)[1];
CREATE OR REPLACE MACRO hibc_check(body) AS substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%',
  list_sum(list_transform(string_split(body, ''), c -> strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%', c) - 1))::INTEGER % 43 + 1, 1);
CREATE OR REPLACE MACRO hibc_primary(id) AS list_transform(list_transform(
  [upper(regexp_replace(regexp_replace(id, '^\s*\*?|\*$', '', 'g'), '(\s)\s*$', '\1'))],
  t -> CASE
    WHEN NOT starts_with(t, '+') THEN trim(t)
    WHEN hibc_check(left(t, length(t) - 1)) = right(t, 1) THEN t[2:length(t) - 1]
    WHEN hibc_check(t) = ' ' THEN t[2:]
    ELSE ''
  END), t -> CASE WHEN regexp_full_match(t, '[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]') THEN t ELSE bare_id(id) END)[1];
CREATE OR REPLACE MACRO gtin_key(id) AS list_transform([regexp_replace(id, '[\s-]', '', 'g')], t ->
  CASE WHEN regexp_full_match(t, '\d{8}|\d{12,14}') AND is_gtin(lpad(t, 14, '0')) THEN lpad(t, 14, '0') ELSE bare_id(t) END)[1];
CREATE OR REPLACE MACRO id_key(type, id) AS
  CASE type WHEN 'gtin' THEN gtin_key(id) WHEN 'ndc' THEN ndc11(id) WHEN 'hibc' THEN hibc_primary(id) ELSE bare_id(id) END;

-- Items that people said identifiers are. `source` names a relation with partner, type (NULL: any), key and on_day; `said` the cross-references.
-- What holds for the partner goes before what holds for everybody; what held on the day of the document before what holds on the business
-- day, so that what is said today settles what came yesterday. A row for each item; more than one is not clear.
CREATE OR REPLACE MACRO items_referenced(source, said, day) AS TABLE
WITH fitting AS (
  SELECT a.partner, a.type, a.key, a.on_day, x.target, x.reference,
    CASE WHEN coalesce(x.partner, '') = '' THEN 0 ELSE 2 END
      + CASE WHEN a.on_day BETWEEN coalesce(x.effective_from, a.on_day) AND coalesce(x.effective_to, a.on_day) THEN 1 ELSE 0 END AS fit
  FROM (SELECT DISTINCT partner, type, key, on_day FROM query_table(source)) a
  JOIN query_table(said) x ON x.kind = 'item' AND x.identifier_key = a.key AND coalesce(x.type, '') IN ('', coalesce(a.type, x.type, ''))
    AND coalesce(x.partner, '') IN ('', a.partner)
  WHERE a.on_day BETWEEN coalesce(x.effective_from, a.on_day) AND coalesce(x.effective_to, a.on_day)
    OR day BETWEEN coalesce(x.effective_from, day) AND coalesce(x.effective_to, day)
  QUALIFY fit = max(fit) OVER (PARTITION BY a.partner, a.type, a.key, a.on_day)
)
SELECT partner, type, key, on_day, target AS item, string_agg(DISTINCT reference, ', ' ORDER BY reference) AS reference,
  count(*) OVER (PARTITION BY partner, type, key, on_day) AS items
FROM fitting
GROUP BY partner, type, key, on_day, target;

-- A successor that cannot serve, in words; NULL: it can, or there is none. `status` is that of the successor, NULL where the ERP does not have it.
CREATE OR REPLACE MACRO of_no_use(successor, status) AS CASE
  WHEN successor IS NULL OR status = 'active' THEN NULL
  WHEN status IS NULL THEN successor || ', which the ERP does not have'
  ELSE successor || ', which is inactive too' END;

-- A tax id is shown by its last four digits alone.
CREATE OR REPLACE MACRO masked(tax_id) AS '...' || right(tax_id, 4);

-- A name without what does not tell two vendors apart: case, punctuation, legal form.
CREATE OR REPLACE MACRO bare_name(name) AS trim(regexp_replace(regexp_replace(' ' || upper(regexp_replace(name, '[^A-Za-z0-9 ]', '', 'g')) || ' ',
  '( INC| INCORPORATED| LLC| LLP| LP| LTD| LIMITED| CORP| CORPORATION| COMPANY| CO| PLC| GMBH| THE)+ ', ' ', 'g'), '\s+', ' ', 'g'));
-- How alike two names are, in percent (Jaro-Winkler).
CREATE OR REPLACE MACRO likeness(one, other) AS floor(jaro_winkler_similarity(one, other) * 100)::INTEGER;

-- Text as two people type it the same: outer blanks, runs of blanks and case do not count.
CREATE OR REPLACE MACRO same_text(words) AS upper(trim(regexp_replace(words, '\s+', ' ', 'g')));

-- Numbers as people write them: quantities without trailing zeros, money with at least two decimals.
-- Most quantities are whole: asking that first is five times faster than taking zeros off all of them.
CREATE OR REPLACE MACRO plain(x) AS CASE WHEN x % 1 = 0 THEN x::HUGEINT::VARCHAR ELSE rtrim(x::VARCHAR, '0') END;
CREATE OR REPLACE MACRO money(x) AS
  CASE
    WHEN NOT contains(x::VARCHAR, '.') THEN x::VARCHAR || '.00'
    WHEN ends_with(rtrim(x::VARCHAR, '0'), '.') THEN rtrim(x::VARCHAR, '0') || '00'
    WHEN rtrim(x::VARCHAR, '0')[-2] = '.' THEN rtrim(x::VARCHAR, '0') || '0'
    ELSE rtrim(x::VARCHAR, '0')
  END;
CREATE OR REPLACE MACRO po_name(po_number, release) AS
  'PO ' || po_number || CASE WHEN coalesce(release, '') = '' THEN '' ELSE ' release ' || release END;

-- How many units a price is for, by the codes of canonical/price-basis.ts (element 639). Any other code is not known, and not 1.
CREATE OR REPLACE MACRO price_per(basis) AS
  CASE
    WHEN basis IS NULL THEN 1
    WHEN basis IN ('', 'PE') THEN 1
    WHEN basis IN ('HP', 'LC', 'QH', 'RC', 'TC', 'WC') THEN 100
    WHEN basis IN ('TP', 'LM', 'QS', 'RM', 'TM', 'WM') THEN 1000
    WHEN basis IN ('LE', 'QE', 'RE', 'TE', 'WE', 'UM', 'AW', 'CA', 'CP', 'CT', 'DI', 'DR', 'FX', 'LR', 'NC',
      'NT', 'PQ', 'PR', 'QR', 'QT', 'RS', 'RT', 'SC', 'SR', 'ST', 'SW', 'VQ', 'WH') THEN 1
  END::DECIMAL(4, 0);

-- quantity x price / basis in money, rounded half up to cents. NULL when it is beyond 16 digits.
-- What quantities and prices nearly always look like fits 64 bits, where this is forty times faster; the rest takes the long way.
CREATE OR REPLACE MACRO extended(quantity, price, per) AS
  CASE
    WHEN per = 1 AND quantity BETWEEN -99999 AND 99999 AND price BETWEEN -999999 AND 999999 THEN
      CASE
        WHEN quantity::DECIMAL(18, 2)::DECIMAL(18, 4) = quantity AND price::DECIMAL(18, 4)::DECIMAL(18, 6) = price
        THEN (quantity::DECIMAL(18, 2) * price::DECIMAL(18, 4))::DECIMAL(18, 2)
        ELSE round(quantity::DECIMAL(19, 4) * price, 2)::DECIMAL(18, 2)
      END
    WHEN per = 100 THEN TRY_CAST(TRY(round(quantity::DECIMAL(19, 4) * price * 0.01::DECIMAL(3, 2), 2)) AS DECIMAL(18, 2))
    WHEN per = 1000 THEN TRY_CAST(TRY(round(quantity::DECIMAL(19, 4) * price * 0.001::DECIMAL(4, 3), 2)) AS DECIMAL(18, 2))
    ELSE TRY_CAST(TRY(round(quantity::DECIMAL(19, 4) * price, 2)) AS DECIMAL(18, 2))
  END;

-- Quotient of two whole numbers, rounded half up ('/' would be floating point).
CREATE OR REPLACE MACRO half_up(n, d) AS (2 * n + d) // (2 * d);

-- n (10 decimals) over d (4 decimals), rounded to 6 decimals.
CREATE OR REPLACE MACRO price_ratio(n, d) AS TRY(
  (half_up((n::DECIMAL(27, 10) * 10000000000::DECIMAL(11, 0))::HUGEINT, (d * 10000::DECIMAL(5, 0))::HUGEINT)::DECIMAL(26,
    0) * 0.000001::DECIMAL(7, 6))::DECIMAL(18, 6));

-- What a quantity of base units (8 decimals) is worth at a price of `per` units that hold `factor` base units each, in cents.
-- A whole quantity and a price of four decimals, as nearly all are, fit 64 bits, where this is ten times faster; the rest takes the long way.
CREATE OR REPLACE MACRO short_worth(base, price, per, factor) AS
  CASE WHEN base BETWEEN 0 AND 999999 AND price BETWEEN 0 AND 999999 AND factor BETWEEN 0 AND 999999 THEN
    CASE WHEN base::DECIMAL(18, 8)::DECIMAL(18, 0)::DECIMAL(18, 8) = base AND price::DECIMAL(18, 4)::DECIMAL(18, 6) = price THEN half_up(
      base::DECIMAL(18, 8)::BIGINT * (price::DECIMAL(10, 4) * 10000::DECIMAL(5, 0))::BIGINT * 100,
      per::BIGINT * (factor::DECIMAL(10, 4) * 10000::DECIMAL(5, 0))::BIGINT
    ) END
  END;
CREATE OR REPLACE MACRO long_worth(base, price, per, factor) AS half_up(
  (base::DECIMAL(29, 8) * 100000000::DECIMAL(9, 0))::HUGEINT * (price::DECIMAL(19, 6) * 1000000::DECIMAL(7, 0))::HUGEINT,
  100000000::HUGEINT * per::HUGEINT * (factor::DECIMAL(19, 4) * 10000::DECIMAL(5, 0))::HUGEINT
);
CREATE OR REPLACE MACRO worth(base, price, per, factor) AS TRY(
  (coalesce(short_worth(base, price, per, factor), long_worth(base, price, per, factor))::DECIMAL(28, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2));

-- Whether a difference (taken in its own direction) is beyond what a tolerance leaves. percent is of the expected value.
-- A number too large to be judged is beyond. 'limit' without a number allows nothing.
CREATE OR REPLACE MACRO within_percent(difference, expected, percent) AS
  coalesce(TRY(difference * 100::DECIMAL(3, 0) <= abs(expected) * percent), false);
CREATE OR REPLACE MACRO beyond(difference, expected, mode, percent, absolute, combine) AS
  difference > 0 AND CASE mode
    WHEN 'off' THEN false
    WHEN 'unlimited' THEN false
    WHEN 'limit' THEN NOT CASE
      WHEN percent IS NULL AND absolute IS NULL THEN false
      WHEN percent IS NULL THEN difference <= absolute
      WHEN absolute IS NULL THEN within_percent(difference, expected, percent)
      WHEN combine = 'looser' THEN difference <= absolute OR within_percent(difference, expected, percent)
      ELSE difference <= absolute AND within_percent(difference, expected, percent)
    END
    ELSE true
  END;

-- A place where a value stands: file is the index of the run's input file (source_file), record its source_record; of a document the
-- bytes say more. places() makes a finding's evidence of them, NULL passed over.
CREATE OR REPLACE MACRO place(file, record, field, value) AS
  json_object('file', file, 'record', record, 'byteOffset', NULL, 'byteLength', NULL, 'field', field, 'value', value::VARCHAR)::VARCHAR;
CREATE OR REPLACE MACRO place_in_bytes(file, byte_offset, byte_length, field, value) AS
  json_object('file', file, 'record', NULL, 'byteOffset', byte_offset, 'byteLength', byte_length, 'field', field, 'value', value::VARCHAR)::VARCHAR;
CREATE OR REPLACE MACRO places(list) AS '[' || array_to_string(list_filter(list, one -> one IS NOT NULL), ',') || ']';
