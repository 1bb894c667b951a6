-- INV-QTY-ORDERED, INV-QTY-RECEIVED, INV-NO-RECEIPT, and the lines that may still wait for their receipt.
-- What is billed in all up to the line, against what is ordered and what is received, in base units.
-- At risk: the line's own share of what is too much, at the lower of the billed and the PO price (INV-PRICE has the rest);
-- what is over the order is counted there and not again as not received.

CREATE TABLE three_way.quantity_beyond AS
WITH gap AS (
  SELECT d.turn, d.line_id, d.po_id, d.name, d.in_grace, d.quantity, d.base_uom, d.base, d.billed_base, d.ordered_base, d.received_base,
    d.unit_price, d.per, d.factor, d.po_price, d.po_per, d.po_factor, d.billed_cross > d.po_cross AS is_dearer, d.amount,
    o.over_text AS ordered_tolerance, r.over_text AS received_tolerance,
    beyond(d.billed_base - d.ordered_base, d.ordered_base, o.over_mode, o.over_percent,
      o.over_absolute * d.po_factor::DECIMAL(19, 4), o.over_combine) AS is_over_ordered,
    d.needs_receipt AND d.unknown_receipt_uom IS NULL AND NOT d.comes_by_use
      AND beyond(d.billed_base - d.received_base, d.received_base, r.over_mode, r.over_percent,
        r.over_absolute * d.po_factor::DECIMAL(19, 4), r.over_combine) AS is_over_received,
    d.needs_receipt AND NOT d.has_receipt AND NOT d.comes_by_use AND d.billed_base > 0 AND r.over_mode NOT IN ('off', 'unlimited') AS lacks_receipt
  FROM three_way.doubtful d
  JOIN three_way.allowed o ON o.rule = 'quantity-ordered' AND o.scope = d.scope
  JOIN three_way.allowed r ON r.rule = 'quantity-received' AND r.scope = d.scope
  WHERE d.base > 0 AND d.unknown_voucher_uom IS NULL
),
share AS (
  SELECT *, CASE WHEN is_over_ordered THEN least(billed_base - ordered_base, base) ELSE 0 END::DECIMAL(38, 8) AS over_ordered
  FROM gap
  WHERE is_over_ordered OR is_over_received OR lacks_receipt
)
SELECT *,
  -- Within grace a receipt may still come, for as much as was ordered.
  in_grace AND (lacks_receipt OR (is_over_received AND billed_base <= ordered_base)) AS is_waiting,
  CASE WHEN lacks_receipt THEN base WHEN is_over_received THEN least(billed_base - received_base, base) ELSE 0 END - over_ordered AS over_received
FROM share;

INSERT INTO three_way.waiting
SELECT line_id, turn FROM three_way.quantity_beyond WHERE is_waiting;

INSERT INTO three_way.raised BY NAME
SELECT 'INV-QTY-ORDERED' AS code, turn, line_id, po_id,
  three_way.lower_worth(over_ordered, is_dearer, unit_price, per, factor, po_price, po_per, po_factor, amount) AS amount,
  name || ': ' || three_way.plain_base(billed_base) || ' ' || base_uom || ' billed in all, ' || three_way.plain_base(ordered_base) || ' ordered' AS message,
  json_object('billed in all', three_way.plain_base(billed_base), 'ordered', three_way.plain_base(ordered_base), 'this line', three_way.plain_base(base), 'unit', base_uom) AS compared,
  ordered_tolerance AS tolerance, 'IT102' AS billed_field, plain(quantity) AS billed_value, 'quantity' AS po_field,
  three_way.plain_base(ordered_base) || ' ' || base_uom AS po_value
FROM three_way.quantity_beyond
WHERE is_over_ordered;

INSERT INTO three_way.raised BY NAME
SELECT CASE WHEN lacks_receipt THEN 'INV-NO-RECEIPT' ELSE 'INV-QTY-RECEIVED' END AS code, turn, line_id, po_id,
  three_way.lower_worth(over_received, is_dearer, unit_price, per, factor, po_price, po_per, po_factor, amount) AS amount,
  name || ': ' || three_way.plain_base(billed_base) || ' ' || base_uom || ' billed in all, '
    || CASE WHEN lacks_receipt THEN 'nothing received, and the ' || (SELECT receipt_grace_days FROM three_way.night) || ' days of grace are over'
      ELSE three_way.plain_base(received_base) || ' received' END AS message,
  json_object('billed in all', three_way.plain_base(billed_base), 'received', three_way.plain_base(received_base), 'ordered', three_way.plain_base(ordered_base),
    'this line', three_way.plain_base(base), 'unit', base_uom) AS compared,
  received_tolerance AS tolerance, 'IT102' AS billed_field, plain(quantity) AS billed_value, 'quantity' AS po_field,
  three_way.plain_base(ordered_base) || ' ' || base_uom AS po_value
FROM three_way.quantity_beyond
WHERE NOT is_waiting AND (lacks_receipt OR (is_over_received AND over_received > 0));

DROP TABLE three_way.quantity_beyond;
