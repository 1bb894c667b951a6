-- Where every open PO line stands.
CREATE TABLE acknowledgments AS
WITH codes AS (SELECT po_id, list(DISTINCT code ORDER BY code) AS codes FROM raised WHERE code <> 'PO-DIFFERS' GROUP BY po_id)
SELECT o.company, o.po_number, o.release, o.line_number, o.supplier, o.item, o.vendor_item, o.description, o.quantity, o.uom, o.unit_price,
  o.po_date, coalesce(o.requested_on, j.wanted_on) AS requested_on,
  CASE WHEN l.po_id IS NULL THEN j.statuses_told ELSE l.status || ' ' || plain(o.quantity) || ' ' || o.uom END AS statuses,
  CASE WHEN l.po_id IS NULL THEN in_units(j.accepted_base, o.factor) ELSE o.quantity END AS accepted,
  CASE WHEN l.po_id IS NULL THEN p.price_in_po_unit ELSE o.unit_price END AS acknowledged_price, coalesce(l.promised_on, j.acked_on, j.balance_on) AS promised_on, in_units(u.shipped_base, o.factor) AS shipped,
  o.value, coalesce(o.currency, n.currency) AS currency,
  CASE
    WHEN w.meaning = 'rejected' THEN 'rejected' WHEN w.meaning = 'on-hold' THEN 'on hold' WHEN w.meaning = 'unknown' THEN 'not understood'
    WHEN l.po_id IS NOT NULL THEN 'accepted'
    WHEN list_contains(c.codes, 'ACK-REJECTED') THEN 'rejected'
    WHEN list_contains(c.codes, 'ACK-HOLD') THEN 'on hold'
    WHEN list_contains(c.codes, 'ACK-SUBSTITUTION') THEN 'substituted'
    WHEN list_contains(c.codes, 'ACK-BACKORDERED') THEN 'backordered'
    WHEN list_has_any(c.codes, ['ACK-PRICE', 'ACK-QUANTITY', 'ACK-UOM', 'ACK-DATE', 'ACK-PART', 'ACK-UNEXPLAINED']) THEN 'differs'
    WHEN list_has_any(c.codes, ['ACK-PRICE-PENDING', 'ACK-DATE-PENDING']) THEN 'pending'
    WHEN list_contains(c.codes, 'ACK-NOT-ON-ACK') THEN 'left out'
    WHEN j.po_id IS NOT NULL THEN 'accepted'
    WHEN s.accepts_silently THEN 'accepted, not named'
    WHEN s.is_under_way THEN 'not acknowledged, under way'
    WHEN s.is_over THEN 'overdue'
    WHEN s.po_id IS NOT NULL THEN 'awaited'
    ELSE 'not sent'
  END AS state
FROM ordered o
LEFT JOIN plain_line l ON l.po_id = o.po_id
LEFT JOIN judged j ON j.po_id = o.po_id
LEFT JOIN priced p ON p.po_id = o.po_id
LEFT JOIN silent s ON s.po_id = o.po_id
LEFT JOIN under_way u ON u.po_id = o.po_id
LEFT JOIN codes c ON c.po_id = o.po_id
LEFT JOIN whole_order w ON w.company = o.company AND w.po_number = o.po_number AND w.release = o.release
CROSS JOIN night n
WHERE o.is_open AND o.quantity > 0;

-- What to ask whom for.
CREATE TABLE chase AS
WITH question AS (
  SELECT * FROM (VALUES
    ('ACK-OVERDUE', 'Has the order been received, and when will it ship?'), ('ACK-NOT-ON-ACK', 'What of this line?'), ('ACK-HOLD', 'What releases the hold?'),
    ('ACK-BACKORDERED', 'When does the balance come?'), ('ACK-PRICE-PENDING', 'At which price?'), ('ACK-DATE-PENDING', 'By which date?'),
    ('ACK-UNEXPLAINED', 'What was changed?')
  ) AS q(code, question)
),
asked AS (
  SELECT code, company, po_number, release, line_number, supplier, partner, po_date, amount, currency FROM line_finding
  UNION ALL
  SELECT 'ACK-OVERDUE', company, po_number, release, '', supplier, partner, min(po_date), sum(value), min(currency)
  FROM silent WHERE type IS NULL AND is_over AND NOT coalesce(is_under_way, false) GROUP BY ALL
  UNION ALL
  SELECT CASE w.meaning WHEN 'on-hold' THEN 'ACK-HOLD' ELSE 'ACK-UNEXPLAINED' END, w.company, w.po_number, w.release, '', w.supplier, w.partner, p.po_date, w.value, w.currency
  FROM whole_order w JOIN purchase_order p ON p.company = w.company AND p.po_number = w.po_number AND p.release = w.release
  WHERE w.meaning <> 'rejected'
)
SELECT a.supplier, coalesce(v.name, a.partner) AS name, q.question, a.company, a.po_number, a.release, a.line_number, a.code, a.po_date, (n.as_of - a.po_date)::INTEGER AS days,
  a.amount::DECIMAL(18, 2) AS amount, coalesce(a.currency, n.currency) AS currency
FROM asked a
JOIN question q ON q.code = a.code
LEFT JOIN (SELECT supplier, min(name) AS name FROM vendor GROUP BY supplier) v ON v.supplier = a.supplier
CROSS JOIN night n;

