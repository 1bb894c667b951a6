-- ACK-SUBSTITUTION: something else will ship; nobody but a person accepts that. ACK-PART: another number under a status that does not say so.
-- Each by what is named instead, so that another substitute is another exception. At risk: the line.

-- What the standing statuses and their lines name that is not what was ordered; a substitution that names nothing new too.
CREATE TABLE other_item AS
SELECT j.po_id, s.status = 'IS' AS is_substitution, coalesce(
    CASE WHEN same_item(s.buyer_item, j.item, s.vendor_item, j.vendor_item, s.manufacturer_part, j.manufacturer_part, s.gtin, j.gtin) IS NOT TRUE
      THEN coalesce(s.vendor_item, s.manufacturer_part, s.gtin, s.buyer_item) END,
    CASE WHEN NOT same_item(l.buyer_item, j.item, l.vendor_item, j.vendor_item, l.manufacturer_part, j.manufacturer_part, l.gtin, j.gtin)
      THEN coalesce(l.vendor_item, l.manufacturer_part, l.gtin, l.buyer_item) END, '') AS named,
  s.source_file, s.byte_offset, s.byte_length, s.turn, s.document_id, s.sequence, s.place,
  coalesce(j.vendor_item, j.manufacturer_part, j.item) AS ordered_name, j.value, j.is_substituted
FROM judged j
JOIN stands t ON t.po_id = j.po_id
JOIN said s ON s.po_id = j.po_id AND s.document_id = t.document_id AND s.bucket = 'accepted'
JOIN found l ON l.document_id = s.document_id AND l.sequence = s.sequence
WHERE s.status = 'IS'
  OR NOT same_item(s.buyer_item, j.item, s.vendor_item, j.vendor_item, s.manufacturer_part, j.manufacturer_part, s.gtin, j.gtin)
  OR NOT same_item(l.buyer_item, j.item, l.vendor_item, j.vendor_item, l.manufacturer_part, j.manufacturer_part, l.gtin, j.gtin);

INSERT INTO raised BY NAME
SELECT CASE WHEN is_substitution THEN 'ACK-SUBSTITUTION' ELSE 'ACK-PART' END AS code, po_id, nullif(named, '') AS other, max(value) AS amount,
  CASE WHEN is_substitution AND named = '' THEN 'substituted, and nothing says by what' WHEN is_substitution THEN 'substituted by ' || named
    ELSE 'acknowledged as ' || named END || coalesce(', ordered was ' || max(ordered_name), '') AS message,
  json_object('acknowledged', nullif(named, ''), 'ordered', max(ordered_name))::VARCHAR AS compared,
  arg_max(bytes_at(source_file, byte_offset, byte_length), (turn, document_id, sequence, place)) AS place,
  'ACK08' AS field, named AS value, 'vendor_item' AS po_field, max(ordered_name) AS po_value
FROM other_item
WHERE is_substitution OR NOT is_substituted
GROUP BY po_id, is_substitution, named;
