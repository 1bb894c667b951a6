-- What each status says (element 668), and the statuses that stand for each PO line, with their quantities in base units.

-- bucket: what becomes of the quantity. changes: what the supplier says it changed. pending: what it will say later.
CREATE TABLE line_status AS SELECT * FROM (VALUES
  ('IA', 'accepted', NULL, NULL, 'accepted'), ('AC', 'accepted', NULL, NULL, 'accepted and shipped'),
  ('AR', 'accepted', NULL, NULL, 'accepted and released for shipment'), ('AA', 'accepted', NULL, NULL, 'accepted, from another location'),
  ('BP', 'accepted', NULL, NULL, 'accepted in part, the balance backordered'), ('DR', 'accepted', 'date', NULL, 'accepted, date rescheduled'),
  ('IC', 'accepted', 'anything', NULL, 'accepted, changes made'), ('IE', 'accepted', NULL, 'price', 'accepted, price pending'),
  ('IP', 'accepted', 'price', NULL, 'accepted, price changed'), ('IQ', 'accepted', 'quantity', NULL, 'accepted, quantity changed'),
  ('IS', 'accepted', NULL, NULL, 'accepted, substitution made'), ('SP', 'accepted', NULL, 'date', 'accepted, schedule date pending'),
  ('IB', 'backordered', NULL, NULL, 'backordered'), ('IH', 'held', NULL, NULL, 'on hold'),
  ('IF', 'held', NULL, NULL, 'on hold, incomplete description'), ('IW', 'held', NULL, NULL, 'on hold, waiver required'),
  ('ID', 'rejected', NULL, NULL, 'deleted'), ('IR', 'rejected', NULL, NULL, 'rejected'), ('R1', 'rejected', NULL, NULL, 'not a contract item'),
  ('R2', 'rejected', NULL, NULL, 'invalid item number'), ('R3', 'rejected', NULL, NULL, 'invalid unit of issue'),
  ('R4', 'rejected', NULL, NULL, 'contract item not available'), ('R5', 'rejected', NULL, NULL, 'reorder as JIT'),
  ('R6', 'rejected', NULL, NULL, 'reorder as extended delivery order'), ('R7', 'rejected', NULL, NULL, 'reorder as drop shipment'),
  ('R8', 'rejected', NULL, NULL, 'reorder as surge order')
) AS t(status, bucket, changes, pending, words);

-- Each ACK of a line that is not plainly in order; a line without one says what its document says: accepted, or rejected on an RD.
CREATE TABLE said AS
WITH open_line AS (
  FROM found WHERE po_id IN (SELECT po_id FROM unsettled)
),
counted AS (
  SELECT s.*, count(*) OVER (PARTITION BY s.document_id, s.sequence) AS statuses
  FROM acknowledgment_status s
  SEMI JOIN open_line f ON f.document_id = s.document_id AND f.sequence = s.sequence
),
each AS (
  SELECT l.po_id, l.document_id, l.sequence, coalesce(s.place, 1) AS place, l.turn, l.purpose,
    coalesce(s.status, CASE WHEN l.type = 'RD' THEN 'IR' ELSE 'IA' END) AS status,
    CASE WHEN coalesce(s.statuses, 1) = 1 THEN coalesce(s.quantity, l.quantity) ELSE s.quantity END AS quantity, s.quantity IS NULL AS is_of_line,
    s.statuses = 1 AS is_alone,
    coalesce(s.uom, l.uom) AS uom, coalesce(s.promised_on, l.promised_on) AS promised_on,
    s.vendor_item, s.buyer_item, s.manufacturer_part, s.gtin,
    l.source_file, coalesce(s.byte_offset, l.byte_offset) AS byte_offset, coalesce(s.byte_length, l.byte_length) AS byte_length
  FROM open_line l
  LEFT JOIN counted s ON s.document_id = l.document_id AND s.sequence = l.sequence
)
SELECT e.* EXCLUDE (quantity, base, is_of_line, is_alone, ordered_base), coalesce(t.bucket, 'unknown') AS bucket, t.changes, t.pending, t.words,
  -- A rejection, backorder or hold without a quantity, or of none, is of whatever is left. So is the balance of BP where nothing says how much
  -- that is: ACK02 gives no quantity and the line repeats the order, or the only status of the line gives all that was ordered.
  CASE WHEN NOT (t.bucket IN ('backordered', 'held', 'rejected') AND e.quantity = 0) AND NOT is_unsaid THEN e.quantity END AS quantity,
  CASE WHEN is_unsaid AND NOT e.is_of_line THEN e.quantity END AS unlikely_quantity,
  CASE WHEN NOT is_unsaid THEN e.base END AS base
FROM (
  SELECT e.*, o.base AS ordered_base, e.quantity::DECIMAL(19, 4) * factor_of(coalesce(e.uom, o.uom), o.uom,
    o.factor, o.own_base, k.factor, g.factor) AS base
  FROM each e
  JOIN unsettled o ON o.po_id = e.po_id
  LEFT JOIN pack k ON k.item = CASE WHEN e.uom <> o.uom THEN o.item END AND k.uom = e.uom
  LEFT JOIN generic_unit g ON g.from_uom = CASE WHEN e.uom <> o.uom THEN e.uom END AND g.to_uom = o.own_base
) e
CROSS JOIN LATERAL (SELECT coalesce(e.status = 'BP'
  AND CASE WHEN e.is_of_line THEN e.base >= e.ordered_base ELSE e.is_alone AND e.base = e.ordered_base END, false) AS is_unsaid)
