-- Check 7: what the lines come to. One row for each half-year whose table counts (`home`), each half-year that
-- brings the change (`half`), row and measure; a correction takes the old line away and adds the new one.

CREATE OR REPLACE TEMP TABLE total AS
WITH change AS (
    SELECT half, home, shape.kind AS kind, shape, 1 AS sign, accounts
    FROM opened JOIN shape USING (shape) WHERE shape.kind <> 'corrected'
    UNION ALL
    SELECT half, chain.home, chain.kind, shape, 1, accounts FROM link JOIN chain USING (i) WHERE chain.done
    UNION ALL
    SELECT half, chain.home, chain.kind, old_shape, -1, old_accounts FROM link JOIN chain USING (i) WHERE chain.done),
summed AS (
    SELECT half, home, kind, shape, sum(sign) AS lines, sum(sign * accounts::HUGEINT) AS accounts
    FROM change GROUP BY ALL),
named AS (
    SELECT half, home, summed.kind, service, jurisdiction, instrument, outcome, reason, marks, lines, accounts
    FROM summed JOIN shape USING (shape)),
measured AS (
    SELECT half, home, service, jurisdiction, instrument, unnest(CASE kind
        WHEN 'received' THEN [{'measure': 'requested', 'count': lines}, {'measure': 'accounts-asked', 'count': accounts}]
            || [{'measure': 'received.' || mark, 'count': lines} FOR mark IN marks]
        WHEN 'follow-up' THEN [{'measure': 'follow-ups', 'count': lines}, {'measure': 'follow-up-accounts', 'count': accounts}]
        ELSE [{'measure': outcome, 'count': lines}, {'measure': 'accounts-disclosed', 'count': accounts},
              {'measure': 'processed', 'count': CASE WHEN outcome IN ('complied', 'partial') THEN lines ELSE 0 END}]
            || CASE WHEN reason = '-' THEN [] ELSE [{'measure': 'reason.' || reason, 'count': lines}] END
            || [{'measure': 'resolved.' || mark, 'count': lines} FOR mark IN marks]
        END, recursive := true)
    FROM named)
SELECT half, home, service, jurisdiction, instrument, measure, sum("count") AS "count"
FROM measured GROUP BY ALL;
