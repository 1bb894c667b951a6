-- ACK-UOM and ACK-QUANTITY: all that was said of a line together, in base units, against what was ordered. A rejection, hold or backorder
-- that gives no quantity is of what is left, so nothing is missing then. At risk: the share of the line that is too much or too little.

CREATE TABLE quantity_beyond AS
SELECT j.*, abs(j.said_base - j.base) AS difference, CASE WHEN j.said_base > j.base THEN a.over_text ELSE a.under_text END AS tolerance
FROM judged j
JOIN allows('quantity-acknowledged') a ON a.po_id = j.po_id
WHERE NOT j.is_unconverted AND j.is_counted AND CASE
  WHEN j.said_base > j.base THEN beyond(j.said_base - j.base, j.base, a.over_mode, a.over_percent, a.over_absolute * j.factor, a.over_combine)
  ELSE j.takes_rest IS NULL AND beyond(j.base - j.said_base, j.base, a.under_mode, a.under_percent, a.under_absolute * j.factor, a.under_combine) END;

INSERT INTO raised BY NAME
SELECT 'ACK-UOM' AS code, po_id, value AS amount,
  'acknowledged in ' || uoms || ', ordered in ' || uom || ', and nothing says how many ' || base_uom || ' that is' AS message,
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
