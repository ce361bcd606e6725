-- Where a correction points to another one, it points to what that one points to: the way is halved each time.
UPDATE chain SET points_to = next.points_to, done = next.done, kind = next.kind, home = next.home
FROM chain AS next
WHERE NOT chain.done AND next.i = chain.points_to
RETURNING 1;
