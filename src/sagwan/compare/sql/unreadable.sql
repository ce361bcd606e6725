-- What could not be read, with its text and where it stands: a person can mend it.
SELECT id, figure, value, source_url, sheet
FROM claims
WHERE read_state = 'unreadable'
ORDER BY figure, id
