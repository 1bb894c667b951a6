-- The contract line in force for each PO line that is billed tonight, on its PO date: same supplier and item, not on hold, the smallest
-- priority number first, then one in the ordered unit, the later start, the lower price.
CREATE VIEW three_way.billed_po_row AS
FROM three_way.po_line WHERE po_id IN (SELECT po_id FROM three_way.billed WHERE is_open);
CREATE TABLE three_way.contracted AS
SELECT p.po_id, p.po_date, p.supplier AS contract_supplier, coalesce(c.priority, 2147483647) AS contract_turn, c.contract, c.uom AS contract_uom, c.unit_price AS contract_price, c.source_file, c.source_record,
  three_way.factor_of(c.uom, p.uom, p.factor, p.own_base, k.factor, g.factor)::DECIMAL(12, 4) AS contract_factor
FROM three_way.po_of('three_way.billed_po_row') p
JOIN three_way.contract_price c
  ON c.supplier = p.supplier AND c.item = p.item
  AND p.po_date >= c.effective_from AND p.po_date <= coalesce(c.effective_to, DATE '9999-12-31')
  AND NOT coalesce(c.on_hold, false)
LEFT JOIN three_way.pack k ON k.item = p.item AND k.uom = c.uom
LEFT JOIN three_way.generic g ON g.from_uom = c.uom AND g.to_uom = p.own_base
QUALIFY row_number() OVER (
  PARTITION BY p.po_id
  ORDER BY coalesce(c.priority, 2147483647), c.uom <> p.uom, contract_factor IS NULL, c.effective_from DESC, c.unit_price, c.contract
) = 1;
