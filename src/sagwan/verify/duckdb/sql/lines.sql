-- Check 5, and the counting: each line hashes to its entry and obeys the format (after own.sql or late.sql).
--
-- Given: raw (i, place, home, line), the variables half and file.

CREATE OR REPLACE TEMP TABLE line AS
SELECT i, place, home, unhex(sha256(line)) AS hash, string_split(line, chr(9)) AS f,
       CASE WHEN starts_with(line, 'withheld' || chr(9)) THEN 'withheld'
            WHEN regexp_full_match(line, 'sagwan/1\t[0-9a-f]{32}\t[^\t]+\t[0-9a-f]{16}(\t[^\t]+){7}'
                 || '\t(0|[1-9][0-9]{0,17})\t[^\t]+\t[0-9a-f]{64}\t(-|0|[1-9][0-9]{0,17})') THEN 'opening'
            ELSE 'neither' END AS form,
       CASE WHEN form <> 'opening' THEN line[:200] END AS odd,
       CASE WHEN form = 'opening' THEN array_to_string(
            [f[3], f[5], f[6], f[7], f[8], f[9], f[10], f[11], f[13], if(f[12] = '0', '0', '+'), if(f[15] = '-', '-', '+')],
            chr(9)) END AS text
FROM raw;

-- An unopened entry keeps its commitment: withheld TAB reason TAB 64 hex digits.
CREATE OR REPLACE TEMP TABLE notice AS
SELECT i, place, home, odd, f[2] AS reason,
       CASE WHEN regexp_full_match(odd, 'withheld\t[a-z-]+\t[0-9a-f]{64}') AND f[2] IN (SELECT word FROM withheld_word)
            THEN unhex(f[3]) END AS hash
FROM line WHERE form = 'withheld';

INSERT INTO shape
SELECT nextval('shape_number'), text, what_is_wrong(g), g[1], g[2], g[3], g[4], g[5], g[6], g[7],
       words(g[9])
FROM (SELECT text, string_split(text, chr(9)) AS g FROM (SELECT DISTINCT text FROM line WHERE form = 'opening')
      ANTI JOIN shape USING (text));

CREATE OR REPLACE TEMP TABLE sound AS
SELECT line.*, shape.* EXCLUDE (text, wrong) FROM line JOIN shape USING (text) WHERE wrong = '';

INSERT INTO failure
WITH sealed AS (
    SELECT i, place, hash FROM line WHERE form <> 'withheld'
    UNION ALL SELECT i, place, hash FROM notice WHERE hash IS NOT NULL)
SELECT place, 5, getvariable('file'), 'the line is not the one that was sealed',
       lower(hex(commitment)), lower(hex(hash)), i
FROM sealed JOIN entry USING (i) WHERE hash <> commitment;

INSERT INTO failure
SELECT place, 5, getvariable('file'), message, expected, found, i FROM (
    SELECT place, 'the line does not have the form of an opening line' AS message,
           'a line of sagwan/1' AS expected, shown(odd) AS found, i FROM line WHERE form = 'neither'
    UNION ALL
    SELECT place, wrong, 'a line of sagwan/1', shown(array_to_string(f, chr(9))), i
    FROM line JOIN shape USING (text) WHERE wrong <> ''
    UNION ALL
    SELECT place, 'an entry is withheld for one of the reasons of the list, under its commitment',
           'withheld TAB reason TAB commitment', shown(odd), i FROM notice WHERE hash IS NULL
    UNION ALL
    SELECT place, 'the line is dated into another half-year', half_year.period, sound.period, i
    FROM sound JOIN half_year ON half_year.half = home WHERE sound.period <> half_year.period)
ORDER BY place;

INSERT INTO opened
SELECT place, getvariable('half'), home, i, ('0x' || f[4])::UBIGINT, shape, f[12]::UBIGINT,
       CASE WHEN f[15] <> '-' THEN f[15]::UBIGINT END
FROM sound WHERE kind IN ('received', 'resolved', 'follow-up', 'corrected');

INSERT INTO report SELECT getvariable('file'), i, instrument, f[14], place FROM sound WHERE kind = 'report';
