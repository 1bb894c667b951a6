CREATE TABLE overpaid AS
SELECT company, po_number, coalesce(release, '') AS release, line_number, document, coalesce(invoice_number, '') AS invoice_number,
  supplier, bought_item AS item, po_date, contract,
  unit_price, per * 1 AS per, uom, expected_price, greatest(difference, 0)::DECIMAL(18, 2) AS overpaid,
  coalesce(nullif(currency, ''), (SELECT currency FROM night)) AS currency
FROM overpriced;

CREATE TABLE off_contract_spend AS
SELECT company, po_number, coalesce(release, '') AS release, line_number, supplier, item, description, po_date,
  quantity, uom, unit_price, spend, contract, contract_supplier,
  contract_price, contract_uom, overpaid, coalesce(currency, (SELECT currency FROM night)) AS currency
FROM off_contract;

-- A field goes only to a system that does not own it: prices to the ERP only where the price file owns them.
CREATE TABLE price_load AS
SELECT contract, supplier, item, vendor_item, uom, CASE WHEN state = 'new' OR is_other_unit THEN 'add' ELSE 'change' END AS action, unit_price,
  effective_from, CASE WHEN ownership['effective_to'] = 'price-file' THEN effective_to END AS effective_to,
  CASE state WHEN 'changed' THEN 'OWN-VIOLATION' WHEN 'differs' THEN 'PRICE-CONTRACT' END AS needs_code,
  CASE WHEN state <> 'new' THEN json_object('supplier', supplier, 'item', item, 'uom', uom, 'contract',
    erp_contract, 'document', 'price file')::VARCHAR END AS needs_keys,
  CASE state WHEN 'changed' THEN 'reject-change' WHEN 'differs' THEN 'accept-price' END AS needs_decisions
FROM price_change CROSS JOIN night
-- What the ERP shall take needs the contract it stands under.
WHERE state <> 'agrees' AND ownership['unit_price'] = 'price-file' AND contract IS NOT NULL;

INSERT INTO outcome
SELECT 1, 'At contract price', 'order lines whose price is that of the contract in force, within tolerance',
  count(*), coalesce(sum(worth(p.base, p.unit_price, p.per, p.factor)), 0)
FROM purchase p JOIN in_force f ON f.po_id = p.po_id WHERE p.po_id NOT IN (SELECT po_id FROM overpriced)
UNION ALL
SELECT 2, 'Off the contract price', 'order lines ordered, acknowledged or billed at another price; the money is what is paid too much',
  count(DISTINCT po_id), coalesce(sum(greatest(difference, 0)), 0)
FROM overpriced
UNION ALL
SELECT 3, 'Off contract', 'order lines of an item that another supplier has a contract for; the money is what was spent',
  count(*), coalesce(sum(spend), 0) FROM off_contract
UNION ALL
SELECT 4, 'Without a contract', 'order lines that no contract covers', count(*), coalesce(sum(worth(p.base, p.unit_price, p.per, p.factor)), 0)
FROM purchase p WHERE p.po_id NOT IN (SELECT po_id FROM covering)
UNION ALL
SELECT 5, 'Prices that change', 'lines of the price file that say something else than the ERP',
  count(*) FILTER (state <> 'agrees'), NULL FROM price_change;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Order lines' AS section, 'lines' AS name, 'count' AS measure, count(*) AS taken,
  count(*) FILTER (po_id IN (SELECT po_id FROM in_force) AND po_id NOT IN (SELECT po_id FROM overpriced)) AS matched,
  count(*) FILTER (po_id IN (SELECT po_id FROM overpriced) OR po_id NOT IN (SELECT po_id FROM in_force)
    AND po_id IN (SELECT po_id FROM covering)) AS in_exception,
  count(*) FILTER (po_id NOT IN (SELECT po_id FROM covering)) AS waiting
FROM purchase;
