-- What all services together were asked, by country, period, kind of request and metric: a sum over services
-- that count alike only as far as their words go. Totals and joint figures are not added to their own parts.
SELECT
    jurisdiction,
    period,
    category,
    metric,
    unit,
    COUNT(*) AS services,
    SUM(CAST(read_low AS DECIMAL(28, 0))) AS low,
    SUM(CAST(read_high AS DECIMAL(28, 0))) AS high
FROM standing
WHERE part = '' AND service <> 'all' AND provider NOT LIKE '%+%' AND provider <> 'ministry'
    AND unit NOT IN ('percent', 'average')
GROUP BY jurisdiction, period, category, metric, unit
ORDER BY jurisdiction, period, category, metric, unit
