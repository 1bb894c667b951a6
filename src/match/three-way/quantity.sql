-- INV-QTY-ORDERED, INV-QTY-RECEIVED, INV-NO-RECEIPT, and the lines that may still wait for their receipt.
-- What is billed in all up to the line, against what is ordered and what is received, in base units.
-- At risk: the line's own share of what is too much, at the lower of the billed and the PO price (INV-PRICE has the rest);
-- what is over the order is counted there and not again as not received.

CREATE TABLE three_way.quantity_gap AS
SELECT j.*, p.line_number, p.item, p.base_uom, three_way.po_name(p.po_number, p.release) AS po_name,
  billed_base > ordered_base
    AND three_way.beyond(billed_base - ordered_base, ordered_base, o.over_mode, o.over_percent, o.over_absolute * j.po_factor::DECIMAL(19, 4), o.over_combine)
    AS is_over_ordered,
  needs_receipt AND billed_base > received_base
    AND three_way.beyond(billed_base - received_base, received_base, r.over_mode, r.over_percent, r.over_absolute * j.po_factor::DECIMAL(19, 4), r.over_combine)
    AS is_over_received,
  -- Receipts that cannot be converted are INV-UOM; they are receipts all the same.
  needs_receipt AND NOT has_receipt AND r.over_mode NOT IN ('off', 'unlimited') AS lacks_receipt,
  o.over_text AS ordered_tolerance, r.over_text AS received_tolerance
FROM three_way.judged j
JOIN three_way.po p ON p.po_id = j.po_id
JOIN three_way.scope s ON s.po_id = j.po_id
JOIN three_way.allowed o ON o.rule = 'quantity-ordered' AND o.company = s.company AND o.supplier = s.supplier AND o.category = s.category AND o.item = s.item
JOIN three_way.allowed r ON r.rule = 'quantity-received' AND r.company = s.company AND r.supplier = s.supplier AND r.category = s.category AND r.item = s.item
WHERE j.base > 0 AND j.unknown_voucher_uom IS NULL
  AND (j.billed_base > j.ordered_base OR (j.needs_receipt AND j.billed_base > j.received_base));

CREATE TABLE three_way.quantity_beyond AS
SELECT *,
  -- Within grace a receipt may still come, for as much as was ordered.
  in_grace AND (lacks_receipt OR (is_over_received AND billed_base <= ordered_base)) AS is_waiting,
  CASE WHEN is_over_ordered THEN least(billed_base - ordered_base, base) ELSE 0 END::DECIMAL(38, 8) AS over_ordered,
  CASE WHEN lacks_receipt THEN base ELSE least(billed_base - received_base, base) END
    - CASE WHEN is_over_ordered THEN least(billed_base - ordered_base, base) ELSE 0 END AS over_received
FROM three_way.quantity_gap
WHERE is_over_ordered OR lacks_receipt OR (is_over_received AND unknown_receipt_uom IS NULL);

CREATE TABLE three_way.waiting AS
SELECT line_id, turn FROM three_way.quantity_beyond WHERE is_waiting;

CREATE MACRO three_way.lower_worth(base, price, per, factor, po_price, po_per, po_factor, amount) AS
  coalesce(least(three_way.worth(base, price, per, factor), three_way.worth(base, po_price, po_per, po_factor)), three_way.amount(amount));

INSERT INTO three_way.raised BY NAME
SELECT 'INV-QTY-ORDERED' AS code, turn, line_id, po_id,
  three_way.lower_worth(over_ordered, unit_price, per, factor, po_price, po_per, po_factor, amount) AS amount,
  po_name || ' line ' || line_number || coalesce(', item ' || item, '') || ': ' || three_way.plain(billed_base) || ' ' || base_uom || ' billed in all, '
    || three_way.plain(ordered_base) || ' ordered' AS message,
  json_object('billed in all', three_way.plain(billed_base), 'ordered', three_way.plain(ordered_base), 'this line', three_way.plain(base), 'unit', base_uom) AS compared,
  ordered_tolerance AS tolerance, 'IT102' AS billed_field, three_way.plain(quantity) AS billed_value, 'quantity' AS po_field,
  three_way.plain(ordered_base) || ' ' || base_uom AS po_value
FROM three_way.quantity_beyond
WHERE is_over_ordered;

INSERT INTO three_way.raised BY NAME
SELECT CASE WHEN lacks_receipt THEN 'INV-NO-RECEIPT' ELSE 'INV-QTY-RECEIVED' END AS code, turn, line_id, po_id,
  three_way.lower_worth(over_received, unit_price, per, factor, po_price, po_per, po_factor, amount) AS amount,
  po_name || ' line ' || line_number || coalesce(', item ' || item, '') || ': ' || three_way.plain(billed_base) || ' ' || base_uom || ' billed in all, '
    || CASE WHEN lacks_receipt THEN 'nothing received, and the ' || (SELECT receipt_grace_days FROM three_way.night) || ' days of grace are over'
      ELSE three_way.plain(received_base) || ' received' END AS message,
  json_object('billed in all', three_way.plain(billed_base), 'received', three_way.plain(received_base), 'ordered', three_way.plain(ordered_base),
    'this line', three_way.plain(base), 'unit', base_uom) AS compared,
  received_tolerance AS tolerance, 'IT102' AS billed_field, three_way.plain(quantity) AS billed_value, 'quantity' AS po_field,
  three_way.plain(ordered_base) || ' ' || base_uom AS po_value
FROM three_way.quantity_beyond
WHERE NOT is_waiting AND (lacks_receipt OR (is_over_received AND over_received > 0));
