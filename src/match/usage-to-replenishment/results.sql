-- What people read and what goes out. What cannot be told is no row of a load.
CREATE TABLE usage_state AS
SELECT j.*, CASE
    WHEN unclear IS NOT NULL THEN unclear
    WHEN is_posted THEN 'issued'
    WHEN lacks_lot THEN 'lot missing'
    WHEN is_late THEN 'period closed'
    WHEN is_bill_only THEN 'bill-only'
    WHEN NOT is_stocked THEN 'not from stock'
    WHEN after_usage < 0 THEN 'stock negative'
    ELSE 'to be issued'
  END AS state
FROM judged j
LEFT JOIN (SELECT company AS at_company, location AS at_location, item AS at_item, after_usage FROM effect WHERE pending > 0) e
  ON e.at_company = j.company AND e.at_location = j.stock_location AND e.at_item = j.item;

CREATE TABLE usage AS
SELECT case_hash, line, usage, used_on, facility, location, cost_center, identifier, item, description, quantity, uom,
  base::DECIMAL(18, 4) AS base_quantity, base_uom, lot, serial, cost, state, usage_row
FROM usage_state;

CREATE TABLE stock_effect AS
SELECT company, location, item, on_hand::DECIMAL(18, 4) AS on_hand, pending::DECIMAL(18, 4) AS used, lines,
  after_usage::DECIMAL(18, 4) AS after_usage,
  on_order::DECIMAL(18, 4) AS on_order, reorder_point::DECIMAL(18, 4) AS reorder_point, par::DECIMAL(18, 4) AS par, base_uom
FROM effect
WHERE pending <> 0;

-- An order goes when somebody has decided so, or at once where the job says so.
CREATE TABLE reorder_proposal AS
SELECT p.company, p.location, p.item, p.order_item, i.description, p.after_usage::DECIMAL(18, 4) AS after_usage,
  p.par::DECIMAL(18, 4) AS par, p.base_uom,
  p.order_supplier AS supplier, p.vendor_item, p.order_quantity::DECIMAL(18, 4) AS quantity, p.order_uom AS uom, p.unit_price, p.contract,
  coalesce(extended(p.order_quantity, p.unit_price, 1), 0)::DECIMAL(18, 2) AS amount, n.currency,
  coalesce(p.order_quantity > 0, false) AS can_be_ordered,
  CASE WHEN n.order_at_once THEN NULL ELSE 'STOCK-REORDER' END AS needs_code,
  json_object('company', p.company, 'location', p.location, 'item', p.item)::VARCHAR AS needs_keys, 'order' AS needs_decisions
FROM proposal p CROSS JOIN night n
LEFT JOIN (SELECT item, min(description) AS description FROM item GROUP BY item) i ON i.item = coalesce(p.order_item, p.item);

CREATE TABLE replenishment AS SELECT * FROM reorder_proposal WHERE can_be_ordered;

-- One issue a usage line. The first exception that holds it must be decided: the lot, the closed period, the negative stock.
CREATE TABLE inventory_issue AS
SELECT company, usage, item, stock_location AS location, (-rest)::DECIMAL(18, 4) AS quantity, base_uom AS uom,
  CASE state WHEN 'period closed' THEN documented_on ELSE used_on END AS transacted_on, cost_center, issue_account AS account,
  nullif(lot, '') AS lot, nullif(serial, '') AS serial,
  CASE WHEN coalesce(lot, serial, '') <> '' THEN usage END AS lot_serial_key, case_hash AS case_reference, cost,
  CASE state WHEN 'lot missing' THEN 'USE-LOT-MISSING' WHEN 'period closed' THEN 'USE-LATE'
    WHEN 'stock negative' THEN 'USE-NEGATIVE-STOCK' END AS needs_code,
  CASE WHEN state = 'stock negative' THEN json_object('company', company, 'location', stock_location, 'item', item)::VARCHAR
    ELSE usage_keys(case_hash, line, item) END AS needs_keys,
  CASE WHEN state = 'lot missing' THEN 'waive' ELSE 'accept' END AS needs_decisions
FROM usage_state
WHERE is_pending AND quantity <> 0 AND state IN ('to be issued', 'lot missing', 'period closed', 'stock negative');

CREATE TABLE inventory_issue_lot AS SELECT *, CASE WHEN serial IS NOT NULL THEN usage END AS serial_key FROM inventory_issue WHERE lot IS NOT NULL;
CREATE TABLE inventory_issue_serial AS SELECT * FROM inventory_issue WHERE serial IS NOT NULL;

-- What a line cost, from the stock account to the cost centre, in the layout of gl-posting: a journal a usage line, until the ledger shows it.
-- Where no ledger is extracted, until the ERP's own issue speaks for it.
CREATE TABLE journal_load AS
SELECT i.company, 'USE' AS source, 0 AS sequence, i.usage AS journal, s.line, i.cost_center, s.account, strftime(i.transacted_on, '%Y-%m') AS period,
  i.transacted_on AS posting_date, CASE WHEN s.amount > 0 THEN s.amount ELSE 0 END::DECIMAL(18, 2) AS debit,
  CASE WHEN s.amount < 0 THEN -s.amount ELSE 0 END::DECIMAL(18, 2) AS credit, s.amount, n.currency,
  'Item ' || i.item || ' used at ' || i.location AS description, i.needs_code, i.needs_keys, i.needs_decisions
FROM inventory_issue i CROSS JOIN night n,
  LATERAL (VALUES ('1', coalesce(i.account, nullif(n.issue_account, '')), i.cost::DECIMAL(18, 2)),
    ('2', nullif(n.stock_account, ''), (-i.cost)::DECIMAL(18, 2))) AS s(line, account, amount)
WHERE i.cost <> 0 AND n.stock_account <> '' AND coalesce(i.account, n.issue_account) <> ''
  AND NOT EXISTS (FROM ledger_line l WHERE l.source = 'USE' AND l.journal = i.usage);

INSERT INTO outcome
SELECT place, label, explanation, count(u.usage), coalesce(sum(u.cost), 0)
FROM (VALUES
  (1, 'Issued', 'in the inventory transactions of the ERP', ['issued']),
  (2, 'To be issued', 'clear in every respect; goes to the ERP', ['to be issued']),
  (3, 'Not from our stock', 'bill-only, consignment, or not kept where it was used; no stock moves', ['bill-only', 'not from stock']),
  (4, 'Held', 'a lot is missing, the period is closed, or stock would be negative; somebody must decide',
    ['lot missing', 'period closed', 'stock negative']),
  (5, 'Not understood', 'item, unit, location or cost centre lead nowhere; somebody must map them',
    ['item unknown', 'item not clear', 'unit unknown', 'stock unit unknown', 'location unknown', 'no cost centre']),
  (6, 'Came twice', 'the same event again', ['came twice'])
) AS o(place, label, explanation, states)
LEFT JOIN usage u ON list_contains(o.states, u.state)
GROUP BY place, label, explanation;
INSERT INTO outcome SELECT 7, 'To be reordered', 'at or under the reorder point after usage', count(*),
  coalesce(sum(amount), 0) FROM reorder_proposal;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Usage' AS section, 'lines' AS name, 'count' AS measure, (SELECT count(*) FROM usage_line) AS taken,
  count(*) FILTER (state IN ('issued', 'bill-only', 'not from stock')) AS matched,
  count(*) FILTER (state NOT IN ('issued', 'bill-only', 'not from stock', 'to be issued', 'came twice')) AS in_exception,
  count(*) FILTER (state = 'to be issued') AS waiting, count(*) FILTER (state = 'came twice') AS duplicate
FROM usage;