-- Changes of the PO that go to the ERP once somebody has accepted them, each by itself: the ERP shows it, or it is asked for again.
CREATE TABLE po_change AS
WITH change AS (
  SELECT f.code, f.keys, f.po_id, unnest(CASE f.code
    WHEN 'ACK-PRICE' THEN [{field: 'price', decisions: 'accept-price', quantity: NULL, price: p.price_in_po_unit, day: NULL}]
    WHEN 'ACK-QUANTITY' THEN [{field: 'quantity', decisions: 'accept', quantity: in_units(j.said_base, j.factor), price: NULL, day: NULL}]
    WHEN 'ACK-DATE' THEN [{field: 'promised date', decisions: 'accept', quantity: NULL, price: NULL, day: j.acked_on}]
    WHEN 'ACK-BACKORDERED' THEN [{field: 'promised date', decisions: 'wait', quantity: NULL, price: NULL, day: j.balance_on}]
    WHEN 'ACK-REJECTED' THEN [{field: 'cancel', decisions: 'cancel-line', quantity: greatest(j.quantity - in_units(least(j.rejected_base + CASE WHEN j.takes_rest = 'rejected' THEN j.rest ELSE 0 END, j.base), j.factor), 0), price: NULL, day: NULL}]
    WHEN 'ACK-NOT-ON-ACK' THEN [{field: 'cancel', decisions: 'cancel-line', quantity: 0, price: NULL, day: NULL}]
  END::STRUCT(field VARCHAR, decisions VARCHAR, quantity DECIMAL(18, 4), price DECIMAL(18, 6), day DATE)[]) AS to_be
  FROM line_finding f
  LEFT JOIN judged j ON j.po_id = f.po_id
  LEFT JOIN priced p ON p.po_id = f.po_id
  UNION ALL
  -- The whole order rejected, to be cancelled: each of its open lines.
  SELECT 'ACK-REJECTED', po_keys(w.company, w.po_number, w.release, w.supplier), o.po_id,
    {field: 'cancel', decisions: 'cancel-line', quantity: 0, price: NULL, day: NULL}::STRUCT(field VARCHAR, decisions VARCHAR, quantity DECIMAL(18, 4), price DECIMAL(18, 6), day DATE)
  FROM whole_order w
  JOIN ordered o ON o.company = w.company AND o.po_number = w.po_number AND o.release = w.release AND o.is_open AND o.quantity > 0
  WHERE w.meaning = 'rejected'
)
SELECT o.company, o.po_number, o.release, o.line_number, c.to_be.field AS change, o.supplier, o.item, o.uom, o.currency,
  o.quantity AS old_quantity, c.to_be.quantity AS new_quantity, o.unit_price AS old_price, c.to_be.price AS new_price,
  coalesce(o.promised_on, o.requested_on) AS old_date, c.to_be.day AS new_date,
  c.code AS needs_code, c.keys AS needs_keys, c.to_be.decisions AS needs_decisions
FROM change c
JOIN ordered o ON o.po_id = c.po_id
WHERE c.to_be IS NOT NULL AND coalesce(c.to_be.quantity::VARCHAR, c.to_be.price::VARCHAR, c.to_be.day::VARCHAR) IS NOT NULL
  -- A quantity goes out only where it comes to whole ten-thousandths of the order unit.
  AND (c.to_be.field <> 'quantity' OR c.to_be.quantity::DECIMAL(19, 4) * o.factor = (SELECT said_base FROM judged j WHERE j.po_id = c.po_id))
  -- The backorder's date the ERP has already.
  AND NOT (c.to_be.field = 'promised date' AND c.to_be.day IS NOT DISTINCT FROM o.promised_on);

INSERT INTO outcome
SELECT place, label, explanation, count(a.po_number), coalesce(sum(a.value), 0)
FROM (VALUES
  (1, 'Accepted', 'acknowledged as ordered, line by line or by an 855 that accepts what it does not name', ['accepted', 'accepted, not named']),
  (2, 'Different', 'acknowledged otherwise than ordered: price, quantity, unit, date, part, or nothing anybody can see', ['differs', 'substituted', 'not understood']),
  (3, 'Not coming', 'rejected, backordered or on hold', ['rejected', 'backordered', 'on hold']),
  (4, 'Open at the supplier', 'left out, overdue, or with price or date pending', ['left out', 'overdue', 'pending']),
  (5, 'Not sent', 'no 850 was sent', ['not sent']),
  (6, 'Awaited', 'within the partner''s time, or under way without an 855', ['awaited', 'not acknowledged, under way'])
) AS o(place, label, explanation, states)
LEFT JOIN acknowledgments a ON list_contains(o.states, a.state)
GROUP BY place, label, explanation;

INSERT INTO control_total BY NAME
WITH counted AS (
  SELECT state IN ('accepted', 'accepted, not named') AS is_matched, state IN ('awaited', 'not acknowledged, under way') AS is_waiting, value FROM acknowledgments
)
SELECT 1 AS place, 'Open PO lines' AS section, 'number' AS name, 'count' AS measure, count(*) AS taken, count(*) FILTER (is_matched) AS matched,
  count(*) FILTER (NOT is_matched AND NOT is_waiting) AS in_exception, count(*) FILTER (is_waiting) AS waiting, 0 AS duplicate
FROM counted
UNION ALL
SELECT 2, 'Open PO lines', 'amount', 'amount', coalesce(sum(value), 0), coalesce(sum(value) FILTER (is_matched), 0),
  coalesce(sum(value) FILTER (NOT is_matched AND NOT is_waiting), 0), coalesce(sum(value) FILTER (is_waiting), 0), 0
FROM counted
UNION ALL
SELECT 3, 'Acknowledgments (855)', 'documents', 'count', count(*), count(*) FILTER (how = 'found' AND document_id IN (SELECT document_id FROM standing)),
  count(*) FILTER (how <> 'found' AND NOT is_old), count(*) FILTER (is_old), count(*) FILTER (how = 'found' AND document_id NOT IN (SELECT document_id FROM standing))
FROM answer;
