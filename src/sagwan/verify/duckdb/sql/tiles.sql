-- Check 2: tiles as they are stored against what the entries hash to (expected_tile).

INSERT INTO failure
WITH held AS (
    SELECT t.*, octet_length(content) AS bytes, step * width AS size,
           list_position(list_transform(range(0, width),
               lambda k: content[step * k + 1 : step * (k + 1)] IS DISTINCT FROM hashes[k + 1]), true) AS first_wrong,
           content
    FROM expected_tile AS t LEFT JOIN stored ON file = path)
SELECT number, 2, path,
       CASE WHEN bytes IS NULL THEN path || ' is not there'
            WHEN bytes <> size THEN 'the tile is cut or has grown'
            ELSE 'not what the entries hash to' END,
       CASE WHEN coalesce(bytes, -1) <> size THEN size || ' bytes' ELSE lower(hex(hashes[first_wrong])) END,
       CASE WHEN bytes IS NULL THEN 'none' WHEN bytes <> size THEN bytes || ' bytes'
            ELSE lower(hex(content[step * (first_wrong - 1) + 1 : step * first_wrong])) END,
       (number * 256 + CASE WHEN bytes = size THEN first_wrong - 1 ELSE 0 END) << (8 * greatest(level, 0))
FROM held
WHERE (bytes IS NULL AND NOT superseded) OR bytes <> size OR (bytes = size AND first_wrong > 0)
ORDER BY number, width;
