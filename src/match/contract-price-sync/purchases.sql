-- Contract lines that count, and what was bought: order lines with the item they are of and the contract line in force on the PO date.

CREATE TABLE agreed AS
SELECT row_number() OVER (ORDER BY supplier, item, uom, effective_from, contract) AS agreed_id, *,
  coalesce(effective_to, DATE '9999-12-31') AS last_day, coalesce(priority, 2147483647) AS turn
FROM contract_price
WHERE NOT coalesce(on_hold, false)
-- Two ERPs may extract one line; it is one.
QUALIFY row_number() OVER (PARTITION BY contract, supplier, item, uom, effective_from ORDER BY source_file, source_record) = 1;

-- A line without an item number is of the item that its supplier's part, or its manufacturer part, stands for, where that is one.
CREATE TABLE purchase AS
SELECT p.*, coalesce(nullif(p.item, ''), v.item, m.item) AS bought_item, coalesce(nullif(p.category, ''), r.category) AS any_category,
  po_name(p.po_number, p.release) || ' line ' || p.line_number AS name, p.quantity::DECIMAL(18, 4) * p.factor AS base
FROM measured_of('po_row') p
CROSS JOIN night n
LEFT JOIN (
  SELECT supplier, bare_id(vendor_item) AS part, min(item) AS item FROM agreed WHERE bare_id(vendor_item) <> ''
    GROUP BY ALL HAVING count(DISTINCT item) = 1
) v ON v.supplier = p.supplier AND v.part = CASE WHEN coalesce(p.item, '') = '' THEN bare_id(p.vendor_item) END
LEFT JOIN (
  SELECT bare_id(manufacturer_part) AS part, min(item) AS item FROM item WHERE bare_id(manufacturer_part) <> ''
    GROUP BY ALL HAVING count(DISTINCT item) = 1
) m ON m.part = CASE WHEN coalesce(p.item, '') = '' THEN bare_id(p.manufacturer_part) END
LEFT JOIN product r ON r.item = coalesce(nullif(p.item, ''), v.item, m.item)
WHERE p.status <> 'cancelled' AND (p.status = 'open' OR n.as_of - p.po_date <= n.look_back_days);

-- Every contract line that covers a purchase on its PO date, whoever sells, with how many base units its unit holds.
CREATE TABLE covering AS
SELECT p.po_id, c.agreed_id, c.contract, c.supplier AS contract_supplier, c.uom AS contract_uom,
  c.unit_price AS contract_price, c.turn, c.effective_from,
  c.source_file AS contract_file, c.source_record AS contract_record, c.supplier = p.supplier AS is_theirs,
  factor_of(c.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS contract_factor
FROM purchase p
JOIN agreed c ON c.item = p.bought_item AND p.po_date BETWEEN c.effective_from AND c.last_day
LEFT JOIN pack k ON k.item = p.bought_item AND k.uom = c.uom
LEFT JOIN generic_unit g ON g.from_uom = c.uom AND g.to_uom = p.own_base;

-- The smallest priority number first, then one in the ordered unit, the later start, the lower price.
CREATE TABLE in_force AS
SELECT c.*
FROM covering c JOIN purchase p ON p.po_id = c.po_id
WHERE c.is_theirs
QUALIFY row_number() OVER (
  PARTITION BY c.po_id
  ORDER BY c.turn, c.contract_uom <> p.uom, c.contract_factor IS NULL, c.effective_from DESC, c.contract_price, c.contract
) = 1;

INSERT INTO finding BY NAME
SELECT 'XREF-UOM' AS code, json_object('supplier', p.supplier, 'item', p.bought_item, 'contract', f.contract,
  'uom', f.contract_uom)::VARCHAR AS keys, 0 AS amount,
  'Contract ' || f.contract || ' prices item ' || p.bought_item || ' per ' || f.contract_uom || '; it is ordered in '
    || string_agg(DISTINCT p.uom, ', ' ORDER BY p.uom)
    || ', and nothing says how one becomes the other' AS message,
  json_object('contract unit', f.contract_uom, 'ordered in', string_agg(DISTINCT p.uom, ', ' ORDER BY p.uom))::VARCHAR AS compared,
  places([place(min(f.contract_file), min(f.contract_record), 'uom', f.contract_uom)]) AS evidence
FROM in_force f JOIN purchase p ON p.po_id = f.po_id
WHERE f.contract_factor IS NULL
GROUP BY p.supplier, p.bought_item, f.contract, f.contract_uom;
