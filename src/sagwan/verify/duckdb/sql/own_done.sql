-- What a half-year's own file comes to (after lines.sql).

INSERT INTO withheld
SELECT i, getvariable('half'), reason, false FROM notice WHERE hash IS NOT NULL;

INSERT INTO tally
SELECT getvariable('half'), (SELECT count(*) FROM sound), (SELECT count(*) FROM line ANTI JOIN entry USING (i));
