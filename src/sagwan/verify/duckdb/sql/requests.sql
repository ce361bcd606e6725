-- Check 6: each request is received once, then resolved once, then perhaps followed up; a correction replaces one
-- line of its own request, and what it replaces is replaced by nothing else.

-- A correction names an earlier line of the same request and row, with an outcome if and only if it has one.
CREATE OR REPLACE TEMP TABLE correction AS
SELECT c.place, c.half, c.i, c.request, c.shape, c.accounts, c.supersedes, t.shape AS old_shape,
       t.accounts AS old_accounts, ts.kind AS old_kind, t.home AS old_home, cs.outcome, ts.outcome AS old_outcome,
       c.supersedes < c.i AND coalesce(t.place < c.place, false) AS is_after,
       coalesce(t.request = c.request AND (cs.service, cs.jurisdiction, cs.instrument)
                                        = (ts.service, ts.jurisdiction, ts.instrument), false) AS is_of_row,
       coalesce((cs.outcome = '-') = (ts.outcome = '-'), false) AS has_outcome
FROM opened AS c JOIN shape AS cs ON cs.shape = c.shape AND cs.kind = 'corrected'
LEFT JOIN opened AS t ON t.i = c.supersedes LEFT JOIN shape AS ts ON ts.shape = t.shape;

-- Of those that name one line, the first.
CREATE OR REPLACE TEMP TABLE link AS
SELECT *, is_after AND is_of_row AND has_outcome AS fits,
       min(CASE WHEN fits THEN place END) OVER (PARTITION BY supersedes) AS winner,
       fits AND place = winner AS wins
FROM correction;

-- Which line each stands for in the end, through corrections of corrections; jump.sql is run until nothing moves.
CREATE OR REPLACE TEMP TABLE chain AS
SELECT i, supersedes AS points_to, old_kind <> 'corrected' AS done, old_kind AS kind, old_home AS home
FROM link WHERE wins;
