"""A store: claims by edition in a folder of plain files, added to and never overwritten."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sagwan.compare.check import check_claim
from sagwan.compare.claim import Claim
from sagwan.compare.lines import DEFAULT, Limits
from sagwan.compare.load import load_files, unique
from sagwan.compare.store.csvs import write_csv
from sagwan.compare.store.files import locked, write
from sagwan.compare.store.package import NAME, package, resource, sha256
from sagwan.compare.store.parquet import read_ids, write_parquet
from sagwan.record.errors import SagwanError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"claims-[0-9a-f]{16}")


class StoreError(SagwanError):
    """A store that cannot be read or added to."""


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: the new claims, how many were there already, and the file (None where none)."""

    claims: tuple[Claim, ...]
    known: int
    file: Path | None


class Store:
    """The store in a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resources(self) -> list[dict[str, Any]]:
        """The entries of the imported files, the oldest first; raises StoreError for a damaged index."""
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
        for entry in self.resources():
            for path, stated in (
                (self.folder / entry["path"], entry["hash"]),
                (self.folder / entry["parquet"]["path"], entry["parquet"]["hash"]),
            ):
                if not path.is_file() or f"sha256:{sha256(path)}" != stated:
                    raise StoreError(f"{path} is not what was stored", hint="restore it from a copy")

    def holds(self, checksum: str) -> bool:
        """True where a file of this SHA-256 was imported before."""
        return any(entry.get("source_sha256") == checksum for entry in self.resources())

    def add(
        self, claims: Iterable[Claim], checksum: str, *, title: str, source_format: str, retrieved: str = ""
    ) -> Added:
        """Add what a file of this SHA-256 brought; nothing where it, or every claim of it, is there already.

        Raises StoreError where a claim breaks the rules of the table: nothing is written then.
        """
        if not _SHA256.fullmatch(checksum):
            raise StoreError(f"{checksum!r} is not a SHA-256 in hex")
        given = unique(claims)
        for claim in given:
            check_claim(claim)
        self._make()
        with locked(self.folder):
            entries = self.resources()
            if any(entry.get("source_sha256") == checksum for entry in entries):
                return Added((), len(given), None)
            known = {one for path in self.files(".parquet") for one in read_ids(path)}
            fresh = tuple(claim for claim in given if claim.id not in known)
            if not fresh:
                return Added((), len(given), None)
            about = {
                "title": title,
                "sources": _sources(fresh),
                "source_format": source_format,
                "source_sha256": checksum,
                "retrieved": retrieved,
                "claims": len(fresh),
            }
            return Added(fresh, len(given) - len(fresh), self._write(fresh, checksum[:16], about, entries))

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be made: {error.strerror}") from None

    def _write(
        self,
        claims: Sequence[Claim],
        short: str,
        about: dict[str, Any],
        entries: Sequence[dict[str, Any]],
    ) -> Path:
        """Write both tables and then the index: until the index names them, they are not there."""
        name = f"claims-{short}"
        if any(entry["name"] == name for entry in entries):
            raise StoreError(f"{name} is there already, of another file", hint="name another --store")
        table, parquet = self.folder / f"{name}.csv", self.folder / f"{name}.parquet"
        write(table, lambda path: write_csv(claims, path))
        write(parquet, lambda path: write_parquet(claims, path))
        index = package([*entries, resource(name, table, parquet, about)])
        write(self.folder / NAME, lambda path: _put(path, index))
        return table


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _is_entry(entry: Any) -> bool:
    """True for an entry that this store may have written: no path leads out of the folder."""
    return (
        _NAME.fullmatch(entry["name"]) is not None
        and entry["path"] == f"{entry['name']}.csv"
        and entry["parquet"]["path"] == f"{entry['name']}.parquet"
        and isinstance(entry["hash"], str)
        and isinstance(entry["parquet"]["hash"], str)
    )


def _sources(claims: Iterable[Claim]) -> list[dict[str, str]]:
    """Who published and where, each once, at most 100."""
    found = dict.fromkeys((claim.source_publisher, claim.source_url) for claim in claims)
    return [{"title": title, "path": path} for title, path in list(found)[:100]]
