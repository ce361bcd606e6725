-- Lines opened late: `index TAB line`, entries that an earlier half-year withheld (after read.sql).

CREATE OR REPLACE TEMP TABLE late AS
SELECT n, place_of(getvariable('half'), true, n) AS place, line,
       CASE WHEN regexp_matches(line, '^(0|[1-9][0-9]{0,17})\t') THEN regexp_extract(line, '^[0-9]+')::UBIGINT END AS i
FROM file_line WHERE line IS NOT NULL;

INSERT INTO failure
SELECT place, 5, getvariable('file'),
       'line ' || n || ': it does not begin with a log index and a TAB', 'index TAB line', shown(line[:80]), NULL
FROM late WHERE i IS NULL;

CREATE OR REPLACE TEMP TABLE late_place AS
SELECT late.*, half_year.half AS home, withheld.i IS NOT NULL AS was_withheld,
       coalesce(max(late.i) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -1) AS before
FROM late
LEFT JOIN half_year ON late.i >= half_year.first AND late.i < half_year.cut AND half_year.half < getvariable('half')
LEFT JOIN withheld ON withheld.i = late.i AND NOT withheld.late
WHERE late.i IS NOT NULL;

INSERT INTO failure
SELECT place, 6, getvariable('file'),
       CASE WHEN i <= before THEN 'late lines are in log order'
            ELSE 'only an entry withheld before can be opened late' END,
       CASE WHEN i <= before THEN 'an index above ' || before
            ELSE 'an entry below ' || getvariable('first') || ' that is withheld' END,
       CASE WHEN i <= before THEN i::VARCHAR ELSE 'entry ' || i || ' is not' END, i
FROM late_place WHERE i <= before OR home IS NULL OR NOT was_withheld;

CREATE OR REPLACE TEMP TABLE raw AS
SELECT i, place, home, line[strlen(i::VARCHAR) + 2 :] AS line
FROM late_place WHERE i > before AND home IS NOT NULL AND was_withheld;
