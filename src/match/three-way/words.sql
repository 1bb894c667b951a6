-- Small words of these rules, beside those that all matchers share (match/words.sql). Nothing here looks at data.

-- A GTIN in any of its lengths (8, 12, 13, 14) as 14 digits.
CREATE MACRO three_way.gtin14(id) AS lpad(bare_id(id), greatest(14, length(bare_id(id)))::INTEGER, '0');

-- An invoice number as people mistype it: punctuation, case, leading zeros, and the A or R of a re-issue do not count.
CREATE MACRO three_way.bare_number(number) AS
  CASE WHEN regexp_full_match(number, '[1-9A-Z][0-9A-Z]*[0-9]') THEN number
    ELSE coalesce(nullif(regexp_replace(ltrim(bare_id(number), '0'), '([0-9])[AR]$', '\1'), ''), upper(trim(number))) END;

-- Base units in one unit a document names, for a given PO line. NULL: no way is known, which is never 1.
-- The PO's own unit: what the PO line says. Another one: the pack of the item; or, where the PO line has no item to ask, the general table.
CREATE MACRO three_way.factor_of(uom, po_uom, po_factor, own_base, pack_factor, generic_factor) AS
  CASE
    WHEN uom = po_uom THEN po_factor
    WHEN own_base IS NULL THEN pack_factor
    WHEN uom = own_base THEN 1::DECIMAL(12, 4)
    ELSE generic_factor
  END;

-- The largest amount a DECIMAL(18,2) holds stands for what is larger.
CREATE MACRO three_way.amount(x) AS coalesce(TRY_CAST(x AS DECIMAL(18, 2)), 9999999999999999.99::DECIMAL(18, 2));

-- Two currencies that are told and are not the same.
CREATE MACRO three_way.differ(currency, other) AS coalesce(currency <> '' AND currency <> other, false);

-- What a share of a line is worth at the lower of its two prices; the line's own amount stands for what is too large to be told.
CREATE MACRO three_way.lower_worth(share, is_dearer, price, per, factor, po_price, po_per, po_factor, amount) AS
  coalesce(CASE WHEN is_dearer THEN worth(share, po_price, po_per, po_factor) ELSE worth(share, price, per, factor) END,
    three_way.amount(amount));

-- Base quantities are wide; those that fit 64 bits are ten times faster to write.
CREATE MACRO three_way.plain_base(x) AS
  CASE WHEN abs(x) < 1000000000 THEN plain(x::DECIMAL(18, 8)) ELSE plain(x) END;
CREATE MACRO three_way.priced_unit(basis, uom) AS
  CASE price_per(trim(basis)) WHEN 100 THEN 'hundred ' WHEN 1000 THEN 'thousand ' ELSE '' END || coalesce(uom, 'unit');
CREATE MACRO three_way.rung_name(rung) AS
  ['PO line number', 'buyer item', 'vendor item', 'manufacturer part', 'GTIN', 'NDC or HIBC', 'announced substitution', 'price and quantity', 'item and ship-to', 'decision'][rung];
CREATE MACRO three_way.terms_name(discount_percent, discount_days, net_days) AS
  coalesce(nullif(concat_ws(', ', plain(discount_percent) || ' % in ' || coalesce(discount_days::VARCHAR, '?') || ' days', 'net ' || net_days), ''), 'none');
-- 'CA -> EA x1000 (item 1001)'; the same unit on both sides is just named.
CREATE MACRO three_way.unit_path(uom, other_uom, base_uom, factor, source, otherwise) AS
  CASE WHEN uom = other_uom OR uom = base_uom THEN uom
    ELSE uom || ' -> ' || base_uom || ' x' || plain(factor) || ' (' || coalesce(source, otherwise) || ')' END;

-- '1 % and 0.50', '2 % or 10', 'zero', 'off', 'unlimited'.
CREATE MACRO three_way.limit_name(mode, percent, absolute, combine) AS
  CASE WHEN mode <> 'limit' THEN mode
    ELSE coalesce(nullif(concat_ws(CASE WHEN combine = 'looser' THEN ' or ' ELSE ' and ' END,
      plain(percent) || ' %', plain(absolute)), ''), 'zero') END;

-- A place where a value stands: file is the index of the run's input file.
CREATE MACRO three_way.evidence(file, record, byte_offset, byte_length, field, value) AS
  json_object('file', file, 'record', record, 'byteOffset', byte_offset, 'byteLength', byte_length, 'field', field, 'value', value)::VARCHAR;
