-- Small words the rules are written in. Nothing here looks at data.

-- An id without what people and translators add to it: case, blanks, hyphens, dots.
CREATE MACRO three_way.bare_id(id) AS upper(regexp_replace(id, '[^A-Za-z0-9]', '', 'g'));

-- A GTIN in any of its lengths (8, 12, 13, 14) as 14 digits.
CREATE MACRO three_way.gtin14(id) AS lpad(three_way.bare_id(id), greatest(14, length(three_way.bare_id(id)))::INTEGER, '0');

-- An invoice number as people mistype it: punctuation, case, leading zeros, and the A or R of a re-issue do not count.
CREATE MACRO three_way.bare_number(number) AS
  CASE WHEN regexp_full_match(number, '[1-9A-Z][0-9A-Z]*[0-9]') THEN number
    ELSE coalesce(nullif(regexp_replace(ltrim(three_way.bare_id(number), '0'), '([0-9])[AR]$', '\1'), ''), upper(trim(number))) END;

-- How many units a price is for (element 639): PE or nothing 1, HP 100, TP 1000. Any other code is not known, and not 1.
CREATE MACRO three_way.price_per(basis) AS
  CASE WHEN basis IS NULL THEN 1 WHEN basis IN ('', 'PE') THEN 1 WHEN basis = 'HP' THEN 100 WHEN basis = 'TP' THEN 1000 END::DECIMAL(4, 0);

-- Base units in one unit a document names, for a given PO line. NULL: no way is known, which is never 1.
-- The PO's own unit: what the PO line says. Another one: the pack of the item; or, where the PO line has no item to ask, the general table.
CREATE MACRO three_way.factor_of(uom, po_uom, po_factor, own_base, pack_factor, generic_factor) AS
  CASE
    WHEN uom = po_uom THEN po_factor
    WHEN own_base IS NULL THEN pack_factor
    WHEN uom = own_base THEN 1::DECIMAL(12, 4)
    ELSE generic_factor
  END;

-- quantity x price / basis in money, rounded half up to cents. NULL when it is beyond 16 digits.
-- What quantities and prices nearly always look like fits 64 bits, where this is forty times faster; the rest takes the long way.
CREATE MACRO three_way.extended(quantity, price, per) AS
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

-- The largest amount a DECIMAL(18,2) holds stands for what is larger.
CREATE MACRO three_way.amount(x) AS coalesce(TRY_CAST(x AS DECIMAL(18, 2)), 9999999999999999.99::DECIMAL(18, 2));

-- Two currencies that are told and are not the same.
CREATE MACRO three_way.differ(currency, other) AS coalesce(currency <> '' AND currency <> other, false);

-- Quotient of two whole numbers, rounded half up; the only division in the house ('/' would be floating point).
CREATE MACRO three_way.half_up(n, d) AS (2 * n + d) // (2 * d);

-- n (10 decimals) over d (4 decimals), rounded to 6 decimals.
CREATE MACRO three_way.price_ratio(n, d) AS TRY(
  (three_way.half_up((n * 10000000000::DECIMAL(11, 0))::HUGEINT, (d * 10000::DECIMAL(5, 0))::HUGEINT)::DECIMAL(26, 0)
    * 0.000001::DECIMAL(7, 6))::DECIMAL(18, 6));

