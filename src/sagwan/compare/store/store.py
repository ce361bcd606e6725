"""A store: claims by edition in a folder of plain files, added to and never overwritten."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sagwan.compare.check import check_claim
from sagwan.compare.claim import Claim
from sagwan.compare.editions import Change, restatements
from sagwan.compare.lines import DEFAULT, Limits
from sagwan.compare.load import load_files, unique
from sagwan.compare.store import package as described
from sagwan.compare.store import restated
from sagwan.compare.store.csvs import write_csv
from sagwan.compare.store.files import locked, write
from sagwan.compare.store.package import NAME, RESTATEMENTS, package, resource, sha256
from sagwan.compare.store.parquet import write_parquet
from sagwan.record.errors import SagwanError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"claims-[0-9a-f]{16}")
_RESTATED = re.compile(rf"{RESTATEMENTS}/[0-9a-f]{{16}}\.csv")


class StoreError(SagwanError):
    """A store that cannot be read or added to."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: the new claims, how many were there already, and the file (None where none)."""

    claims: tuple[Claim, ...]
    known: int
    file: Path | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file brings: its claims, its SHA-256 in hex, what to call it, its format, the day on which it
    was fetched (`2026-07-01`, or empty)."""

    claims: tuple[Claim, ...]
    checksum: str
    title: str
    source_format: str
    retrieved: str = ""


def _silently() -> None:
    """Waiting needs no word where nobody reads it."""


class Store:
    """The store in a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resources(self) -> list[dict[str, Any]]:
        """The entries of the imported files, the oldest first; raises StoreError for a damaged index."""
        return [entry for entry in self._index() if entry["name"] != RESTATEMENTS]

    def _index(self) -> list[dict[str, Any]]:
        """All entries: the imported files', and that of the table of restatements."""
        path = self.folder / NAME
        if not path.exists():
            if self.folder.exists() and not self.folder.is_dir():
                raise StoreError(f"{self.folder} is not a folder")
            return []
        try:
            found = json.loads(path.read_bytes())["resources"]
            if not all(_is_entry(entry) for entry in found):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            raise StoreError(
                f"{path} does not describe a store of claims", hint="restore it, or name another --store"
            ) from None
        return list(found)

    def claims(self, limits: Limits = DEFAULT) -> tuple[Claim, ...]:
        """Every claim, each once, in the order of their addition. Raises StoreError or ClaimsError."""
        return load_files(self.files(".csv"), limits=limits)

    def files(self, ending: str) -> list[Path]:
        """The tables: the CSV or the Parquet of each imported file. Raises StoreError where one is gone."""
        paths = [
            self.folder / (entry["path"] if ending == ".csv" else entry["parquet"]["path"])
            for entry in self.resources()
        ]
        for path in paths:
            if not path.is_file():
                raise StoreError(f"{path} is gone", hint="restore it: the store names it in datapackage.json")
        return paths

    def check(self) -> None:
        """Compare every file with its checksum; raise StoreError for one that was changed."""
        for entry in self._index():
            for path, stated in (
                (self.folder / entry["path"], entry["hash"]),
                (self.folder / entry["parquet"]["path"], entry["parquet"]["hash"]),
            ):
                if not path.is_file() or f"sha256:{sha256(path)}" != stated:
                    raise StoreError(f"{path} is not what was stored", hint="restore it from a copy")

    def holds(self, checksum: str) -> bool:
        """True where a file of this SHA-256 was imported before."""
        return any(entry.get("source_sha256") == checksum for entry in self.resources())

    def restatements(self) -> tuple[Change, ...]:
        """What later editions in the store say otherwise: the table of restatements, made anew."""
        return restatements(self.claims())

    def add(
        self, claims: Iterable[Claim], checksum: str, *, title: str, source_format: str, retrieved: str = ""
    ) -> Added:
        """Add what one file brought (see `add_all`)."""
        return self.add_all([Batch(tuple(claims), checksum, title, source_format, retrieved)])[0]

    def add_all(self, batches: Sequence[Batch], *, waiting: Callable[[], None] = _silently) -> list[Added]:
        """Add what files brought, all or nothing; nothing of a file that was added before, or whose every
        claim is there already.

        Calls `waiting` where another writer holds the store, then waits for it. Raises StoreError or
        ClaimsError where a claim breaks the rules of the table: nothing is written then.
        """
        for batch in batches:
            if not _SHA256.fullmatch(batch.checksum):
                raise StoreError(f"{batch.checksum!r} is not a SHA-256 in hex")
            for claim in batch.claims:
                check_claim(claim)
        self._make()
        with locked(self.folder, waiting):
            return self._add_all(batches)

    def _make(self) -> None:
        try:
            (self.folder / RESTATEMENTS).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be made: {error.strerror}") from None

    def _add_all(self, batches: Sequence[Batch]) -> list[Added]:
        """Write every new table and then the index: until the index names them, they are not there."""
        entries, before = self.resources(), self._index()
        stored = {claim.id: claim for claim in self.claims()}
        added = []
        for batch in batches:
            given = unique(batch.claims)
            again = any(entry["source_sha256"] == batch.checksum for entry in entries)
            fresh = () if again else tuple(claim for claim in given if claim.id not in stored)
            stored |= {claim.id: claim for claim in fresh}
            file = self._write(fresh, batch, entries) if fresh else None
            added.append(Added(fresh, len(given) - len(fresh), file))
        if any(one.claims for one in added):
            index = package([*entries, self._restated(tuple(stored.values()))])
            write(self.folder / NAME, lambda path: path.write_bytes(index))
            self._tidy(before)
        return added

    def _write(self, claims: Sequence[Claim], batch: Batch, entries: list[dict[str, Any]]) -> Path:
        name = f"claims-{batch.checksum[:16]}"
        if any(entry["name"] == name for entry in entries):
            raise StoreError(f"{name} is there already, of another file", hint="name another --store")
        table, parquet = self.folder / f"{name}.csv", self.folder / f"{name}.parquet"
        write(table, lambda path: write_csv(claims, path))
        write(parquet, lambda path: write_parquet(claims, path))
        about = {
            "title": batch.title,
            "sources": _sources(claims),
            "source_format": batch.source_format,
            "source_sha256": batch.checksum,
            "retrieved": batch.retrieved,
            "claims": len(claims),
        }
        entries.append(resource(name, table, parquet, about))
        return table

    def _restated(self, claims: Sequence[Claim]) -> dict[str, Any]:
        """Write the table of restatements anew, under the name that its bytes give it; return its entry."""
        found = restatements(claims)
        table = self.folder / RESTATEMENTS / f"{_name_of(found)}.csv"
        parquet = table.with_suffix(".parquet")
        write(table, lambda path: restated.write_csv(found, path))
        write(parquet, lambda path: restated.write_parquet(found, path))
        return described.restatements(table, parquet)

    def _tidy(self, before: Iterable[dict[str, Any]]) -> None:
        """Drop the table of restatements that the index named before, where it names another now."""
        named = {entry["path"] for entry in self._index()}
        for entry in before:
            if entry["name"] == RESTATEMENTS and entry["path"] not in named:
                for path in (entry["path"], entry["parquet"]["path"]):
                    (self.folder / path).unlink(missing_ok=True)


def _name_of(changes: Iterable[Change]) -> str:
    """16 hex digits that stand for these restatements."""
    digest = hashlib.sha256()
    for row in restated.rows(changes):
        digest.update("\t".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()[:16]


def _is_entry(entry: Any) -> bool:
    """True for an entry that this store may have written: no path leads out of the folder."""
    if entry["name"] == RESTATEMENTS:
        known = _RESTATED.fullmatch(entry["path"]) is not None
    else:
        known = _NAME.fullmatch(entry["name"]) is not None and entry["path"] == f"{entry['name']}.csv"
    return (
        known
        and entry["parquet"]["path"] == f"{entry['path'].removesuffix('.csv')}.parquet"
        and isinstance(entry["hash"], str)
        and isinstance(entry["parquet"]["hash"], str)
    )


def _sources(claims: Iterable[Claim]) -> list[dict[str, str]]:
    """Who published and where, each once, at most 100."""
    found = dict.fromkeys((claim.source_publisher, claim.source_url) for claim in claims)
    return [{"title": title, "path": path} for title, path in list(found)[:100]]
