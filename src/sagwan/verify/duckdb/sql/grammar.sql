-- The format of an opening line, field by field: which words there are, and which field needs which.
-- docs/reference/opening-line.md tells the same in prose.

CREATE TABLE outcome_word (word VARCHAR, discloses BOOLEAN);
INSERT INTO outcome_word VALUES
    ('complied', true), ('partial', true), ('refused', false), ('no-data', false), ('withdrawn', false);
CREATE TABLE data_word AS SELECT unnest(['access', 'content', 'subscriber', 'traffic']) AS word;
CREATE TABLE mark_word AS SELECT unnest([
    'blinded', 'emergency', 'narrowed', 'notice-deferred', 'notified', 'suspected-forgery', 'voluntary']) AS word;
CREATE TABLE withheld_word AS SELECT unnest(['non-disclosure-order', 'banded', 'lost']) AS word;

-- `-` for none; else words of a list, in alphabetical order, each once.
CREATE MACRO words(field) AS CASE WHEN field = '-' THEN []::VARCHAR[] ELSE string_split(field, ',') END;
CREATE MACRO in_order(list, known) AS list = list_sort(list_distinct(list)) AND list_has_all(known, list);

-- A line's bytes as one can print them.
CREATE MACRO shown(line) AS replace(line, chr(9), '\t');

-- Lines in the order in which they were published: half-year, late lines first, then by number.
CREATE MACRO place_of(half, late, n) AS
    (half::UBIGINT << 48) + CASE WHEN late THEN 0 ELSE 1::UBIGINT << 47 END + n::UBIGINT;

-- Which rule a shape breaks. Its parts: 1 kind, 2 period, 3 service, 4 jurisdiction, 5 instrument, 6 outcome,
-- 7 reason, 8 data, 9 marks, 10 whether there are accounts, 11 whether it supersedes a line.
CREATE MACRO what_is_wrong(g) AS CASE
    WHEN NOT regexp_full_match(g[2], '[0-9]{4}H[12]') THEN 'field period: it is no half-year'
    WHEN NOT regexp_full_match(g[3], '[a-z0-9-]+') THEN 'field service: it is no slug'
    WHEN NOT regexp_full_match(g[4], '[A-Z]{2}|-') THEN 'field jurisdiction: it is not two capital letters'
    WHEN NOT regexp_full_match(g[5], '[a-z0-9-]+') THEN 'field instrument: it is no slug'
    WHEN g[6] <> '-' AND g[6] NOT IN (SELECT word FROM outcome_word) THEN 'field outcome: it is not one of the five'
    WHEN NOT regexp_full_match(g[7], '[a-z0-9-]+') THEN 'field reason: it is no slug'
    WHEN NOT in_order(words(g[8]), (SELECT list(word) FROM data_word))
        THEN 'field data: it is not made of the data categories, in alphabetical order'
    WHEN NOT in_order(words(g[9]), (SELECT list(word) FROM mark_word))
        THEN 'field marks: it is not made of the marks, in alphabetical order'
    WHEN g[1] IN ('cover', 'report') THEN CASE
        WHEN g[3] <> '-' OR g[4] <> '-' OR g[6] <> '-' OR g[7] <> '-' OR g[8] <> '-' OR g[9] <> '-'
             OR g[10] <> '0' OR g[11] <> '-' THEN 'a line that counts nothing has `-` in every field that counts'
        WHEN g[1] = 'cover' AND g[5] <> '-' THEN 'field instrument: a cover line has none'
        WHEN g[1] = 'report' AND NOT regexp_full_match(g[5], '[0-9]{4}h[12]')
            THEN 'field instrument: it is not the half-year reported'
        ELSE '' END
    WHEN g[1] NOT IN ('received', 'resolved', 'follow-up', 'corrected') THEN 'field kind: it is not one of the six'
    WHEN g[3] = '-' OR g[4] = '-' OR g[5] = '-' THEN 'a request has a service, a jurisdiction and an instrument'
    WHEN (g[1] = 'corrected') <> (g[11] <> '-') THEN 'field supersedes: it stands on corrected lines and on no others'
    WHEN g[1] = 'resolved' AND g[6] = '-' THEN 'field outcome: a resolved line has one'
    WHEN g[1] IN ('received', 'follow-up') AND g[6] <> '-' THEN 'field outcome: only resolved lines have one'
    WHEN g[6] = '-' AND g[7] <> '-' THEN 'field reason: there is none without an outcome'
    WHEN g[6] = '-' THEN ''
    WHEN (g[7] = '-') <> (g[6] = 'complied') THEN 'field reason: every outcome but complied has one'
    WHEN g[6] IN (SELECT word FROM outcome_word WHERE discloses) THEN
        CASE WHEN g[8] = '-' THEN 'field data: something was disclosed' ELSE '' END
    WHEN g[8] <> '-' OR g[10] <> '0' THEN 'nothing is disclosed with this outcome: no data, no accounts'
    ELSE '' END;

-- The openings file in which a line of that place and index lies.
CREATE MACRO file_of(place, index) AS (
    SELECT 'openings/' || period || CASE WHEN place >> 47 & 1 = 0 THEN '/late.tsv'
           ELSE '/' || greatest(first, index - index % 1048576) || '.tsv' END
    FROM half_year WHERE half = place >> 48);
