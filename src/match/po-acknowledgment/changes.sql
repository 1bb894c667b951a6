-- What suppliers changed, remembered from night to night as long as the line is open: once the ERP has it, nothing differs any more, and yet
-- the supplier said nothing wrong.

CREATE TABLE changed_tonight AS
SELECT j.company, j.po_number, j.release, j.line_number, unnest(list_filter([
    CASE WHEN coalesce(p.differs, false) THEN 'price' END,
    CASE WHEN j.is_unconverted OR j.accepted_base <> j.base THEN 'quantity' END,
    -- A date with nothing to be held against is believed.
    CASE WHEN coalesce(j.acked_on <> j.wanted_on, j.acked_on IS NOT NULL) THEN 'date' END,
    CASE WHEN j.is_other_unit OR j.po_id IN (SELECT po_id FROM other_item) THEN 'item' END
  ], field -> field IS NOT NULL)) AS field
FROM judged j
LEFT JOIN priced p ON p.po_id = j.po_id
WHERE j.is_alive;

CREATE TABLE acknowledged_change AS
SELECT company, po_number, release, line_number, field FROM changed_tonight
UNION
SELECT o.company, o.po_number, o.release, o.line_number, r.field
FROM (
  SELECT row->>'company' AS company, row->>'po_number' AS po_number, coalesce(row->>'release', '') AS release, row->>'line_number' AS line_number, row->>'field' AS field
  FROM remembered WHERE result = 'acknowledged_change'
) r
JOIN ordered o ON o.company = r.company AND o.po_number = r.po_number AND o.release = r.release AND o.line_number = r.line_number AND o.is_open;
