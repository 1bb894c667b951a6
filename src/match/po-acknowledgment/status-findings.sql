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
    -- BP whose quantity comes to all of the line leaves nothing to wait for.
    CASE WHEN is_backordered AND (backordered > 0 OR is_unconverted) THEN {code: 'ACK-BACKORDERED', part: backordered, message: 'backordered'} END
  ]) AS one
  FROM shares
)
SELECT one.code AS code, po_id, CASE WHEN is_unconverted THEN value ELSE share_of(value, least(one.part, base), base) END AS amount,
  CASE WHEN is_unconverted THEN '' ELSE plain(in_units(one.part, factor)) || ' ' || uom || ' of ' || plain(quantity) || ' ' END || one.message
    || CASE WHEN one.code = 'ACK-BACKORDERED' THEN coalesce(', expected ' || balance_on, ', without a date') ELSE '' END || ' (' || words || ')' AS message,
  json_object('statuses', statuses_told, 'quantity', plain(in_units(one.part, factor)) || ' ' || uom, 'ordered', plain(quantity) || ' ' || uom,
    'expected', CASE WHEN one.code = 'ACK-BACKORDERED' THEN balance_on::VARCHAR END)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value,
  'quantity' AS po_field, plain(quantity) AS po_value
FROM told
WHERE one IS NOT NULL;

INSERT INTO raised BY NAME
SELECT unnest(list_filter([CASE WHEN price_pending THEN 'ACK-PRICE-PENDING' END, CASE WHEN date_pending THEN 'ACK-DATE-PENDING' END], code -> code IS NOT NULL)) AS code,
  po_id, value AS amount, 'accepted, ' || concat_ws(' and ', CASE WHEN price_pending THEN 'price' END, CASE WHEN date_pending THEN 'date' END) || ' pending' AS message,
  json_object('statuses', statuses_told)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value
FROM judged;

-- A difference within tolerance bears a claim out too; what cannot be compared, or has nothing to be held against, is believed.
INSERT INTO raised BY NAME
WITH borne AS (
  SELECT j.*,
    coalesce(p.differs, false) AS price_differs,
    j.is_unconverted OR j.accepted_base <> j.base AS quantity_differs,
    coalesce(j.acked_on <> j.wanted_on, j.acked_on IS NOT NULL) AS date_differs,
    j.is_other_unit OR j.po_id IN (SELECT po_id FROM other_item) AS item_differs,
    string_split(j.changes, ',') AS claims
  FROM judged j
  LEFT JOIN priced p ON p.po_id = j.po_id
  WHERE j.changes IS NOT NULL OR j.unknown IS NOT NULL
)
SELECT 'ACK-UNEXPLAINED' AS code, po_id, value AS amount,
  CASE WHEN unknown IS NOT NULL THEN 'status ' || unknown || ' is not one we know' ELSE 'the supplier says that something was changed (' || changing || '), and nothing differs' END AS message,
  json_object('statuses', statuses_told, 'quantity', plain(quantity) || ' ' || uom, 'PO price', money(unit_price), 'requested', wanted_on::VARCHAR,
    'promised', acked_on::VARCHAR)::VARCHAR AS compared,
  place, 'ACK01' AS field, status_at AS value
FROM borne
WHERE unknown IS NOT NULL
  OR list_contains(claims, 'price') AND NOT price_differs
  OR list_contains(claims, 'quantity') AND NOT quantity_differs
  OR list_contains(claims, 'date') AND NOT date_differs
  OR list_contains(claims, 'anything') AND NOT (price_differs OR quantity_differs OR date_differs OR item_differs);
