-- The lines of one openings file, numbered from 1, as they are: no quotes, no escapes, no empty value.
--
-- Given: the variables path, first (the log index of its first line), limit (how many entries it is for), bytes
-- (its size), half, file. Any byte is a character (latin-1), so that a strange one breaks no more than its own
-- line. The reader passes over empty lines and a missing last line feed, so the bytes are counted. Should it
-- bring lines out of order, then none is at the index of its own entry, and check 5 fails.

CREATE OR REPLACE TEMP TABLE file_line AS
SELECT row_number() OVER () AS n, line
FROM read_csv(getvariable('path'), columns = {'line': 'VARCHAR'}, auto_detect = false, header = false,
              delim = '\x01', quote = '', escape = '', comment = '', nullstr = '\x02', new_line = '\n',
              encoding = 'latin-1', max_line_size = 16000000);

CREATE OR REPLACE TEMP TABLE left_over AS
SELECT count(*) AS lines, getvariable('bytes') - coalesce(sum(length(line) + 1), 0) AS bytes FROM file_line;

INSERT INTO failure
SELECT place_of(getvariable('half'), false, getvariable('first') + lines), 5, getvariable('file'),
       CASE WHEN bytes = -1 THEN 'the last line does not end in a line feed' ELSE 'there are empty lines' END,
       CASE WHEN bytes = -1 THEN 'LF' ELSE 'as many bytes as the lines have' END,
       CASE WHEN bytes = -1 THEN 'end' ELSE bytes || ' bytes more' END,
       getvariable('first') + greatest(lines, 1) - 1
FROM left_over WHERE bytes <> 0;

-- What does not end is no line.
UPDATE file_line SET line = NULL FROM left_over WHERE left_over.bytes = -1 AND n = left_over.lines;
