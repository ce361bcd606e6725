-- Two half-years added up to their year, as an interval, beside what is printed for the year.
-- Only counts can be added: percentages and averages are left out.
SELECT
    first.provider,
    first.service,
    first.jurisdiction,
    SUBSTR(first.period, 1, 4) AS period,
    first.category,
    first.metric,
    first.part,
    first.read_low + second.read_low AS low,
    first.read_high + second.read_high AS high,
    printed.read_low AS printed_low,
    printed.read_high AS printed_high
FROM standing AS first
JOIN standing AS second
    ON second.provider = first.provider
    AND second.service = first.service
    AND second.jurisdiction = first.jurisdiction
    AND second.category = first.category
    AND second.metric = first.metric
    AND second.part = first.part
    AND second.period = CONCAT(SUBSTR(first.period, 1, 4), 'H2')
LEFT JOIN standing AS printed
    ON printed.provider = first.provider
    AND printed.service = first.service
    AND printed.jurisdiction = first.jurisdiction
    AND printed.category = first.category
    AND printed.metric = first.metric
    AND printed.part = first.part
    AND printed.period = SUBSTR(first.period, 1, 4)
WHERE first.period LIKE '____H1'
    AND first.unit NOT IN ('percent', 'average')
    AND second.unit NOT IN ('percent', 'average')
ORDER BY
    first.provider, first.service, first.jurisdiction, first.period, first.category, first.metric, first.part
