-- Where one voice says another number than it said before: the claim and the one before it, by date.
SELECT figure, voice, earlier_id, id, earlier_low, earlier_high, read_low AS low, read_high AS high
FROM (
    SELECT
        figure, voice, id, read_low, read_high,
        LAG(id) OVER (PARTITION BY figure, voice ORDER BY source_last_day, id) AS earlier_id,
        LAG(read_low) OVER (PARTITION BY figure, voice ORDER BY source_last_day, id) AS earlier_low,
        LAG(read_high) OVER (PARTITION BY figure, voice ORDER BY source_last_day, id) AS earlier_high
    FROM claims
    WHERE read_low IS NOT NULL
) AS told
WHERE earlier_id IS NOT NULL AND (earlier_low <> read_low OR earlier_high <> read_high)
ORDER BY figure, voice, id
