-- Check 2, the lowest level: read a run of entry bundles, and look whether they hold commitments.
--
-- Given: wanted_bundle (number, width, path, exact), the bundles that a log of this size has; `exact` is false
-- where a larger bundle took the place of the one that is wanted. stored (file, content): what the folder has of
-- them. An entry is its length, 00 20, and 32 bytes.

CREATE OR REPLACE TEMP TABLE bundle AS
SELECT number, width, path, exact, octet_length(content) AS bytes, cut(content, 34, width) AS entries
FROM wanted_bundle LEFT JOIN stored ON file = path;

INSERT INTO failure
SELECT number, 2, path,
       CASE WHEN bytes IS NULL THEN path || ' is not there'
            WHEN bytes <> 34 * width AND (exact OR bytes < 34 * width) THEN 'the entry bundle is cut or has grown'
            ELSE 'an entry is no commitment' END,
       CASE WHEN bytes IS NULL THEN width || ' commitments'
            WHEN bytes <> 34 * width AND (exact OR bytes < 34 * width) THEN (34 * width) || ' bytes'
            ELSE '32 bytes' END,
       CASE WHEN bytes IS NULL THEN 'none'
            WHEN bytes <> 34 * width AND (exact OR bytes < 34 * width) THEN bytes || ' bytes'
            ELSE 'another length' END,
       number * 256
FROM bundle
WHERE bytes IS NULL OR (bytes <> 34 * width AND (exact OR bytes < 34 * width))
   OR NOT list_bool_and(list_transform(entries, lambda e: e[1:2] = '\x00\x20'::BLOB))
ORDER BY number LIMIT 1;
