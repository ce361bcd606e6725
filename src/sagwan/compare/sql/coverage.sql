-- What is known of each service, country and period: figures, and those that have a number.
SELECT
    provider,
    service,
    jurisdiction,
    period,
    COUNT(*) AS claims,
    COUNT(DISTINCT figure) AS figures,
    COUNT(DISTINCT CASE WHEN read_low IS NOT NULL THEN figure END) AS figures_with_number
FROM claims
GROUP BY provider, service, jurisdiction, period
ORDER BY provider, service, jurisdiction, period
