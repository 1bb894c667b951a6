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
WHERE j.is_alive
UNION ALL
-- Plainly answered in another unit.
SELECT p.company, p.po_number, coalesce(p.release, ''), p.line_number,
  unnest(CASE WHEN l.promised_on < p.requested_on THEN ['item', 'date'] ELSE ['item'] END)
FROM plain_line l
JOIN po_row p ON p.po_id = l.po_id
WHERE l.is_other_unit;

CREATE TABLE acknowledged_change AS
SELECT company, po_number, release, line_number, field FROM changed_tonight
UNION
SELECT p.company, p.po_number, coalesce(p.release, ''), p.line_number, r.field
FROM (
  SELECT row->>'company' AS company, row->>'po_number' AS po_number, coalesce(row->>'release', '') AS release,
    row->>'line_number' AS line_number, row->>'field' AS field
  FROM remembered WHERE result = 'acknowledged_change'
) r
JOIN po_line p ON p.company = r.company AND p.po_number = r.po_number AND coalesce(p.release, '') = r.release
  AND p.line_number = r.line_number AND p.status = 'open'
JOIN trading t ON t.company = p.company AND t.supplier = p.supplier;
