-- Lines that no 855 names. What that means stands in the 855s of the order (BAK02); where there is none, the partner's time decides.

-- Shipped or received: the goods speak for the answer that did not come.
CREATE VIEW shipped_order AS
SELECT row_number() OVER () AS said_id, * FROM (SELECT DISTINCT partner, coalesce(company, '') AS company,
  po_number, coalesce(release, '') AS release FROM ship_notice_line);
CREATE TABLE under_way AS
WITH shipped AS (
  SELECT o.po_id, l.quantity::DECIMAL(19, 4) * factor_of(l.uom, o.uom, o.factor, o.own_base, k.factor, g.factor) AS base,
    o.factor AS po_factor
  FROM ship_notice_line l
  JOIN po_meant('shipped_order') m
    ON m.partner = l.partner AND m.said_company = coalesce(l.company, '') AND m.said_number = l.po_number
      AND m.said_release = coalesce(l.release, '') AND m.how = 'found'
  JOIN ordered o ON o.company = m.company AND o.po_number = m.po_number AND o.release = m.release
    AND (o.line_number = l.assigned_id OR (l.assigned_id IS NULL AND same_name(l.vendor_item, o.vendor_item)))
  LEFT JOIN pack k ON k.item = CASE WHEN l.uom <> o.uom THEN o.item END AND k.uom = l.uom
  LEFT JOIN generic_unit g ON g.from_uom = CASE WHEN l.uom <> o.uom THEN l.uom END AND g.to_uom = o.own_base
)
SELECT po_id, in_units(base, po_factor) AS shipped, true AS has_shipped
FROM (SELECT po_id, sum(base) AS base, min(po_factor) AS po_factor FROM shipped GROUP BY po_id);

CREATE TABLE unnamed AS
SELECT o.*
FROM unsettled o
ANTI JOIN answered a ON a.po_id = o.po_id
ANTI JOIN whole_order w ON w.company = o.company AND w.po_number = o.po_number AND w.release = o.release
ANTI JOIN not_sent s ON s.company = o.company AND s.po_number = o.po_number AND s.release = o.release
WHERE o.quantity > 0;
CREATE VIEW answer_of_unnamed AS
SELECT s.* FROM standing s SEMI JOIN unnamed u ON u.company = s.company AND u.po_number = s.po_number AND u.release = s.release;
CREATE TABLE silent AS
SELECT o.*, coalesce(a.accepts_silently, false) AS accepts_silently, coalesce(a.is_full, false) AS is_full, a.last_type AS type, a.place, d.due_at,
  coalesce(d.is_over, false) AND n.as_of - o.po_date <= n.look_back_days AS is_over,
  u.has_shipped OR (o.company, o.po_number, o.release, o.line_number) IN (SELECT (company, po_number, coalesce(release, ''), line_number)
    FROM receipt_line) AS is_under_way
FROM unnamed o
LEFT JOIN order_answers('answer_of_unnamed') a ON a.company = o.company AND a.po_number = o.po_number AND a.release = o.release
LEFT JOIN acknowledgment_due d ON d.partner = o.partner AND d.po_date = o.po_date
LEFT JOIN under_way u ON u.po_id = o.po_id
CROSS JOIN night n;

-- The answer to the rest may still come in another 855, as long as the partner's time is not over.
INSERT INTO raised BY NAME
SELECT 'ACK-NOT-ON-ACK' AS code, po_id, value AS amount,
  partner || ' answered the whole order (BAK02 ' || type || ') and not this line, ' || plain(quantity) || ' '
    || uom || '; it was due ' || due_at AS message,
  json_object('BAK02', type, 'ordered', plain(quantity) || ' ' || uom, 'answer due', due_at)::VARCHAR AS compared,
  place, 'BAK02' AS field, type AS value,
  'line_number' AS po_field, line_number AS po_value
FROM silent
WHERE is_full AND NOT accepts_silently AND is_over;

INSERT INTO finding BY NAME
SELECT 'ACK-OVERDUE' AS code, po_keys(company, po_number, release, min(supplier)) AS keys,
  sum(value)::DECIMAL(18, 2) AS amount, min(currency) AS currency,
  po_name(po_number, release) || ' of company ' || company || ', ' || count(*) || CASE WHEN count(*) = 1 THEN ' open line' ELSE ' open lines' END
    || ', dated ' || min(po_date) || ': ' || min(partner) || ' has not acknowledged it; it was due ' || min(due_at) AS message,
  json_object('PO date', min(po_date)::VARCHAR, 'answer due', min(due_at), 'open lines', count(*)::VARCHAR)::VARCHAR AS compared,
  places([place(min(source_file), min(source_record), 'po_number', po_number)]) AS evidence
FROM silent
WHERE type IS NULL AND is_over AND NOT coalesce(is_under_way, false)
GROUP BY company, po_number, release;
