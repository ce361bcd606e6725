"""A backup: database, config and law packs in one archive, with the SHA-256 of each. Knows no models.

SHA256SUMS       `sha256sum` lines of all that follows
sagwan.toml      the config
sagwan.db        the database (SQLite), or database.dump (PostgreSQL, pg_dump's custom format)
packs/*.toml     the law packs that requests are pinned to
productions/     what is put in or can be fetched, each file encrypted and named by its SHA-256
keys/*.key       only where they were wanted
"""

import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from sagwan.desk.home import CONFIG_NAME, Home, load_home
from sagwan.record.errors import SagwanError

SUMS, SQLITE, DUMP = "SHA256SUMS", "sagwan.db", "database.dump"
_MEMBER = re.compile(
    r"SHA256SUMS|sagwan\.toml|sagwan\.db|database\.dump|packs/[0-9a-f]{64}\.toml"
    r"|productions/[0-9a-f]{64}\.age|keys/[a-z]+\.key"
)
_SUM = re.compile(r"([0-9a-f]{64})  (\S+)")


class BackupError(SagwanError):
    """A backup that cannot be written, read or restored."""


def write_backup(home: Home, file: Path, *, with_keys: bool = False) -> list[str]:
    """Write the archive, read it back, and put it in its place; return what it holds.

    Raise BackupError; then there is no file. The database is one consistent snapshot.
    """
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    with tempfile.TemporaryDirectory(prefix="sagwan-", dir=home.path) as name:
        folder = Path(name)
        _dump(home, folder)
        sources = _sources(home, folder, with_keys)
        sums = folder / SUMS
        sums.write_text("".join(f"{_sha256(path)}  {name}\n" for name, path in sources.items()), "ascii")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
                with tarfile.open(fileobj=sink, mode="w:gz", compresslevel=6) as archive:
                    for member, path in {SUMS: sums, **sources}.items():
                        archive.add(path, member, recursive=False)
                sink.flush()
                os.fsync(sink.fileno())
            with _unpacked(part, home.path):
                part.rename(file)
        finally:
            part.unlink(missing_ok=True)
    return list(sources)


def _sources(home: Home, folder: Path, with_keys: bool) -> dict[str, Path]:
    """Name in the archive → file. Packs after the database: every pack it names was there before."""
    database = DUMP if home.database else SQLITE
    found = {CONFIG_NAME: home.path / CONFIG_NAME, database: folder / database}
    found |= {f"packs/{path.name}": path for path in sorted((home.path / "packs").glob("*.toml"))}
    found |= _productions(home, folder)
    if with_keys:
        found |= {f"keys/{path.name}": path for path in sorted(home.keys.glob("*.key"))}
    return found


def _productions(home: Home, folder: Path) -> dict[str, Path]:
    """The encrypted files of productions, held by links of our own: one may end while we read."""
    (folder / "productions").mkdir()
    found = {}
    for path in sorted((home.path / "productions").glob("*.age")):
        name = f"productions/{path.name}"
        with suppress(FileNotFoundError):
            (folder / name).hardlink_to(path)
            found[name] = folder / name
    return found


