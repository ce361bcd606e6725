-- The change on the same half of the year before, as an interval: nothing where a half is missing.
SELECT
    now.provider,
    now.service,
    now.jurisdiction,
    now.period,
    now.category,
    now.metric,
    now.part,
    now.read_low - before.read_high AS low,
    now.read_high - before.read_low AS high
FROM standing AS now
JOIN standing AS before
    ON before.provider = now.provider
    AND before.service = now.service
    AND before.jurisdiction = now.jurisdiction
    AND before.category = now.category
    AND before.metric = now.metric
    AND before.part = now.part
    AND before.unit = now.unit
    AND CAST(SUBSTR(before.period, 1, 4) AS INTEGER) + 1 = CAST(SUBSTR(now.period, 1, 4) AS INTEGER)
    AND SUBSTR(before.period, 5, 2) = SUBSTR(now.period, 5, 2)
WHERE (now.period LIKE '____H1' OR now.period LIKE '____H2') AND before.period LIKE '____H_'
ORDER BY now.provider, now.service, now.jurisdiction, now.period, now.category, now.metric, now.part
