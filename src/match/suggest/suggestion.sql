-- What people said of the number before, by cross-reference, and what was said of it for others.
INSERT INTO reason
SELECT c.asked, c.target, 'said before', CASE WHEN p.state = 'withdrawn' THEN -40 WHEN p.target <> c.target THEN -25 ELSE 20 END,
  min(p.reference) || CASE WHEN p.state = 'withdrawn' THEN ' said so and was withdrawn by ' || min(p.by)
    WHEN p.state = 'ended' THEN ' said until ' || max(p.effective_to) || ' that it is ' || p.target
    ELSE ' says of ' || coalesce(nullif(min(p.partner), ''), 'everybody') || ' that it is ' || p.target END
FROM (SELECT DISTINCT asked, target FROM reason) c
JOIN asked a ON a.asked = c.asked
JOIN said_before p ON p.kind = a.kind AND p.key = a.key AND (p.state <> 'withdrawn' OR (p.target = c.target AND p.partner = a.partner))
GROUP BY c.asked, c.target, p.state, p.target;

-- Each topic counts once. 20 to begin with; 1 and 99 are the ends, because nothing is certain before a person says so.
CREATE TABLE suggestion AS
WITH counted AS (FROM reason QUALIFY row_number() OVER (PARTITION BY asked, target, topic, weight > 0 ORDER BY abs(weight) DESC, said) = 1)
SELECT asked, target, greatest(1, least(99, 20 + sum(weight)))::INTEGER AS confidence,
  coalesce(list(said ORDER BY weight DESC, said) FILTER (weight > 0), []) AS speaks_for,
  coalesce(list(said ORDER BY weight, said) FILTER (weight < 0), []) AS speaks_against
FROM counted
GROUP BY asked, target
QUALIFY row_number() OVER (PARTITION BY asked ORDER BY confidence DESC, target) <= 3;