def _dump(home: Home, folder: Path) -> None:
    if home.database:
        _postgres(["pg_dump", "--format=custom", f"--file={folder / DUMP}"], home.database)
        return
    with (
        closing(sqlite3.connect(f"file:{home.sqlite_path}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / SQLITE)) as target,
    ):
        source.backup(target)
        # A copy that stands alone: no write-ahead log beside it.
        target.execute("PRAGMA journal_mode=DELETE")
        (answer,) = target.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise BackupError(
            f"the database is damaged: {answer}", hint="restore an earlier backup, then recover"
        )


def read_backup(file: Path, path: Path, *, database: str = "", marker: str) -> list[str]:
    """Check the archive and put it into `path`; return what was brought.

    Raise BackupError, and change nothing. `database` replaces the config's PostgreSQL URL. `marker` names an
    empty file that is written first.
    """
    parent = path.absolute().parent
    if not parent.is_dir():
        raise BackupError(f"{parent} is not a folder", hint="make it first")
    with _unpacked(file, parent) as folder:
        home = load_home(folder)
        if database:
            _replace_database(folder, home, database)
            home = load_home(folder)
        files = sorted(f.relative_to(folder) for f in folder.rglob("*") if f.is_file() and f.name != SUMS)
        clashes = [str(name) for name in files if (path / name).exists()]
        if clashes:
            raise BackupError(f"{path} already holds {', '.join(clashes)}", hint="take it away first")
        if home.database:
            _load(folder / DUMP, home.database)
            files.remove(Path(DUMP))
        path.mkdir(mode=0o700, exist_ok=True)
        (path / marker).touch()
        for name in files:
            (path / name).parent.mkdir(mode=0o700, exist_ok=True)
            (folder / name).rename(path / name)
    return [str(name) for name in files]


@contextmanager
def _unpacked(file: Path, parent: Path) -> Iterator[Path]:
    """The archive's files in a folder below `parent` for a while, each checked against its SHA-256."""
    folder = Path(tempfile.mkdtemp(prefix=".sagwan-", dir=parent))
    try:
        try:
            with tarfile.open(file, "r:gz") as archive:
                for member in archive:
                    if not member.isfile() or not _MEMBER.fullmatch(member.name):
                        raise BackupError(f"{file} holds {member.name!r}", hint="it is no backup of Sagwan")
                    archive.extract(member, folder, filter="data")
        except (tarfile.TarError, EOFError, OSError) as error:
            raise BackupError(f"{file} cannot be read: {error}", hint="take another backup") from None
        _check_sums(file, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_sums(file: Path, folder: Path) -> None:
    if not (folder / SUMS).is_file():
        raise BackupError(f"{file} holds no {SUMS}", hint="it is no backup of Sagwan")
    listed: dict[str, str] = {}
    for line in (folder / SUMS).read_text("ascii", "replace").splitlines():
        found = _SUM.fullmatch(line)
        if not found:
            raise BackupError(f"{file}: {line[:80]!r} in {SUMS} is not understood")
        listed[found[2]] = found[1]
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {SUMS}
    if there != set(listed):
        odd = ", ".join(sorted(there ^ set(listed)))
        raise BackupError(f"{file}: its list and its files differ: {odd}", hint="take another backup")
    for name, digest in listed.items():
        if (found_digest := _sha256(folder / name)) != digest:
            raise BackupError(
                f"{file}: {name} has the SHA-256 {found_digest}, its list says {digest}",
                hint="the archive is damaged: take another backup",
            )
    if CONFIG_NAME not in listed or not {SQLITE, DUMP} & set(listed):
        raise BackupError(f"{file} lacks the config or the database", hint="take another backup")


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _replace_database(folder: Path, home: Home, database: str) -> None:
    if not home.database:
        raise BackupError("this backup is of SQLite", hint="leave --database out")
    config = folder / CONFIG_NAME
    lines = config.read_text("utf-8").splitlines()
    changed = [f'database = "{database}"' if line.startswith("database =") else line for line in lines]
    config.write_text("\n".join(changed) + "\n", "utf-8")


def _load(dump: Path, url: str) -> None:
    """Restore into an empty database, in one transaction."""
    arguments = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(dump)]
    _postgres(arguments, url)


def _postgres(arguments: list[str], url: str) -> None:
    """Run a PostgreSQL tool. The password goes through the environment: process lists show the rest."""
    parts = urlsplit(url)
    environment = dict(os.environ)
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
        host = parts.netloc.rpartition("@")[2]
        parts = parts._replace(netloc=f"{parts.username}@{host}")
    command = [*arguments, f"--dbname={urlunsplit(parts)}"]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words, no shell
    except FileNotFoundError:
        raise BackupError(
            f"{arguments[0]} is not installed", hint="install PostgreSQL's client tools"
        ) from None
    if done.returncode:
        raise BackupError(f"{arguments[0]} failed: {done.stderr.strip()[:500]}")
