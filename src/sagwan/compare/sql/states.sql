-- How many claims of each provider are in which state.
SELECT provider, read_state AS state, COUNT(*) AS claims
FROM claims
GROUP BY provider, read_state
ORDER BY provider, read_state
