-- PRICE-CONTRACT: what order, 855 and 810 say against the contract line in force on the PO date. Money is counted once: the order's for what is
-- not billed yet, the bill's for what is; the 855 moves none.

-- The order line that a line of a document is of, on the first rung that any fits: its number, the buyer's item, the supplier's part, the
-- manufacturer's part, the GTIN of any pack, NDC or HIBC. None where two are.
CREATE TABLE pack_gtin AS
SELECT DISTINCT item, gtin FROM (SELECT item, gtin FROM item_uom UNION ALL SELECT item, gtin FROM item) WHERE is_gtin(gtin);

CREATE MACRO ordered(source) AS TABLE
SELECT d.* EXCLUDE (rung)
FROM (
  SELECT d.*, p.po_id, CASE
    WHEN p.line_number = d.assigned_id THEN 1 WHEN p.item = d.buyer_item THEN 2 WHEN bare_id(p.vendor_item) = bare_id(d.vendor_item) THEN 3
    WHEN bare_id(p.manufacturer_part) = bare_id(d.manufacturer_part) THEN 4 WHEN p.gtin = d.gtin OR g.item IS NOT NULL THEN 5
    WHEN bare_id(p.ndc) = bare_id(d.ndc) OR ndc11(p.ndc) = ndc11(d.ndc) OR hibc_primary(p.hibc) = hibc_primary(d.hibc) THEN 6 END AS rung
  FROM query_table(source) d
  JOIN (SELECT DISTINCT partner, supplier FROM partner_vendor) v ON v.partner = d.partner
  JOIN purchase p ON p.supplier = v.supplier AND p.po_number = d.po_number AND coalesce(d.release, coalesce(p.release, '')) = coalesce(p.release, '')
    AND coalesce(d.company, p.company) = p.company
  LEFT JOIN pack_gtin g ON g.gtin = d.gtin AND g.item = p.bought_item
) d
WHERE rung IS NOT NULL
QUALIFY rung = min(rung) OVER (PARTITION BY document_id, sequence) AND count(*) OVER (PARTITION BY document_id, sequence, rung) = 1;

CREATE TABLE acknowledged AS
SELECT l.document_id, l.sequence, a.partner, a.company, a.po_number, nullif(a.release, '') AS release, a.turn,
  l.assigned_id, l.buyer_item, l.vendor_item,
  nullif(l.manufacturer_part, '') AS manufacturer_part, nullif(l.gtin, '') AS gtin, NULL::VARCHAR AS ndc,
  NULL::VARCHAR AS hibc, coalesce(l.quantity, 0) AS quantity, l.uom, l.unit_price, l.price_basis,
  NULL::VARCHAR AS invoice_number, l.source_file, l.byte_offset, l.byte_length
FROM acknowledgment a JOIN acknowledgment_line l ON l.document_id = a.document_id
WHERE l.unit_price IS NOT NULL;

CREATE TABLE billed AS
SELECT i.invoice_id AS document_id, l.sequence, i.partner, i.company, coalesce(nullif(l.po_number, ''), i.po_number) AS po_number,
  nullif(i.release, '') AS release,
  '' AS turn, l.assigned_id, l.buyer_item, l.vendor_item, nullif(l.manufacturer_part, '') AS manufacturer_part, nullif(l.gtin, '') AS gtin,
  nullif(l.ndc, '') AS ndc, nullif(l.hibc, '') AS hibc, l.quantity, l.uom, l.unit_price, l.price_basis,
  i.invoice_number, l.source_file, l.byte_offset, l.byte_length
FROM invoice i JOIN invoice_line l ON l.invoice_id = i.invoice_id
WHERE NOT i.credit AND l.unit_price IS NOT NULL;

