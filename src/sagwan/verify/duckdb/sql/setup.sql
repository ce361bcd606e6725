-- The hashing of RFC 6962 section 2.1, and the tables that the other files fill. Hashes are BLOBs of 32 bytes.

CREATE MACRO leaf(entry) AS unhex(sha256('\x00'::BLOB || entry));
CREATE MACRO parent(lft, rgt) AS unhex(sha256('\x01'::BLOB || lft || rgt));

-- One level up: pairs are hashed, and a last one without a neighbour is carried up as it is.
CREATE MACRO level_up(hashes) AS list_transform(
    range(0, (len(hashes) + 1) // 2),
    lambda k: CASE WHEN 2 * k + 2 <= len(hashes)
                   THEN parent(hashes[2 * k + 1], hashes[2 * k + 2])
                   ELSE hashes[2 * k + 1] END);

-- The first `count` pieces of a file's bytes, `step` bytes each.
CREATE MACRO cut(content, step, count) AS list_transform(
    range(0, count), lambda k: content[step * k + 1 : step * (k + 1)]);

-- The log: its commitments in order, the roots of its runs of 256 entries (the last one of each size that is
-- asked for may be shorter), of its complete subtrees (2^level entries), and of the whole at each size.
CREATE TABLE entry (i UBIGINT, commitment BLOB);
CREATE TABLE run (number UBIGINT, width USMALLINT, hash BLOB);
CREATE TABLE node (level UTINYINT, i UBIGINT, hash BLOB);
CREATE TABLE root (size UBIGINT, hash BLOB);

-- The openings. Lines alike in all but salt, request, private root, accounts and superseded index are of one
-- shape; `wrong` says which rule of the format a shape breaks, and is empty for a sound one. `place` counts the
-- lines in the order in which they were published: half-year by half-year, late lines first.
CREATE TABLE half_year (half UINTEGER, period VARCHAR, first UBIGINT, cut UBIGINT);
CREATE SEQUENCE shape_number;
CREATE TABLE shape (
    shape UINTEGER, text VARCHAR, wrong VARCHAR,
    kind VARCHAR, period VARCHAR, service VARCHAR, jurisdiction VARCHAR, instrument VARCHAR,
    outcome VARCHAR, reason VARCHAR, marks VARCHAR[]);
CREATE TABLE opened (
    place UBIGINT, half UINTEGER, home UINTEGER, i UBIGINT,
    request UBIGINT, shape UINTEGER, accounts UBIGINT, supersedes UBIGINT);
CREATE TABLE report (file VARCHAR, i UBIGINT, reported VARCHAR, manifest VARCHAR, place UBIGINT);
CREATE TABLE withheld (i UBIGINT, half UINTEGER, reason VARCHAR, late BOOLEAN);
CREATE TABLE tally (half UINTEGER, opened UBIGINT, uncompared UBIGINT);

-- What does not hold; `place` puts failures in the order of the files.
CREATE TABLE failure (
    place UBIGINT, check_number UTINYINT, file VARCHAR, message VARCHAR, expected VARCHAR, found VARCHAR, i UBIGINT);
