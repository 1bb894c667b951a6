-- The tolerances of the lines and invoices that are looked at (tolerance.sql says how they are chosen).
CREATE TABLE three_way.scope_in_use AS
SELECT DISTINCT scope FROM three_way.doubtful UNION SELECT DISTINCT scope FROM three_way.sum_of_bill;
CREATE TABLE three_way.allowed AS FROM three_way.allowed_of('three_way.scope_in_use');
