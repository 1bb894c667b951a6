-- ACK-PRICE: the acknowledged unit price against the PO's, both brought to base units by multiplying crosswise, so nothing is rounded:
--   acknowledged / (per x factor)  and  PO / (PO per x PO factor)   compare as   acknowledged x PO per x PO factor  and  PO x per x factor.
-- At risk: the difference over the ordered quantity.

-- A price for one basis and unit, as the PO would write it, rounded to 6 decimals.
CREATE MACRO per_po_unit(price, per, factor, po_per, po_factor) AS TRY(
  ((2 * (price::DECIMAL(19, 6) * 1000000::DECIMAL(7, 0))::HUGEINT * po_per::HUGEINT * (po_factor::DECIMAL(19, 4) * 10000)::HUGEINT
      + per::HUGEINT * (factor::DECIMAL(19, 4) * 10000)::HUGEINT)
    // (2 * per::HUGEINT * (factor::DECIMAL(19, 4) * 10000)::HUGEINT))::DECIMAL(26, 0) * 0.000001::DECIMAL(7, 6))::DECIMAL(18, 6);

-- The price of each line; of several that answer one PO line, one that differs before one that does not, the latest first.
CREATE TABLE priced AS
WITH beside AS (
  SELECT j.po_id, j.unit_price, j.per, j.factor, j.quantity, j.value, j.is_other_unit, j.currency,
    l.unit_price AS acked_price, l.price_basis AS acked_basis, price_per(l.price_basis) AS acked_per, coalesce(l.uom, j.uom) AS acked_uom,
    factor_of(coalesce(l.uom, j.uom), j.uom, j.factor, j.own_base, k.factor, g.factor) AS acked_factor, l.currency AS acked_currency,
    l.source_file, l.byte_offset, l.byte_length, l.turn, l.document_id, l.sequence, l.line_id
  FROM judged j
  JOIN stands t ON t.po_id = j.po_id
  JOIN found l ON l.po_id = j.po_id AND l.document_id = t.document_id AND l.unit_price IS NOT NULL
  LEFT JOIN pack k ON k.item = CASE WHEN l.uom <> j.uom THEN j.item END AND k.uom = l.uom
  LEFT JOIN generic_unit g ON g.from_uom = CASE WHEN l.uom <> j.uom THEN l.uom END AND g.to_uom = j.own_base
  WHERE j.is_alive AND NOT j.price_pending
),
crossed AS MATERIALIZED (
  SELECT *, acked_price::DECIMAL(20, 6) * per * factor AS acked_cross, unit_price::DECIMAL(20, 6) * acked_per * acked_factor AS po_cross,
    -- An absolute tolerance is money per acknowledged unit and price basis.
    per * factor AS cross_unit, coalesce(acked_cross <> po_cross, true) AS differs,
    CASE WHEN differs THEN per_po_unit(acked_price, acked_per, acked_factor, per, factor) ELSE unit_price END AS price_in_po_unit
  FROM beside
)
FROM crossed
WHERE line_id IN (SELECT arg_max(line_id, (differs, turn, document_id, sequence)) FROM crossed GROUP BY po_id);

CREATE TABLE price_beyond AS
SELECT p.*, CASE WHEN acked_cross > po_cross THEN over_text ELSE under_text END AS tolerance,
  CASE
    WHEN acked_per IS NULL THEN 'price basis ' || acked_basis || ' is not one we can convert'
    WHEN p.per IS NULL THEN 'the price basis of the PO is not one we can convert'
    WHEN acked_currency <> coalesce(p.currency, n.currency) THEN 'acknowledged in ' || acked_currency
      || ', ordered in ' || coalesce(p.currency, n.currency)
  END AS incomparable
FROM priced p
JOIN judged_by('price') j ON j.po_id = p.po_id
CROSS JOIN night n
WHERE (p.differs OR p.acked_currency IS NOT NULL) AND (incomparable IS NOT NULL OR CASE
  -- The same figure for another unit that does not convert to the same quantity is the unit's fault, which is told.
  WHEN acked_price = p.unit_price AND p.po_id IN (SELECT po_id FROM raised WHERE code = 'ACK-UOM') THEN false
  WHEN acked_cross > po_cross
  THEN beyond(acked_cross - po_cross, po_cross, over_mode, over_percent, over_absolute * cross_unit, over_combine)
  ELSE beyond(po_cross - acked_cross, po_cross, under_mode, under_percent, under_absolute * cross_unit, under_combine) END);

INSERT INTO raised BY NAME
SELECT 'ACK-PRICE' AS code, p.po_id,
  CASE WHEN incomparable IS NULL THEN coalesce(abs(extended(quantity, price_in_po_unit, per) - p.value), p.value) ELSE p.value END AS amount,
  coalesce(incomparable, 'acknowledged at ' || money(acked_price) || ' per ' || acked_uom
    || CASE acked_per WHEN 100 THEN ' (hundred)' WHEN 1000 THEN ' (thousand)' ELSE '' END
    || ', ordered at ' || money(unit_price) || CASE per WHEN 100 THEN ' per hundred' WHEN 1000 THEN ' per thousand' ELSE '' END
    || CASE WHEN acked_cross > po_cross THEN ': too high by ' ELSE ': too low by ' END
    || money(coalesce(abs(extended(quantity, price_in_po_unit, per) - p.value), p.value)) || ' on the line') AS message,
  json_object('acknowledged price', money(acked_price), 'acknowledged price basis', acked_basis, 'acknowledged unit',
    acked_uom, 'PO price', money(unit_price),
    'acknowledged price in the PO unit', money(price_in_po_unit))::VARCHAR AS compared,
  CASE WHEN incomparable IS NULL THEN tolerance END AS tolerance, bytes_at(source_file, byte_offset, byte_length) AS place,
    'PO104' AS field, plain(acked_price) AS value,
  'unit_price' AS po_field, plain(unit_price) AS po_value
FROM price_beyond p;