CREATE TABLE told AS
WITH documents AS (
  SELECT '855' AS document, * FROM (FROM ordered('acknowledged') QUALIFY row_number() OVER (PARTITION BY po_id
    ORDER BY turn DESC, document_id DESC, sequence DESC) = 1)
  UNION ALL
  SELECT '810', * FROM ordered('billed')
),
measured AS (
  SELECT d.document, d.invoice_number, d.po_id, d.quantity, coalesce(d.uom, p.uom) AS uom, d.unit_price, price_per(d.price_basis) AS per,
    factor_of(coalesce(d.uom, p.uom), p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS factor,
    place_in_bytes(d.source_file, d.byte_offset, d.byte_length, CASE d.document WHEN '855' THEN 'PO104' ELSE 'IT104' END,
      plain(d.unit_price)) AS told_at
  FROM documents d
  JOIN purchase p ON p.po_id = d.po_id
  LEFT JOIN pack k ON k.item = p.bought_item AND k.uom = d.uom
  LEFT JOIN generic_unit g ON g.from_uom = d.uom AND g.to_uom = p.own_base
)
SELECT *, quantity::DECIMAL(18, 4) * factor AS base FROM measured
UNION ALL
SELECT 'PO', NULL, p.po_id, p.quantity, p.uom, p.unit_price, p.per, p.factor,
  place(p.source_file, p.source_record, 'unit_price', plain(p.unit_price)),
  greatest(p.base - coalesce((SELECT sum(m.quantity::DECIMAL(18, 4) * m.factor) FROM measured m WHERE m.po_id = p.po_id AND m.document = '810'), 0),
    0)::DECIMAL(30, 8)
FROM purchase p;

CREATE TABLE scope AS
SELECT po_id, 'contract-price' AS rule, company, supplier, any_category AS category, bought_item AS item FROM purchase;

-- What was told beside the contract line that holds, and beside each that ties with it: same priority, same unit, another price.
CREATE TABLE price_check AS
WITH tied AS (
  SELECT c.*
  FROM covering c
  JOIN in_force f ON f.po_id = c.po_id AND c.is_theirs AND c.turn = f.turn AND c.contract_uom = f.contract_uom
    AND c.contract_price <> f.contract_price
),
held_against AS (
  SELECT *, false AS is_tied FROM in_force
  UNION ALL
  SELECT *, true FROM tied
),
crossed AS (
  SELECT t.*, t.rowid AS told_id, f.* EXCLUDE (po_id), t.unit_price::DECIMAL(20, 6) * f.contract_factor AS told_cross,
    f.contract_price::DECIMAL(20, 6) * t.per * t.factor AS contract_cross
  FROM told t JOIN held_against f ON f.po_id = t.po_id
  WHERE t.factor IS NOT NULL AND t.per IS NOT NULL AND f.contract_factor IS NOT NULL
)
SELECT c.*, price_ratio(c.contract_cross, c.contract_factor::DECIMAL(16, 4)) AS expected_price,
  CASE WHEN document = '855' THEN 0
    ELSE coalesce(worth(c.base, c.unit_price, c.per, c.factor) - worth(c.base, c.contract_price, 1, c.contract_factor), 0) END AS difference,
  CASE WHEN told_cross > contract_cross THEN a.over_text ELSE a.under_text END AS tolerance,
  CASE WHEN told_cross > contract_cross
    THEN beyond(told_cross - contract_cross, contract_cross, a.over_mode, a.over_percent,
      a.over_absolute * c.contract_factor::DECIMAL(19, 4), a.over_combine)
    ELSE beyond(contract_cross - told_cross, contract_cross, a.under_mode, a.under_percent,
      a.under_absolute * c.contract_factor::DECIMAL(19, 4), a.under_combine)
  END AS is_beyond
FROM crossed c
JOIN scope s ON s.po_id = c.po_id
JOIN allowed_of('scope') a ON a.rule = s.rule AND a.company = coalesce(s.company, '') AND a.supplier = coalesce(s.supplier, '')
  AND a.category = coalesce(s.category, '') AND a.item = coalesce(s.item, '');

-- Of lines that tie none goes first, which PRICE-OVERLAP says: a price that one of them has is right until somebody settles it, and a price that
-- none has is held against the nearest. An 855 that only repeats the order's price, and an order whose every unit is billed, have nothing to add.
CREATE TABLE overpriced AS
WITH by_tie AS (
  SELECT po_id, told_id, bool_and(is_beyond) AS is_beyond,
    string_agg(contract || ' ' || money(contract_price), ', ' ORDER BY contract_price, contract) AS all_told
  FROM price_check
  WHERE po_id IN (SELECT po_id FROM price_check WHERE is_tied)
  GROUP BY po_id, told_id
)
SELECT c.*, t.all_told, p.company, p.po_number, p.release, p.line_number, p.supplier, p.bought_item, p.name,
  p.po_date, p.price_basis, p.currency, p.po_unit_price
FROM price_check c
LEFT JOIN by_tie t ON t.told_id = c.told_id
JOIN (SELECT *, unit_price AS po_unit_price FROM purchase) p ON p.po_id = c.po_id
WHERE c.is_beyond AND coalesce(t.is_beyond, true)
  AND NOT (c.document = '855' AND c.unit_price * p.per * p.factor = p.po_unit_price * c.per * c.factor)
  AND NOT (c.document = 'PO' AND c.base = 0 AND p.base > 0)
QUALIFY t.told_id IS NULL OR row_number() OVER (PARTITION BY t.told_id ORDER BY abs(c.told_cross - c.contract_cross),
  c.contract_price, c.contract) = 1;

INSERT INTO finding BY NAME
SELECT 'PRICE-CONTRACT' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'supplier', supplier,
    'item', bought_item, 'contract', contract,
    'document', document, 'invoice', invoice_number)::VARCHAR AS keys,
  abs(sum(difference))::DECIMAL(18, 2) AS amount, nullif(any_value(currency), '') AS currency,
  any_value(name) || ', ' || CASE document WHEN 'PO' THEN 'ordered' WHEN '855' THEN 'acknowledged' ELSE 'invoice '
    || invoice_number || ', billed' END || ' at '
    || money(max(unit_price)) || ' per ' || any_value(CASE per WHEN 1 THEN '' ELSE per || ' ' END || uom)
      || ': contract ' || contract || ' says ' || money(any_value(contract_price))
    || ' per ' || any_value(contract_uom) || ' on ' || any_value(po_date) || ', the date of the PO'
    || coalesce(', and is the nearest of those that tie (' || min(all_told) || ')', '') AS message,
  json_merge_patch(json_object('price', money(max(unit_price)), 'contract price', money(any_value(expected_price)), 'contract price as agreed',
    money(any_value(contract_price)) || ' per ' || any_value(contract_uom), 'contract', contract, 'PO date', any_value(po_date)::VARCHAR),
    CASE WHEN min(all_told) IS NULL THEN '{}' ELSE json_object('contracts that tie', min(all_told)) END)::VARCHAR AS compared,
  any_value(tolerance) AS tolerance,
  places(list(told_at ORDER BY told_at)
    || [place(any_value(contract_file), any_value(contract_record), 'unit_price', plain(any_value(contract_price)))]) AS evidence
FROM overpriced
GROUP BY company, po_number, release, line_number, supplier, bought_item, contract, document, invoice_number;
