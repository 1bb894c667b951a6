-- REQ-NO-REQUISITION: an order of the window has no requisition behind it, and its category is none that may do without.
CREATE TABLE unasked AS
SELECT o.*
FROM night n CROSS JOIN ordered_unasked((SELECT exempt_categories FROM night)) o
WHERE n.as_of - o.po_date <= n.order_window_days;

INSERT INTO finding BY NAME FROM without_requisition('unasked');
