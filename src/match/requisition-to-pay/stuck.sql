-- REQ-STUCK: a requisition line stays in a stage longer than the stage may take. At risk: what the line is worth, as far as anyone knows.
INSERT INTO finding BY NAME
SELECT 'REQ-STUCK' AS code,
  json_object('company', company, 'requisition', requisition, 'line', requisition_line, 'field', stage)::VARCHAR AS keys,
  coalesce(amount, 0)::DECIMAL(18, 2) AS amount, currency,
  'Requisition ' || requisition || ' line ' || requisition_line || coalesce(', item ' || nullif(item, ''), '') || ': ' || stage || ' since ' || since
    || ', ' || days_in_stage || ' days; ' || allowed || ' are allowed'
    || coalesce(' (' || po_name(po_number, release) || ' line ' || po_line || ')', '') AS message,
  json_object('stage', stage, 'since', since::VARCHAR, 'days', days_in_stage::VARCHAR, 'days allowed', allowed::VARCHAR,
    'order', po_number)::VARCHAR AS compared,
  places([place(source_file, source_record, 'requisition', requisition),
    CASE WHEN po_file IS NOT NULL THEN place(po_file, po_record, 'po_number', po_number) END]) AS evidence
FROM pipeline
WHERE days_in_stage > allowed;
