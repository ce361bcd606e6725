-- The claim that stands for each figure by its source alone: the best kind, of those the latest, of those the
-- one whose id comes first. Reconciliation weighs more (see reconcile.py); this is the plain order.
SELECT
    id, figure, provider, service, jurisdiction, period, category, metric, part, unit, read_low, read_high
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY figure ORDER BY source_rank, source_last_day DESC, id) AS place
    FROM claims
    WHERE read_low IS NOT NULL
) AS ranked
WHERE place = 1
ORDER BY figure