-- What a quantity of base units (8 decimals) is worth at a price of `per` units that hold `factor` base units each.
CREATE MACRO three_way.worth(base, price, per, factor) AS TRY(
  (three_way.half_up(
      (base * 100000000::DECIMAL(9, 0))::HUGEINT * (price::DECIMAL(19, 6) * 1000000::DECIMAL(7, 0))::HUGEINT,
      100000000::HUGEINT * per::HUGEINT * (factor::DECIMAL(19, 4) * 10000::DECIMAL(5, 0))::HUGEINT
    )::DECIMAL(28, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2));

-- The same for a share of a line at the lower of its two prices; the line's own amount stands for what is too large to be told.
CREATE MACRO three_way.lower_worth(share, is_dearer, price, per, factor, po_price, po_per, po_factor, amount) AS
  coalesce(CASE WHEN is_dearer THEN three_way.worth(share, po_price, po_per, po_factor) ELSE three_way.worth(share, price, per, factor) END,
    three_way.amount(amount));

-- Whether a difference (taken in its own direction) is beyond what a tolerance leaves. percent is of the expected value.
-- A number too large to be judged is beyond. 'limit' without a number allows nothing.
CREATE MACRO three_way.within_percent(difference, expected, percent) AS
  coalesce(TRY(difference * 100::DECIMAL(3, 0) <= abs(expected) * percent), false);
CREATE MACRO three_way.beyond(difference, expected, mode, percent, absolute, combine) AS
  difference > 0 AND CASE mode
    WHEN 'off' THEN false
    WHEN 'unlimited' THEN false
    WHEN 'limit' THEN NOT CASE
      WHEN percent IS NULL AND absolute IS NULL THEN false
      WHEN percent IS NULL THEN difference <= absolute
      WHEN absolute IS NULL THEN three_way.within_percent(difference, expected, percent)
      WHEN combine = 'looser' THEN difference <= absolute OR three_way.within_percent(difference, expected, percent)
      ELSE difference <= absolute AND three_way.within_percent(difference, expected, percent)
    END
    ELSE true
  END;

-- Numbers as people write them: quantities without trailing zeros, money with at least two decimals.
CREATE MACRO three_way.plain(x) AS CASE WHEN contains(x::VARCHAR, '.') THEN rtrim(rtrim(x::VARCHAR, '0'), '.') ELSE x::VARCHAR END;
-- Base quantities are wide; those that fit 64 bits are ten times faster to write.
CREATE MACRO three_way.plain_base(x) AS
  CASE WHEN abs(x) < 1000000000 THEN three_way.plain(x::DECIMAL(18, 8)) ELSE three_way.plain(x) END;
CREATE MACRO three_way.money(x) AS
  CASE
    WHEN NOT contains(x::VARCHAR, '.') THEN x::VARCHAR || '.00'
    WHEN ends_with(rtrim(x::VARCHAR, '0'), '.') THEN rtrim(x::VARCHAR, '0') || '00'
    WHEN rtrim(x::VARCHAR, '0')[-2] = '.' THEN rtrim(x::VARCHAR, '0') || '0'
    ELSE rtrim(x::VARCHAR, '0')
  END;
CREATE MACRO three_way.po_name(po_number, release) AS
  'PO ' || po_number || CASE WHEN coalesce(release, '') = '' THEN '' ELSE ' release ' || release END;
CREATE MACRO three_way.priced_unit(basis, uom) AS
  CASE trim(basis) WHEN 'HP' THEN 'hundred ' WHEN 'TP' THEN 'thousand ' ELSE '' END || coalesce(uom, 'unit');
CREATE MACRO three_way.rung_name(rung) AS
  ['PO line number', 'buyer item', 'vendor item', 'manufacturer part', 'GTIN', 'NDC or HIBC', 'announced substitution', 'price and quantity', 'item and ship-to'][rung];
CREATE MACRO three_way.terms_name(discount_percent, discount_days, net_days) AS
  coalesce(nullif(concat_ws(', ', three_way.plain(discount_percent) || ' % in ' || coalesce(discount_days::VARCHAR, '?') || ' days', 'net ' || net_days), ''), 'none');
-- 'CA -> EA x1000 (item 1001)'; the same unit on both sides is just named.
CREATE MACRO three_way.unit_path(uom, other_uom, base_uom, factor, source, otherwise) AS
  CASE WHEN uom = other_uom OR uom = base_uom THEN uom
    ELSE uom || ' -> ' || base_uom || ' x' || three_way.plain(factor) || ' (' || coalesce(source, otherwise) || ')' END;

-- '1 % and 0.50', '2 % or 10', 'zero', 'off', 'unlimited'.
CREATE MACRO three_way.limit_name(mode, percent, absolute, combine) AS
  CASE WHEN mode <> 'limit' THEN mode
    ELSE coalesce(nullif(concat_ws(CASE WHEN combine = 'looser' THEN ' or ' ELSE ' and ' END,
      three_way.plain(percent) || ' %', three_way.plain(absolute)), ''), 'zero') END;

-- A place where a value stands: file is the index of the run's input file.
CREATE MACRO three_way.evidence(file, record, byte_offset, byte_length, field, value) AS
  json_object('file', file, 'record', record, 'byteOffset', byte_offset, 'byteLength', byte_length, 'field', field, 'value', value)::VARCHAR;
