-- ACK-DATE: the last date promised for what is accepted is later than the date asked for (of the PO, or of the 850 where the ERP gives none).
-- What the ERP has as promised already was agreed. A backorder's date is told with the backorder. At risk: the line.

INSERT INTO raised BY NAME
SELECT 'ACK-DATE' AS code, po_id, value AS amount,
  'promised for ' || acked_on || ', wanted on ' || wanted_on || ': ' || (acked_on - wanted_on)
    || CASE WHEN acked_on - wanted_on = 1 THEN ' day late' ELSE ' days late' END AS message,
  json_object('promised', acked_on::VARCHAR, 'requested', wanted_on::VARCHAR, 'days late', (acked_on - wanted_on)::VARCHAR)::VARCHAR AS compared,
  over_text AS tolerance, place, 'ACK05' AS field, acked_on::VARCHAR AS value,
  'requested_on' AS po_field, wanted_on::VARCHAR AS po_value
FROM judged_by('promised-date')
WHERE NOT date_pending AND acked_on IS DISTINCT FROM promised_on
  AND beyond((acked_on - wanted_on)::DECIMAL(18, 6), 0::DECIMAL(18, 6), over_mode, over_percent, over_absolute, over_combine);
