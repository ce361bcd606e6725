-- What each edition of each source brings: how many claims, on how many countries, from when to when.
SELECT
    provider,
    source_publisher,
    source_date,
    edition,
    COUNT(*) AS claims,
    COUNT(DISTINCT jurisdiction) AS jurisdictions,
    MIN(period) AS first_period,
    MAX(period) AS last_period
FROM claims
GROUP BY provider, source_publisher, source_date, edition
ORDER BY provider, source_publisher, source_date, edition
