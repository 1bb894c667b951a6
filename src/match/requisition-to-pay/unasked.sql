-- REQ-NO-REQUISITION: an order of the window has no requisition behind it, and its category is none that may do without. What another workflow
-- told already is told once.
CREATE TABLE unasked AS
SELECT o.*
FROM night n CROSS JOIN ordered_unasked((SELECT exempt_categories FROM night)) o
ANTI JOIN told_unasked k ON k.company = o.company AND k.po_number = o.po_number
  AND coalesce(k.release, '') = o.release AND k.line_number = o.line_number
WHERE n.as_of - o.po_date <= n.order_window_days;

INSERT INTO finding BY NAME FROM without_requisition('unasked');
