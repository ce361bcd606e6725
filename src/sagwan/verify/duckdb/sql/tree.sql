-- Check 2, the tree above: the roots of complete subtrees, and the root at each size that is asked for.

INSERT INTO node
WITH RECURSIVE up AS (
    SELECT 8 AS level, number AS i, hash FROM run WHERE width = 256
    UNION ALL
    SELECT level + 1, i // 2, parent(min_by(hash, i), max_by(hash, i))
    FROM up GROUP BY level, i // 2 HAVING count(*) = 2)
SELECT * FROM up;

-- A tree of n entries is made of one complete subtree for each 1 in the binary n, largest first, and what is
-- left of a run of 256. They are joined from the right.
INSERT INTO root
WITH part AS (
    SELECT size, bit AS level, hash
    FROM (SELECT size, unnest(range(8, 63)) AS bit FROM size) JOIN node
      ON size >> bit & 1 = 1 AND node.level = bit AND node.i = (size >> bit) - 1
    UNION ALL
    SELECT size, 0, hash FROM size JOIN run ON number = size // 256 AND width = size % 256)
SELECT size, list_reduce(list(hash ORDER BY level), lambda rgt, lft: parent(lft, rgt))
FROM part GROUP BY size;

-- What the upper tiles must hold: tile (level, number) has the roots of the subtrees of 256^level entries.
CREATE OR REPLACE TEMP TABLE expected_tile AS
SELECT wanted_tile.*, 32 AS step, hashes
FROM wanted_tile JOIN (
    SELECT path, list(hash ORDER BY i) AS hashes
    FROM wanted_tile AS t JOIN node
      ON node.level = 8 * t.level AND i >= t.number * 256 AND i < t.number * 256 + t.width
    GROUP BY path) USING (path);
