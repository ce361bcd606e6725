"""What a witness remembers, in one SQLite file.

If this file is lost or put back to an earlier day, the witness could cosign a second history: never restore
it from a backup, but begin anew under a new key.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sagwan.tlog import VerifierKey, parse_verifier_key
from sagwan.witness.core import Cosigned
from sagwan.witness.errors import WitnessStoreError

T = TypeVar("T")

BUSY_SECONDS = 30
"""How long one writer waits for another."""

# The triggers say in the database what the code says too: one history a log, which never shrinks.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    vkey TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS cosigned (
    id TEXT PRIMARY KEY REFERENCES log (id),
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS later_key (
    id TEXT NOT NULL REFERENCES log (id),
    number INTEGER NOT NULL,
    vkey TEXT NOT NULL,
    PRIMARY KEY (id, number),
    UNIQUE (id, vkey)
) STRICT;
CREATE TRIGGER IF NOT EXISTS later_key_stays BEFORE UPDATE ON later_key
BEGIN SELECT RAISE(ABORT, 'a key that was replaced stays so'); END;
CREATE TRIGGER IF NOT EXISTS later_key_is_kept BEFORE DELETE ON later_key
BEGIN SELECT RAISE(ABORT, 'a key that was replaced stays so'); END;
CREATE TRIGGER IF NOT EXISTS cosigned_never_shrinks BEFORE UPDATE ON cosigned
WHEN NEW.id <> OLD.id OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a witness cosigns one history of a log'); END;
CREATE TRIGGER IF NOT EXISTS cosigned_never_forgets BEFORE DELETE ON cosigned
BEGIN SELECT RAISE(ABORT, 'a witness forgets no log'); END;
CREATE TRIGGER IF NOT EXISTS log_key_stays BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the key of a log that is witnessed stays'); END;
"""
_NEWEST = (
    "COALESCE((SELECT later.vkey FROM later_key later WHERE later.id = log.id "
    "ORDER BY later.number DESC LIMIT 1), log.vkey)"
)


class WitnessStore:
    """The logs a witness follows and the last checkpoint of each that it cosigned.

    Safe for many threads and processes: each call opens a connection of its own. Raises WitnessStoreError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connection() as connection:
            # With a write-ahead log and FULL, a commit is on disk when it returns.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_SCHEMA)

    def follow(self, log: VerifierKey, replaces: VerifierKey | None = None) -> None:
        """Witness the log of that key, whose name is its origin. Raises if it has another key already.

        With `replaces`, the key that it has now, the log goes on under the new one: what was cosigned stays,
        so the new key can only continue it. A key that was replaced never comes back.
        """
        if log.type.is_witness:
            raise WitnessStoreError(
                f"the key of {log.name!r} is a witness's, no log's", hint="name the log's own key"
            )
        if replaces is not None:
            self._replace(log, replaces)
            return
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO log (id, origin, vkey) VALUES (?, ?, ?)",
                (origin_id(log.name), log.name, str(log)),
            )
            vkey = _key_now(connection, log.name)
        if vkey != str(log):
            raise WitnessStoreError(
                f"log {log.name!r} is witnessed under key {vkey}, not {log}",
                hint="if the provider told you by another way that its key changed: --replaces the old key",
            )

    def _replace(self, log: VerifierKey, old: VerifierKey) -> None:
        with self._transaction() as connection:
            now = _key_now(connection, log.name)
            if now == str(log):
                return
            if now != str(old):
                state = "not witnessed here" if now is None else f"witnessed under key {now}, not {old}"
                raise WitnessStoreError(
                    f"log {log.name!r} is {state}", hint="sagwan witness list shows the keys"
                )
            identifier = origin_id(log.name)
            (first,) = connection.execute("SELECT vkey FROM log WHERE id = ?", (identifier,)).fetchone()
            rows = connection.execute("SELECT vkey FROM later_key WHERE id = ?", (identifier,)).fetchall()
            if (str(log),) in [(first,), *rows]:
                raise WitnessStoreError(
                    f"log {log.name!r} gave up key {log} before", hint="ask the provider for its newest key"
                )
            connection.execute(
                "INSERT INTO later_key (id, number, vkey) VALUES (?, ?, ?)",
                (identifier, len(rows) + 1, str(log)),
            )

    def log_key(self, origin: str) -> VerifierKey | None:
        """The key of a log that is followed, or None."""
        with self._connection() as connection:
            vkey = _key_now(connection, origin)
        return None if vkey is None else parse_verifier_key(vkey)

    def followed(self) -> list[tuple[VerifierKey, int | None]]:
        """The logs by name, and the size of the last checkpoint of each that was cosigned."""
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT {_NEWEST}, size FROM log LEFT JOIN cosigned USING (id) ORDER BY origin"  # noqa: S608
            ).fetchall()
        return [(parse_verifier_key(vkey), size) for vkey, size in rows]

    def cosigned(self, identifier: str) -> Cosigned | None:
        """What was cosigned last for the log of that `origin_id`, or None."""
        with self._connection() as connection:
            return _read(connection, identifier)

    def update(self, origin: str, decide: Callable[[Cosigned | None], tuple[T, Cosigned | None]]) -> T:
        """Let `decide` answer from the present state, and return its answer once the new state is on disk.

        No other thread or process writes in between. If anything fails, nothing was changed and the answer is
        lost.
        """
        identifier = origin_id(origin)
        with self._transaction() as connection:
            answer, new = decide(_read(connection, identifier))
            if new is not None:
                connection.execute(
                    "INSERT INTO cosigned (id, size, root, note) VALUES (?, ?, ?, ?) ON CONFLICT (id) "
                    "DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note",
                    (identifier, new.size, new.root, new.note),
                )
        return answer

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            # IMMEDIATE locks before the state is read, so that no two decide on the same state.
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, BUSY_SECONDS, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute("PRAGMA foreign_keys=ON")
                yield connection
        except sqlite3.Error as error:
            # SQLite's words: "database or disk is full", "disk I/O error".
            hint = (
                "make room, or mend the disk: the witness goes on by itself" if "disk" in str(error) else ""
            )
            raise WitnessStoreError(f"{self._path}: {error}", hint=hint) from error


def origin_id(origin: str) -> str:
    """Hex SHA-256 of a log's origin: the address of its cosigned checkpoint (C2SP tlog-witness)."""
    return sha256(origin.encode()).hexdigest()


def _key_now(connection: sqlite3.Connection, origin: str) -> str | None:
    row = connection.execute(f"SELECT {_NEWEST} FROM log WHERE origin = ?", (origin,)).fetchone()  # noqa: S608
    return None if row is None else str(row[0])


def _read(connection: sqlite3.Connection, identifier: str) -> Cosigned | None:
    row = connection.execute("SELECT size, root, note FROM cosigned WHERE id = ?", (identifier,)).fetchone()
    return Cosigned(*row) if row else None
