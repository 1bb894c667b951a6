-- PRICE-OFF-CONTRACT: bought without a contract in force with the supplier, while another supplier's contract covers the item that day. At
-- risk: the spend; beside it what the contract would have saved.
CREATE TABLE off_contract AS
SELECT p.company, p.po_number, p.release, p.line_number, p.name, p.po_date, p.supplier, p.bought_item AS item,
  p.description, p.quantity, p.uom, p.unit_price,
  nullif(p.currency, '') AS currency, c.contract, c.contract_supplier, c.contract_price, c.contract_uom,
  c.contract_file, c.contract_record, p.source_file, p.source_record,
  coalesce(worth(p.base, p.unit_price, p.per, p.factor), 0)::DECIMAL(18, 2) AS spend,
  greatest(worth(p.base, p.unit_price, p.per, p.factor) - worth(p.base, c.contract_price, 1, c.contract_factor), 0)::DECIMAL(18, 2) AS overpaid
FROM purchase p
JOIN covering c ON c.po_id = p.po_id
WHERE p.po_id NOT IN (SELECT po_id FROM in_force)
QUALIFY row_number() OVER (
  PARTITION BY p.po_id ORDER BY c.contract_factor IS NULL,
  price_ratio(c.contract_price::DECIMAL(20, 6) * 1::DECIMAL(5, 4), c.contract_factor::DECIMAL(16, 4)), c.turn, c.contract, c.contract_supplier
) = 1;

INSERT INTO finding BY NAME
SELECT 'PRICE-OFF-CONTRACT' AS code,
  json_object('company', company, 'po', po_number, 'release', release, 'line', line_number, 'supplier', supplier,
    'item', item, 'contract', contract)::VARCHAR AS keys,
  spend AS amount, currency,
  name || ': item ' || item || ' bought from supplier ' || supplier || ' at ' || money(unit_price) || ' per '
    || uom || ' for ' || money(spend) || '; contract ' || contract
    || ' of supplier ' || contract_supplier || ' has it at ' || money(contract_price) || ' per ' || contract_uom
    || CASE WHEN overpaid > 0 THEN ', ' || money(overpaid) || ' less' ELSE '' END AS message,
  json_object('price', money(unit_price) || ' per ' || uom, 'contract price', money(contract_price) || ' per '
    || contract_uom, 'off-contract spend', money(spend),
    'overpaid', money(overpaid))::VARCHAR AS compared,
  places([place(source_file, source_record, 'unit_price', plain(unit_price)),
    place(contract_file, contract_record, 'unit_price', plain(contract_price))]) AS evidence
FROM off_contract;
