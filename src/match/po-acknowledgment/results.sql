-- Where every open PO line stands: those that were plainly answered, and the others.
CREATE TABLE acknowledgments AS
WITH codes AS (SELECT po_id, list(DISTINCT code ORDER BY code) AS codes FROM raised WHERE code <> 'PO-DIFFERS' GROUP BY po_id),
stand AS (
  SELECT o.po_id, o.company, o.po_number, coalesce(o.release, '') AS release, o.line_number, o.supplier, nullif(o.item, '') AS item,
    nullif(o.vendor_item, '') AS vendor_item, o.description, o.quantity, o.uom, o.unit_price, o.po_date, o.requested_on,
    concat(l.status, ' ', plain(l.quantity), ' ', l.uom) AS statuses, o.quantity AS accepted, o.unit_price AS acknowledged_price, l.promised_on,
    line_value(o.quantity, o.unit_price, price_per(o.price_basis)) AS value, nullif(o.currency, '') AS currency, 'accepted' AS state
  FROM plain_line l
  JOIN po_row o ON o.po_id = l.po_id
  UNION ALL
  SELECT o.po_id, o.company, o.po_number, o.release, o.line_number, o.supplier, o.item,
    o.vendor_item, o.description, o.quantity, o.uom, o.unit_price, o.po_date, coalesce(o.requested_on, j.wanted_on),
    j.statuses_told, CASE WHEN NOT j.is_part_unsaid THEN in_units(j.accepted_base, o.factor) END, p.price_in_po_unit,
    coalesce(j.acked_on, j.balance_on),
    o.value, o.currency,
    CASE
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
    END
  FROM unsettled o
  LEFT JOIN judged j ON j.po_id = o.po_id
  LEFT JOIN priced p ON p.po_id = o.po_id
  LEFT JOIN silent s ON s.po_id = o.po_id
  LEFT JOIN codes c ON c.po_id = o.po_id
)
SELECT o.* EXCLUDE (po_id) REPLACE (
  coalesce(o.currency, n.currency) AS currency,
  CASE w.meaning WHEN 'rejected' THEN 'rejected' WHEN 'on-hold' THEN 'on hold' WHEN 'unknown' THEN 'not understood'
    ELSE o.state END AS state), u.shipped
FROM stand o
LEFT JOIN under_way u ON u.po_id = o.po_id
LEFT JOIN whole_order w ON w.company = o.company AND w.po_number = o.po_number AND w.release = o.release
CROSS JOIN night n
WHERE o.quantity > 0;

