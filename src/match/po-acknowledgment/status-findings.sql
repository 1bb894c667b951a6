-- What the statuses say by themselves: rejected, on hold, backordered, pending; and what they claim and nothing bears out.

INSERT INTO raised BY NAME
WITH shares AS (
  SELECT *, rejected_base + CASE WHEN takes_rest = 'rejected' THEN rest ELSE 0 END AS rejected,
    held_base + CASE WHEN takes_rest = 'held' THEN rest ELSE 0 END AS held,
    backordered_base + CASE WHEN takes_rest = 'backordered' THEN rest ELSE 0 END AS backordered
  FROM judged
),
told AS (
  SELECT *, unnest([
    CASE WHEN is_rejected THEN {code: 'ACK-REJECTED', part: rejected, message: 'rejected'} END,
    CASE WHEN is_held THEN {code: 'ACK-HOLD', part: held, message: 'on hold at the supplier'} END,
    -- Parts that come to all of the line leave nothing to wait for.
    CASE WHEN is_backordered AND (backordered > 0 OR is_unconverted) THEN {code: 'ACK-BACKORDERED', part: backordered, message: 'backordered'} END
  ]) AS one
  FROM shares
),
in_words AS (
  SELECT s.po_id, string_agg(DISTINCT s.status || ' ' || s.words, ', ' ORDER BY s.status || ' ' || s.words) AS words
  FROM said s
  JOIN stands t ON t.po_id = s.po_id AND t.document_id = s.document_id
  WHERE s.po_id IN (SELECT po_id FROM told WHERE one IS NOT NULL)
  GROUP BY s.po_id
)
SELECT one.code AS code, told.po_id, CASE WHEN is_unconverted THEN value ELSE share_of(value, least(one.part, base), base) END AS amount,
  CASE WHEN is_unconverted THEN '' WHEN one.code = 'ACK-BACKORDERED' AND is_part_unsaid THEN 'up to ' ELSE '' END
    || CASE WHEN is_unconverted THEN '' ELSE plain(in_units(one.part, factor)) || ' ' || uom || ' of ' || plain(quantity) || ' ' END || one.message
    || CASE WHEN one.code = 'ACK-BACKORDERED' THEN coalesce(', expected ' || balance_on, ', without a date') ELSE '' END
    || CASE WHEN one.code = 'ACK-BACKORDERED' AND is_part_all AND NOT is_unconverted
      THEN '; ACK02 gives all of the line, so how much is backordered is not said' ELSE '' END || ' (' || words || ')' AS message,
  json_object('statuses', statuses_told, 'quantity', plain(in_units(one.part, factor)) || ' ' || uom, 'ordered', plain(quantity) || ' ' || uom,
    'expected', CASE WHEN one.code = 'ACK-BACKORDERED' THEN balance_on::VARCHAR END)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value,
  'quantity' AS po_field, plain(quantity) AS po_value
FROM told
JOIN in_words w ON w.po_id = told.po_id
WHERE one IS NOT NULL;

INSERT INTO raised BY NAME
SELECT unnest(list_filter([CASE WHEN price_pending THEN 'ACK-PRICE-PENDING' END, CASE WHEN date_pending THEN 'ACK-DATE-PENDING' END],
  code -> code IS NOT NULL)) AS code,
  po_id, value AS amount, 'accepted, ' || concat_ws(' and ', CASE WHEN price_pending THEN 'price' END, CASE WHEN date_pending THEN 'date' END)
    || ' pending' AS message,
  json_object('statuses', statuses_told)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value
FROM judged;

-- A difference within tolerance bears a claim out too, and one that the ERP has taken over since.
INSERT INTO raised BY NAME
WITH claimed AS (
  SELECT j.*, coalesce(c.fields, []) AS fields
  FROM judged j
  LEFT JOIN (SELECT company, po_number, release, line_number, list(field) AS fields FROM acknowledged_change GROUP BY ALL) c
    ON c.company = j.company AND c.po_number = j.po_number AND c.release = j.release AND c.line_number = j.line_number
  WHERE j.says_price OR j.says_quantity OR j.says_date OR j.says_anything OR j.unknown IS NOT NULL
)
SELECT 'ACK-UNEXPLAINED' AS code, po_id, value AS amount,
  CASE WHEN unknown IS NOT NULL THEN 'status ' || unknown || ' is not one we know'
    ELSE 'the supplier says that something was changed (' || statuses_told || '), and nothing differs' END AS message,
  json_object('statuses', statuses_told, 'quantity', plain(quantity) || ' ' || uom, 'PO price', money(unit_price), 'requested', wanted_on::VARCHAR,
    'promised', acked_on::VARCHAR)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value
FROM claimed
WHERE unknown IS NOT NULL
  OR says_price AND NOT list_contains(fields, 'price')
  OR says_quantity AND NOT list_contains(fields, 'quantity')
  OR says_date AND NOT list_contains(fields, 'date')
  OR says_anything AND len(fields) = 0;
