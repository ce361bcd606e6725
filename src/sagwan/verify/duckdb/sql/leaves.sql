-- Check 2: hash the entries of a run of bundles (after bundles.sql, where nothing was wrong).
--
-- Given besides: size (size), where a root is asked for; wanted_tile (level, number, width, path, superseded), the
-- tiles over these entries, with level -1 for a bundle that a larger one follows.

INSERT INTO entry
SELECT number * 256 + k, entries[k + 1][3:34]
FROM (SELECT number, entries, unnest(range(0, width)) AS k FROM bundle)
ORDER BY number, k;

CREATE OR REPLACE TEMP TABLE hashed AS
SELECT number, width, entries, list_transform(entries, lambda e: leaf(e[3:34])) AS leaves FROM bundle;

-- All of each bundle, and its beginning up to each size: eight levels make one hash of them.
INSERT INTO run
WITH level_0 AS (
    SELECT number, width, leaves AS h FROM hashed
    UNION
    SELECT number, size % 256, leaves[1 : size % 256] FROM hashed JOIN size ON size // 256 = number
    WHERE size % 256 BETWEEN 1 AND width),
level_1 AS (SELECT number, width, level_up(h) AS h FROM level_0),
level_2 AS (SELECT number, width, level_up(h) AS h FROM level_1),
level_3 AS (SELECT number, width, level_up(h) AS h FROM level_2),
level_4 AS (SELECT number, width, level_up(h) AS h FROM level_3),
level_5 AS (SELECT number, width, level_up(h) AS h FROM level_4),
level_6 AS (SELECT number, width, level_up(h) AS h FROM level_5),
level_7 AS (SELECT number, width, level_up(h) AS h FROM level_6),
level_8 AS (SELECT number, width, level_up(h) AS h FROM level_7)
SELECT number, width, h[1] FROM level_8;

-- What the lowest tiles must hold: the leaf hashes; and a smaller bundle, the beginning of the larger one.
CREATE OR REPLACE TEMP TABLE expected_tile AS
SELECT wanted_tile.*, CASE WHEN level = -1 THEN 34 ELSE 32 END AS step,
       CASE WHEN level = -1 THEN entries[1 : wanted_tile.width] ELSE leaves[1 : wanted_tile.width] END AS hashes
FROM wanted_tile JOIN hashed USING (number);
