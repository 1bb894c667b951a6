-- Where the rules put what they found. Everything here leaves the engine; see matcher.ts.

-- A discrepancy: the keys it is known by again tomorrow, what was compared, and where each value stands.
CREATE TABLE finding (
  code VARCHAR NOT NULL,
  -- JSON, only names of canonical/finding.ts; NULL and '' are left out.
  keys VARCHAR NOT NULL,
  amount DECIMAL(18, 2) NOT NULL,
  -- NULL: the workspace's.
  currency VARCHAR,
  message VARCHAR NOT NULL,
  -- JSON: name -> exact text.
  compared VARCHAR NOT NULL,
  -- JSON as tolerance.sql writes it; NULL where none applied.
  tolerance VARCHAR,
  -- JSON list as places() makes it.
  evidence VARCHAR NOT NULL
);

-- Everything that came in and where it went: taken = matched + in_exception + waiting + duplicate + quarantined, or the run stops.
CREATE TABLE control_total (
  place INTEGER NOT NULL,
  section VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  -- count or amount
  measure VARCHAR NOT NULL,
  taken DECIMAL(38, 4) NOT NULL,
  matched DECIMAL(38, 4) NOT NULL DEFAULT 0,
  in_exception DECIMAL(38, 4) NOT NULL DEFAULT 0,
  waiting DECIMAL(38, 4) NOT NULL DEFAULT 0,
  duplicate DECIMAL(38, 4) NOT NULL DEFAULT 0,
  quarantined DECIMAL(38, 4) NOT NULL DEFAULT 0
);

-- What became of what was compared, as the summary and the first page of the workbook say it.
CREATE TABLE outcome (
  place INTEGER NOT NULL,
  label VARCHAR NOT NULL,
  explanation VARCHAR NOT NULL,
  count BIGINT NOT NULL,
  amount DECIMAL(38, 2)
);
