-- Figures on which no single number can satisfy every claim: the greatest lower end is above the least upper end.
SELECT
    figure,
    COUNT(DISTINCT voice) AS voices,
    MIN(read_low) AS least,
    MAX(read_high) AS greatest
FROM claims
WHERE read_low IS NOT NULL
GROUP BY figure
HAVING MAX(read_low) > MIN(read_high)
ORDER BY figure
