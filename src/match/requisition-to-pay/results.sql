-- How long each stage takes, facility by facility: of lines that have left it. Days as whole numbers; the median is a day that was.
CREATE TABLE cycle_time AS
SELECT coalesce(nullif(facility, ''), '(none)') AS facility, step,
  count(*) AS lines, quantile_disc(days, 0.5) AS median_days, quantile_disc(days, 0.9) AS ninetieth_days, max(days) AS longest_days
FROM (
  SELECT facility, unnest([
      {step: '1 requested to approved', days: (approved_on - requested_on)::INTEGER},
      {step: '2 approved to ordered', days: (ordered_on - approved_on)::INTEGER},
      {step: '3 ordered to received', days: (received_on - ordered_on)::INTEGER},
      {step: '4 received to invoiced', days: (invoiced_on - received_on)::INTEGER},
      {step: '5 invoiced to paid', days: (paid_on - invoiced_on)::INTEGER},
      {step: '6 requested to paid', days: (paid_on - requested_on)::INTEGER}
    ], recursive := true)
  FROM pipeline
  WHERE stage <> 'cancelled'
)
WHERE days IS NOT NULL
GROUP BY ALL;

INSERT INTO outcome
SELECT place, label, explanation, count(p.requisition), coalesce(sum(p.amount), 0)
FROM (VALUES
  (1, 'Requested', 'waits for its approval', 'requested'),
  (2, 'Approved', 'waits to be ordered', 'approved'),
  (3, 'Ordered', 'waits for its goods', 'ordered'),
  (4, 'Received', 'waits for its invoice', 'received'),
  (5, 'Invoiced', 'waits for its payment', 'invoiced'),
  (6, 'Paid', 'done', 'paid'),
  (7, 'Closed without an order', 'nothing was bought', 'closed without an order'),
  (8, 'Closed with its order', 'the order was closed, nothing received or billed', 'closed with its order'),
  (9, 'Order not extracted', 'it was ordered, and the extracts of orders lack that line', 'order not extracted'),
  (10, 'Cancelled', 'requisition or order cancelled', 'cancelled')
) AS o(place, label, explanation, stage)
LEFT JOIN pipeline p ON p.stage = o.stage
GROUP BY place, label, explanation;

INSERT INTO control_total BY NAME
SELECT 1 AS place, 'Requisition lines' AS section, 'number' AS name, 'count' AS measure, (SELECT count(*) FROM requisition_line) AS taken,
  count(*) FILTER (stage IN ('paid', 'cancelled', 'closed without an order', 'closed with its order')) AS matched,
  count(*) FILTER (coalesce(days_in_stage > allowed, false)) AS in_exception,
  count(*) FILTER (stage NOT IN ('paid', 'cancelled', 'closed without an order', 'closed with its order')
    AND NOT coalesce(days_in_stage > allowed, false)) AS waiting
FROM pipeline;
