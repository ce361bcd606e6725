-- A half-year's own openings: one line for every entry, in log order (after read.sql).

INSERT INTO failure
SELECT place_of(getvariable('half'), false, getvariable('first') + least(lines, getvariable('limit'))), 6,
       getvariable('file'), 'opened and withheld lines are not as many as entries',
       getvariable('limit') || ' lines', lines || ' lines',
       getvariable('first') + least(lines, getvariable('limit'))
FROM (SELECT count(*) AS lines FROM file_line)
WHERE lines <> getvariable('limit');

CREATE OR REPLACE TEMP TABLE raw AS
SELECT getvariable('first') + n - 1 AS i,
       place_of(getvariable('half'), false, getvariable('first') + n - 1) AS place,
       getvariable('half') AS home, line
FROM file_line
WHERE n <= getvariable('limit') AND line IS NOT NULL;