-- What to ask whom for.
CREATE TABLE chase AS
WITH question AS (
  SELECT * FROM (VALUES
    ('ACK-OVERDUE', 'Has the order been received, and when will it ship?'), ('ACK-NOT-ON-ACK', 'What of this line?'),
    ('ACK-HOLD', 'What releases the hold?'),
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
  SELECT CASE w.meaning WHEN 'on-hold' THEN 'ACK-HOLD' ELSE 'ACK-UNEXPLAINED' END, w.company, w.po_number,
    w.release, '', w.supplier, w.partner, p.po_date, w.value, w.currency
  FROM whole_order w JOIN purchase_order p ON p.company = w.company AND p.po_number = w.po_number AND p.release = w.release
  WHERE w.meaning <> 'rejected'
)
SELECT a.supplier, coalesce(v.name, w.name, a.partner) AS name, q.question, a.company, a.po_number, a.release,
  a.line_number, a.code, a.po_date, (n.as_of - a.po_date)::INTEGER AS days,
  a.amount::DECIMAL(18, 2) AS amount, coalesce(a.currency, n.currency) AS currency
FROM asked a
JOIN question q ON q.code = a.code
LEFT JOIN (SELECT supplier, min(name) AS name FROM vendor GROUP BY supplier) v ON v.supplier = a.supplier
LEFT JOIN (SELECT partner, min(partner_name) AS name FROM partner_vendor GROUP BY partner) w ON w.partner = a.partner
CROSS JOIN night n;

-- Changes of the PO that go to the ERP once somebody has accepted them, each by itself: the ERP shows it, or it is asked for again.
CREATE TABLE po_change AS
WITH change AS (
  SELECT f.code, f.keys, f.po_id, f.company, f.po_number, f.release, f.line_number, f.supplier, f.item, f.uom, f.currency, f.factor, f.quantity,
    f.unit_price, f.requested_on, f.promised_on, j.said_base, unnest(CASE f.code
    WHEN 'ACK-PRICE' THEN [{field: 'price', decisions: 'accept-price', quantity: NULL, price: p.price_in_po_unit, day: NULL}]
    WHEN 'ACK-QUANTITY' THEN [{field: 'quantity', decisions: 'accept', quantity: in_units(j.said_base, j.factor), price: NULL, day: NULL}]
    WHEN 'ACK-DATE' THEN [{field: 'promised date', decisions: 'accept', quantity: NULL, price: NULL, day: j.acked_on}]
    WHEN 'ACK-BACKORDERED' THEN [{field: 'promised date', decisions: 'wait', quantity: NULL, price: NULL, day: j.balance_on}]
    WHEN 'ACK-REJECTED' THEN [{field: 'cancel', decisions: 'cancel-line',
      quantity: greatest(j.quantity - in_units(least(j.rejected_base + CASE WHEN j.takes_rest = 'rejected' THEN j.rest ELSE 0 END, j.base),
      j.factor), 0), price: NULL, day: NULL}]
    WHEN 'ACK-NOT-ON-ACK' THEN [{field: 'cancel', decisions: 'cancel-line', quantity: 0, price: NULL, day: NULL}]
  END::STRUCT(field VARCHAR, decisions VARCHAR, quantity DECIMAL(18, 4), price DECIMAL(18, 6), day DATE)[]) AS to_be
  FROM line_finding f
  LEFT JOIN judged j ON j.po_id = f.po_id
  LEFT JOIN priced p ON p.po_id = f.po_id
  UNION ALL
  -- The whole order rejected, to be cancelled: each of its open lines.
  SELECT 'ACK-REJECTED', po_keys(w.company, w.po_number, w.release, w.supplier), o.po_id, o.company, o.po_number,
    o.release, o.line_number, o.supplier,
    o.item, o.uom, o.currency, o.factor, o.quantity, o.unit_price, o.requested_on, o.promised_on, NULL,
    {field: 'cancel', decisions: 'cancel-line', quantity: 0, price: NULL, day: NULL}::STRUCT(field VARCHAR,
      decisions VARCHAR, quantity DECIMAL(18, 4), price DECIMAL(18, 6), day DATE)
  FROM whole_order w
  JOIN whole_order_line o ON o.company = w.company AND o.po_number = w.po_number AND o.release = w.release AND o.quantity > 0
  WHERE w.meaning = 'rejected'
)
SELECT company, po_number, release, line_number, to_be.field AS change, supplier, item, uom, currency,
  quantity AS old_quantity, to_be.quantity AS new_quantity, unit_price AS old_price, to_be.price AS new_price,
  coalesce(promised_on, requested_on) AS old_date, to_be.day AS new_date,
  code AS needs_code, keys AS needs_keys, to_be.decisions AS needs_decisions
FROM change
WHERE to_be IS NOT NULL AND coalesce(to_be.quantity::VARCHAR, to_be.price::VARCHAR, to_be.day::VARCHAR) IS NOT NULL
  -- A quantity goes out only where it comes to whole ten-thousandths of the order unit.
  AND (to_be.field <> 'quantity' OR to_be.quantity::DECIMAL(19, 4) * factor = said_base)
  -- The backorder's date the ERP has already.
  AND NOT (to_be.field = 'promised date' AND to_be.day IS NOT DISTINCT FROM promised_on);

INSERT INTO outcome
SELECT place, label, explanation, count(a.po_number), coalesce(sum(a.value), 0)
FROM (VALUES
  (1, 'Accepted', 'acknowledged as ordered, line by line or by an 855 that accepts what it does not name', ['accepted', 'accepted, not named']),
  (2, 'Different', 'acknowledged otherwise than ordered: price, quantity, unit, date, part, or nothing anybody can see',
    ['differs', 'substituted', 'not understood']),
  (3, 'Not coming', 'rejected, backordered or on hold', ['rejected', 'backordered', 'on hold']),
  (4, 'Open at the supplier', 'left out, overdue, or with price or date pending', ['left out', 'overdue', 'pending']),
  (5, 'Not sent', 'no 850 was sent', ['not sent']),
  (6, 'Awaited', 'within the partner''s time, or under way without an 855', ['awaited', 'not acknowledged, under way'])
) AS o(place, label, explanation, states)
LEFT JOIN acknowledgments a ON list_contains(o.states, a.state)
GROUP BY place, label, explanation;

INSERT INTO control_total BY NAME
WITH counted AS (
  SELECT state IN ('accepted', 'accepted, not named') AS is_matched,
    state IN ('awaited', 'not acknowledged, under way') AS is_waiting, value FROM acknowledgments
)
SELECT 1 AS place, 'Open PO lines' AS section, 'number' AS name, 'count' AS measure, count(*) AS taken, count(*) FILTER (is_matched) AS matched,
  count(*) FILTER (NOT is_matched AND NOT is_waiting) AS in_exception, count(*) FILTER (is_waiting) AS waiting, 0 AS duplicate
FROM counted
UNION ALL
SELECT 2, 'Open PO lines', 'amount', 'amount', coalesce(sum(value), 0), coalesce(sum(value) FILTER (is_matched), 0),
  coalesce(sum(value) FILTER (NOT is_matched AND NOT is_waiting), 0), coalesce(sum(value) FILTER (is_waiting), 0), 0
FROM counted
UNION ALL
SELECT 3, 'Acknowledgments (855)', 'documents', 'count', count(*),
  count(*) FILTER (how = 'found' AND document_id IN (SELECT document_id FROM standing)),
  count(*) FILTER (how <> 'found' AND NOT is_old), count(*) FILTER (is_old),
  count(*) FILTER (how = 'found' AND document_id NOT IN (SELECT document_id FROM standing))
FROM answer;
