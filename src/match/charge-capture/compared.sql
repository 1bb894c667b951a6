-- Usage and charges side by side, by case, item and day, in base units.

CREATE TABLE said AS
SELECT 'usage' AS side, usage_row AS row_number, usage AS name, case_hash, identifier, used_on, quantity, uom, NULL::VARCHAR AS charge_code,
  location, NULL::VARCHAR AS facility, NULL::DATE AS charged_on, 0::DECIMAL(18, 2) AS amount, source_file, source_record
FROM usage_event WHERE is_first
UNION ALL
SELECT 'charge', row_number() OVER (ORDER BY charge, source_file, source_record), charge, case_hash, identifier,
  service_date, quantity, NULL, charge_code,
  NULL, coalesce(nullif(facility, ''), nullif(company, '')), charged_on, amount, source_file, source_record
FROM charge_line;

CREATE TABLE meant AS FROM items_meant('said');

-- What the chargemaster asks for an item on a day: that of the facility before that of all.
CREATE TABLE asked AS
SELECT s.side, s.row_number, c.charge_code, c.price, c.uom, k.factor
FROM said s
JOIN meant m ON m.identifier = s.identifier AND m.used_on = s.used_on AND m.items = 1
LEFT JOIN place_meant l ON l.location = s.location AND l.companies = 1
JOIN chargemaster c ON c.item = m.item AND s.used_on BETWEEN c.effective_from AND coalesce(c.effective_to, s.used_on)
  AND coalesce(c.facility, '') IN ('', coalesce(s.facility, l.facility, '')) AND c.charge_code = coalesce(nullif(s.charge_code, ''), c.charge_code)
LEFT JOIN pack k ON k.item = c.item AND k.uom = c.uom
QUALIFY row_number() OVER (PARTITION BY s.side, s.row_number
  ORDER BY coalesce(c.facility, '') = '', c.effective_from DESC, c.charge_code, c.uom, c.price) = 1;

-- A charge is counted in the unit that the chargemaster charges; usage in its own.
CREATE TABLE told AS
SELECT s.* EXCLUDE (uom), m.items, m.item, m.named,
  -- The unit in question: that of the usage, unless it is known and the chargemaster's is not.
  CASE WHEN s.side = 'usage' AND (k.factor IS NULL OR a.charge_code IS NULL) THEN s.uom ELSE a.uom END AS uom,
    a.charge_code IS NOT NULL AS is_billable, a.price, a.factor AS charge_factor,
  (s.quantity * CASE WHEN s.side = 'usage' THEN k.factor ELSE a.factor END)::DECIMAL(38, 8) AS base, coalesce(s.facility, l.facility) AS at_facility,
  CASE
    WHEN coalesce(m.items, 0) = 0 THEN 'item unknown'
    WHEN m.items > 1 THEN 'item not clear'
    WHEN s.side = 'usage' AND k.factor IS NULL THEN 'unit unknown'
    WHEN a.charge_code IS NOT NULL AND a.factor IS NULL THEN 'unit unknown'
  END AS unclear
FROM said s
LEFT JOIN meant m ON m.identifier = s.identifier AND m.used_on = s.used_on
LEFT JOIN asked a ON a.side = s.side AND a.row_number = s.row_number
LEFT JOIN pack k ON k.item = m.item AND m.items = 1 AND k.uom = s.uom
LEFT JOIN place_meant l ON l.location = s.location AND l.companies = 1;

CREATE MACRO side_of(which) AS TABLE
SELECT case_hash, item, used_on, sum(base) AS base, sum(amount) AS amount, bool_or(is_billable) AS is_billable, min(price) AS price,
  min(charge_factor) AS charge_factor, min(at_facility) AS facility, min(charged_on) AS charged_on,
  string_agg(DISTINCT name, ', ' ORDER BY name) AS names,
  -- A charge without an entry of the chargemaster has no unit: its quantity cannot be held against usage.
  bool_or(base IS NULL) AS is_unmeasured,
  list(place(source_file, source_record, which, plain(quantity)) ORDER BY row_number) AS places
FROM told
WHERE side = which AND unclear IS NULL
GROUP BY case_hash, item, used_on;

CREATE TABLE compared AS
SELECT coalesce(u.case_hash, c.case_hash) AS case_hash, coalesce(u.item, c.item) AS item, coalesce(u.used_on, c.used_on) AS used_on,
  coalesce(c.facility, u.facility) AS facility, coalesce(u.base, 0)::DECIMAL(38, 8) AS used, coalesce(c.base, 0)::DECIMAL(38, 8) AS charged,
  coalesce(c.amount, 0)::DECIMAL(18, 2) AS amount, u.names AS usages, c.names AS charges, c.charged_on, p.base_uom,
  coalesce(c.is_unmeasured, false) AS is_unmeasured, coalesce(u.price, c.price) AS price, coalesce(u.charge_factor, c.charge_factor) AS charge_factor,
  list_concat(coalesce(u.places, []), coalesce(c.places, []))[:20] AS places,
  CASE
    WHEN coalesce(u.base, 0) <= 0 AND coalesce(c.amount, 0) <= 0 THEN 'agrees'
    WHEN coalesce(u.base, 0) <= 0 AND n.as_of - c.charged_on > n.usage_days THEN 'no usage'
    WHEN coalesce(u.base, 0) <= 0 THEN 'waits for usage'
    WHEN NOT u.is_billable AND c.case_hash IS NULL THEN 'not billable'
    WHEN coalesce(c.amount, 0) <= 0 AND n.as_of - u.used_on > n.charge_days THEN 'no charge'
    WHEN coalesce(c.amount, 0) <= 0 THEN 'waits for its charge'
    WHEN c.is_unmeasured OR u.base <> c.base THEN 'quantity differs'
    ELSE 'agrees'
  END AS state
FROM side_of('usage') u
FULL JOIN side_of('charge') c ON c.case_hash = u.case_hash AND c.item = u.item AND c.used_on = u.used_on
LEFT JOIN product p ON p.item = coalesce(u.item, c.item)
CROSS JOIN night n;
