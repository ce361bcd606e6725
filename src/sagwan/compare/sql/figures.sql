-- Each figure: how many claims and voices speak of it, and between what numbers.
SELECT
    figure,
    COUNT(*) AS claims,
    COUNT(DISTINCT voice) AS voices,
    COUNT(read_low) AS numbers,
    MIN(read_low) AS least,
    MAX(read_high) AS greatest
FROM claims
GROUP BY figure
ORDER BY figure
