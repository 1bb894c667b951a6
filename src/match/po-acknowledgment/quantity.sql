-- ACK-UOM and ACK-QUANTITY: all that was said of a line together, in base units, against what was ordered. A rejection, hold or backorder
-- that gives no quantity is of what is left, so nothing is missing then. At risk: the share of the line that is too much or too little.

CREATE TABLE quantity_beyond AS
SELECT po_id, value, quantity, uom, base, factor, base_uom, said_base, statuses, statuses_told, is_other_unit, place,
  abs(said_base - base) AS difference, CASE WHEN said_base > base THEN over_text ELSE under_text END AS tolerance
FROM judged_by('quantity-acknowledged')
WHERE NOT is_unconverted AND is_counted AND CASE
  WHEN said_base > base THEN beyond(said_base - base, base, over_mode, over_percent, over_absolute * factor, over_combine)
  ELSE takes_rest IS NULL AND beyond(base - said_base, base, under_mode, under_percent, under_absolute * factor, under_combine) END;

INSERT INTO raised BY NAME
SELECT 'ACK-UOM' AS code, po_id, value AS amount,
  'acknowledged in ' || uoms || ', ordered in ' || uom || ', and nothing says how many ' || base_uom || ' that is'
    || CASE WHEN uoms <> upper(uoms) THEN '; in small letters it is another unit, unless matchbook.yaml says units: { capitals: true }'
      ELSE '' END AS message,
  json_object('acknowledged', statuses_told, 'ordered', plain(quantity) || ' ' || uom)::VARCHAR AS compared,
  place, 'ACK03' AS field, uoms AS value,
  'uom' AS po_field, uom AS po_value
FROM judged
WHERE is_unconverted AND is_alive;

INSERT INTO raised BY NAME
SELECT CASE WHEN is_other_unit THEN 'ACK-UOM' ELSE 'ACK-QUANTITY' END AS code, po_id, share_of(value, difference, base) AS amount,
  'acknowledged ' || statuses_told || CASE WHEN is_other_unit THEN ' = ' || plain(said_base) || ' ' || base_uom
    ELSE CASE WHEN statuses > 1 THEN ' = ' || plain(in_units(said_base, factor)) || ' ' || uom ELSE '' END END
    || ', ordered ' || plain(quantity) || ' ' || uom || CASE WHEN is_other_unit THEN ' = ' || plain(base) || ' ' || base_uom ELSE '' END AS message,
  json_object('acknowledged', plain(in_units(said_base, factor)) || ' ' || uom, 'ordered', plain(quantity) || ' ' || uom, 'statuses', statuses_told,
    'base units of one ' || uom, plain(factor))::VARCHAR AS compared,
  tolerance, place, 'ACK02' AS field, statuses_told AS value,
  'quantity' AS po_field, plain(quantity) AS po_value
FROM quantity_beyond;
