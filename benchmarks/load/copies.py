"""More requests, faster than they can be lived through: rows of those there are, under other numbers.

What is counted, sorted and looked up is right in a copy. Its private parts are encrypted for the number that
they were copied from, so that nobody can open a copy, and nobody here does.
"""

import psycopg

_PLAYED = "CREATE TEMPORARY TABLE played AS SELECT number FROM casework_case"
_COPIED = "left(md5(played.number || %(fold)s), 16)"
_STREAM = f"'request/' || {_COPIED}"
_JOIN = "JOIN played ON source.stream = 'request/' || played.number"
_FRESH = "sha256(source.{} || convert_to(%(fold)s, 'UTF8'))"
TABLES = {
    "casework_case": ({"number": _COPIED}, "JOIN played USING (number)"),
    "journal_event": ({"stream": _STREAM}, _JOIN),
    "journal_line": ({"stream": _STREAM, "commitment": _FRESH.format("commitment")}, _JOIN),
    "vault_streamkey": ({"stream": _STREAM}, _JOIN),
    "vault_blindindex": ({"stream": _STREAM, "digest": _FRESH.format("digest")}, _JOIN),
}
"""What stands in another column of a copy, and how a row finds its request."""


def copy_folds(database: str, folds: int) -> int:
    """Add so many folds of the requests there are; return how many there are then."""
    with psycopg.connect(database) as connection:
        connection.execute(_PLAYED)
        for fold in range(1, folds + 1):
            for table, (other, join) in TABLES.items():
                connection.execute(_statement(connection, table, other, join), {"fold": str(fold)})
        (count,) = connection.execute("SELECT count(*) FROM casework_case").fetchone() or (0,)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")  # as autovacuum does in time
    return int(count)


def _statement(connection: psycopg.Connection, table: str, other: dict[str, str], join: str) -> str:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    ).fetchall()
    same = [name for (name,) in rows if name != "id" and name not in other]
    columns = ", ".join(f'"{name}"' for name in (*other, *same))
    values = ", ".join((*other.values(), *(f'source."{name}"' for name in same)))
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} AS source {join}"  # noqa: S608
