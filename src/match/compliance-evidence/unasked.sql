-- REQ-NO-REQUISITION: orders of the period without a requisition. What another workflow told already is shown with what became of it, and told once.
CREATE TABLE unasked_line AS
SELECT o.*, k.exception, k.job, k.status AS known_status, k.decision, k.decided_by
FROM ordered_unasked((SELECT exempt_categories FROM night)) o
JOIN period p ON o.po_date BETWEEN p.first_day AND p.last_day
LEFT JOIN told_unasked k ON k.company = o.company AND k.po_number = o.po_number
  AND coalesce(k.release, '') = o.release AND k.line_number = o.line_number
-- Without any requisition there is nothing to hold orders against.
WHERE EXISTS (FROM requisition_line);

CREATE TABLE unasked_news AS SELECT u.*, p.name AS period FROM unasked_line u CROSS JOIN period p WHERE u.exception IS NULL;

INSERT INTO finding BY NAME
SELECT * REPLACE (json_merge_patch(keys, json_object('period', (SELECT name FROM period)))::VARCHAR AS keys) FROM without_requisition('unasked_news');

CREATE TABLE unasked AS
SELECT p.name AS period, u.company, u.po_number, u.release, u.line_number, u.supplier, v.name, u.item, u.category, u.facility, u.po_date, u.amount,
  coalesce(u.currency, n.currency) AS currency,
  CASE WHEN u.exception IS NULL THEN 'told here'
    WHEN u.known_status IN ('decided', 'healed') THEN u.decision || ' by ' || coalesce(u.decided_by, 'a rule') || ' (' || u.exception || ')'
    ELSE u.known_status || ' in ' || u.job || ' (' || u.exception || ')' END AS state
FROM unasked_line u CROSS JOIN period p CROSS JOIN night n
LEFT JOIN vendor_name v ON v.supplier = u.supplier;
