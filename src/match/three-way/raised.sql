-- Where every rule puts what it found. findings.sql makes findings of it: keys, currency, where each value stands.
CREATE TABLE three_way.raised (
  code VARCHAR NOT NULL,
  turn INTEGER,
  line_id BIGINT,
  po_id BIGINT,
  -- The keys where no PO line gives them.
  company VARCHAR,
  po_number VARCHAR,
  release VARCHAR,
  contract VARCHAR,
  amount DECIMAL(18, 2) NOT NULL,
  message VARCHAR NOT NULL,
  compared VARCHAR NOT NULL,
  tolerance VARCHAR,
  -- Where the numbers stand: element of the invoice, column of the PO line, and any other record.
  billed_field VARCHAR,
  billed_value VARCHAR,
  po_field VARCHAR,
  po_value VARCHAR,
  other STRUCT(file INTEGER, record BIGINT, field VARCHAR, value VARCHAR)
);

-- The lines that may still wait for their receipt (quantity.sql).
CREATE TABLE three_way.waiting (line_id BIGINT, turn INTEGER);
