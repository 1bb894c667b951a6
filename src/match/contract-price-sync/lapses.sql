-- PRICE-EXPIRED: the last contract line of a supplier and item has ended, or ends soon, and none follows. One that ended is told for as long
-- as the item is still bought; soon after its end always.
CREATE TABLE lapsing AS
WITH last AS (
  SELECT * FROM agreed
  QUALIFY row_number() OVER (PARTITION BY supplier, item ORDER BY last_day DESC, turn, contract) = 1
)
SELECT l.*, coalesce(b.lines, 0) AS lines_after, coalesce(b.spend, 0) AS spend_after
FROM last l CROSS JOIN night n
LEFT JOIN (
  SELECT l.agreed_id, count(*) AS lines, sum(worth(p.base, p.unit_price, p.per, p.factor)) AS spend
  FROM last l JOIN purchase p ON p.supplier = l.supplier AND p.bought_item = l.item AND p.po_date > l.last_day
  GROUP BY l.agreed_id
) b ON b.agreed_id = l.agreed_id
WHERE l.last_day <= n.as_of + n.expiring_days AND (l.last_day >= n.as_of - n.expiring_days OR b.lines > 0);

INSERT INTO finding BY NAME
SELECT 'PRICE-EXPIRED' AS code, json_object('supplier', supplier, 'item', item, 'contract', contract)::VARCHAR AS keys,
  spend_after::DECIMAL(18, 2) AS amount,
  'Contract ' || contract || ' for item ' || item || ' of supplier ' || supplier
    || CASE WHEN last_day < as_of THEN ' ended on ' ELSE ' ends on ' END || last_day
    || ', and no other follows' || CASE WHEN lines_after > 0 THEN '; bought since on ' || lines_after
      || CASE WHEN lines_after = 1 THEN ' line for ' ELSE ' lines for ' END || money(spend_after) ELSE '' END AS message,
  json_object('last day', last_day::VARCHAR, 'business day', as_of::VARCHAR, 'days looked ahead', expiring_days::VARCHAR)::VARCHAR AS compared,
  places([place(source_file, source_record, 'effective_to', last_day)]) AS evidence
FROM lapsing CROSS JOIN night;

-- PRICE-OVERLAP: two lines for one supplier, item, unit and day, of one priority. At risk: what their prices make of a difference on what was
-- bought in those days.
CREATE TABLE overlapping AS
SELECT a.supplier, a.item, a.uom, a.contract AS one, b.contract AS other, a.unit_price AS one_price, b.unit_price AS other_price,
  greatest(a.effective_from, b.effective_from) AS from_day, least(a.last_day, b.last_day) AS to_day, a.priority,
  a.source_file AS one_file, a.source_record AS one_record, b.source_file AS other_file, b.source_record AS other_record
FROM agreed a
JOIN agreed b ON b.supplier = a.supplier AND b.item = a.item AND b.uom = a.uom AND b.turn = a.turn AND a.agreed_id < b.agreed_id
  AND a.effective_from <= b.last_day AND b.effective_from <= a.last_day;

INSERT INTO finding BY NAME
SELECT 'PRICE-OVERLAP' AS code, json_object('supplier', o.supplier, 'item', o.item, 'uom', o.uom, 'contract',
  o.one, 'other', o.other, 'date', o.from_day::VARCHAR)::VARCHAR AS keys,
  coalesce(b.amount, 0)::DECIMAL(18, 2) AS amount,
  'Contracts ' || o.one || ' (' || money(o.one_price) || ') and ' || o.other || ' (' || money(o.other_price)
    || ') both price item ' || o.item || ' of supplier ' || o.supplier
    || ' per ' || o.uom || ' from ' || o.from_day || CASE WHEN o.to_day = DATE '9999-12-31' THEN ' on' ELSE ' to ' || o.to_day END
      || ', and neither goes first'
    || CASE WHEN o.one_price <> o.other_price THEN ': either price is taken as right until one does' ELSE '' END AS message,
  json_object(o.one, money(o.one_price), o.other, money(o.other_price), 'priority of both', coalesce(o.priority::VARCHAR, 'none'),
    'order lines of these days', coalesce(b.lines, 0)::VARCHAR)::VARCHAR AS compared,
  places([place(o.one_file, o.one_record, 'unit_price', plain(o.one_price)),
    place(o.other_file, o.other_record, 'unit_price', plain(o.other_price))]) AS evidence
FROM overlapping o CROSS JOIN night n
LEFT JOIN (
  SELECT o.supplier, o.item, o.uom, o.one, o.other, o.from_day, count(*) AS lines,
    sum(abs(extended(p.quantity, o.one_price, 1) - extended(p.quantity, o.other_price, 1))) AS amount
  FROM overlapping o JOIN purchase p ON p.supplier = o.supplier AND p.bought_item = o.item AND p.uom = o.uom
    AND p.po_date BETWEEN o.from_day AND o.to_day
  GROUP BY ALL
) b ON b.supplier = o.supplier AND b.item = o.item AND b.uom = o.uom AND b.one = o.one AND b.other = o.other AND b.from_day = o.from_day
WHERE o.to_day >= n.as_of OR b.amount IS NOT NULL;
