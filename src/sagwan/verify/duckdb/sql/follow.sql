-- Check 6, after requests.sql and jump.sql: what does not follow what it must follow.

INSERT INTO failure
SELECT place, 6, file_of(place, i), 'request ' || printf('%016x', request) || ': this correction cannot replace what it names',
       CASE WHEN supersedes >= i THEN 'an index below ' || i
            WHEN fits AND NOT wins THEN 'entry ' || supersedes || ' is superseded once'
            WHEN NOT is_after THEN 'entry ' || supersedes || ' is opened'
            WHEN NOT is_of_row THEN 'a line of the same request, service, jurisdiction and instrument'
            WHEN NOT has_outcome THEN 'an outcome only if entry ' || supersedes || ' has one'
            ELSE 'entry ' || supersedes || ' is received, resolved, follow-up or a correction of one' END,
       CASE WHEN supersedes >= i THEN supersedes::VARCHAR
            WHEN fits AND NOT wins THEN 'superseded already'
            WHEN NOT is_after THEN 'it is withheld'
            WHEN NOT is_of_row THEN 'another'
            WHEN NOT has_outcome THEN outcome
            ELSE old_kind END, i
FROM link LEFT JOIN chain USING (i)
WHERE NOT coalesce(chain.done, false);

INSERT INTO failure
WITH step AS (
    SELECT place, i, request, kind, (service, jurisdiction, instrument) AS of_row,
           CASE WHEN kind = 'resolved' THEN outcome IN ('complied', 'partial') END AS discloses
    FROM opened JOIN shape USING (shape) WHERE kind <> 'corrected'
    UNION ALL
    SELECT place, i, request, 'corrected', NULL, CASE WHEN chain.kind = 'resolved' THEN outcome IN ('complied', 'partial') END
    FROM link JOIN chain USING (i) WHERE chain.done),
seen AS (
    SELECT *, max(i) OVER earlier AS last_before,
           coalesce(count_if(kind = 'received') OVER earlier, 0) AS received_before,
           coalesce(count_if(kind = 'resolved') OVER earlier, 0) AS resolved_before,
           first_value(CASE WHEN kind = 'received' THEN of_row END IGNORE NULLS) OVER earlier AS first_row,
           last_value(discloses IGNORE NULLS) OVER earlier AS disclosed
    FROM step
    WINDOW earlier AS (PARTITION BY request ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
judged AS (
    SELECT *, CASE
        WHEN kind = 'corrected' THEN NULL
        WHEN last_before >= i THEN ['a line is opened only if all earlier lines of its request are',
                                    'entry ' || last_before || ' was opened before this one']
        WHEN kind = 'received' THEN CASE WHEN received_before > 0 THEN ['received once', 'received already'] END
        WHEN received_before = 0 THEN ['an opened received line before it', 'none']
        WHEN of_row <> first_row
            THEN ['the service, jurisdiction and instrument that were received', 'another']
        WHEN kind = 'resolved' THEN CASE WHEN resolved_before > 0 THEN ['resolved once', 'resolved already'] END
        WHEN resolved_before = 0 THEN ['an opened resolved line before it', 'none']
        WHEN NOT coalesce(disclosed, false) THEN ['resolved as complied or partial', 'resolved otherwise'] END AS wrong
    FROM seen)
SELECT place, 6, file_of(place, i), 'request ' || printf('%016x', request) || ': ' || kind || ' does not follow what it must follow',
       wrong[1], wrong[2], i
FROM judged WHERE wrong IS NOT NULL;