LEFT JOIN line_status t ON t.status = e.status;

-- An order may be answered in parts and answered again. The latest 855 that names a line holds; those before it add to it as long as they
-- come to no more than was ordered together: then they are its parts. A change (BAK01 04) replaces what was said of the line before.
CREATE TABLE stands AS
WITH part AS (
  SELECT d.po_id, d.document_id, d.turn, d.base, d.is_change, o.base AS ordered_base
  FROM (
    SELECT po_id, document_id, min(turn) AS turn, sum(base) AS base, bool_or(purpose = '04') AS is_change FROM said GROUP BY po_id, document_id
  ) d
  JOIN unsettled o ON o.po_id = d.po_id
),
back AS (
  SELECT *, sum(coalesce(base, ordered_base)) OVER w AS base_so_far, row_number() OVER w AS back,
    coalesce(bool_or(is_change) OVER (PARTITION BY po_id ORDER BY turn DESC, document_id DESC ROWS BETWEEN UNBOUNDED PRECEDING
      AND 1 PRECEDING), false) AS is_replaced
  FROM part
  WINDOW w AS (PARTITION BY po_id ORDER BY turn DESC, document_id DESC ROWS UNBOUNDED PRECEDING)
)
SELECT po_id, document_id FROM back WHERE back = 1 OR (base_so_far <= ordered_base AND NOT is_replaced);

-- Each of these PO lines once.
CREATE TABLE answered AS
WITH standing_status AS MATERIALIZED (
  SELECT s.*, s.status || coalesce(' ' || plain(coalesce(s.quantity, s.unlikely_quantity)) || coalesce(' ' || s.uom, ''), '') AS told
  FROM said s JOIN stands t ON t.po_id = s.po_id AND t.document_id = s.document_id
),
-- Few lines have more than one status, and only those need an order.
told_in_turn AS (
  SELECT po_id, string_agg(told, ', ' ORDER BY turn, document_id, sequence, place) AS told
  FROM standing_status
  WHERE po_id IN (SELECT po_id FROM standing_status GROUP BY po_id HAVING count(*) > 1)
  GROUP BY po_id
),
summed AS (
  SELECT po_id, count(*) AS statuses, min(told) AS told,
    coalesce(sum(base), 0) AS said_base,
    coalesce(sum(base) FILTER (bucket = 'accepted'), 0) AS accepted_base,
    coalesce(sum(base) FILTER (bucket = 'backordered'), 0) AS backordered_base,
    coalesce(sum(base) FILTER (bucket = 'held'), 0) AS held_base,
    coalesce(sum(base) FILTER (bucket = 'rejected'), 0) AS rejected_base,
    -- Which bucket takes what nothing was said of: the one whose status gives no quantity; the backorder, for BP.
    CASE WHEN bool_or(bucket = 'rejected' AND quantity IS NULL) THEN 'rejected' WHEN bool_or(bucket = 'held' AND quantity IS NULL) THEN 'held'
      WHEN bool_or(status = 'BP' OR (bucket = 'backordered' AND quantity IS NULL)) THEN 'backordered' END AS takes_rest,
    bool_or(bucket = 'backordered' OR status = 'BP') AS is_backordered, bool_or(bucket = 'held') AS is_held,
    bool_or(bucket = 'rejected') AS is_rejected,
    bool_or(status = 'IS') AS is_substituted, coalesce(bool_or(pending = 'price'), false) AS price_pending,
    coalesce(bool_or(pending = 'date'), false) AS date_pending,
    bool_or(quantity IS NOT NULL AND base IS NULL) AS is_unconverted, bool_or(quantity IS NOT NULL) AS is_counted,
    bool_or(status = 'BP' AND quantity IS NULL) AS is_part_unsaid, bool_or(unlikely_quantity IS NOT NULL) AS is_part_all,
    CASE WHEN min(uom) = max(uom) THEN min(uom) ELSE min(uom) || ' and ' || max(uom) END AS uoms,
    max(promised_on) FILTER (bucket = 'accepted' AND status <> 'BP') AS promised_on,
    max(promised_on) FILTER (bucket = 'backordered' OR status = 'BP') AS balance_on,
    coalesce(bool_or(changes = 'price'), false) AS says_price, coalesce(bool_or(changes = 'quantity'), false) AS says_quantity,
    coalesce(bool_or(changes = 'date'), false) AS says_date, coalesce(bool_or(changes = 'anything'), false) AS says_anything,
    min(status) FILTER (bucket = 'unknown') AS unknown,
    -- Where to look: the last status, one that does not accept before one that does.
    arg_max({status: status, place: bytes_at(source_file, byte_offset, byte_length)},
      (bucket <> 'accepted', turn, document_id, sequence, place)) AS shown
  FROM standing_status
  GROUP BY po_id
)
SELECT s.* EXCLUDE (shown, told), coalesce(t.told, s.told) AS statuses_told, s.shown.place AS place,
  s.shown.status AS status_at, o.base AS ordered_base, greatest(o.base - s.said_base, 0) AS rest
FROM summed s
LEFT JOIN told_in_turn t ON t.po_id = s.po_id
JOIN unsettled o ON o.po_id = s.po_id;
