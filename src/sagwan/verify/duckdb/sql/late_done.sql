-- What a late file comes to (after lines.sql): these entries are withheld no longer.

UPDATE withheld SET late = true WHERE i IN (SELECT i FROM sound);

INSERT INTO tally
SELECT getvariable('half'), 0, (SELECT count(*) FROM line ANTI JOIN entry USING (i));
