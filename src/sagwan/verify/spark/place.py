"""Where executors find a published folder's files."""

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sagwan.formats.paths import LOG
from sagwan.verify.binding import digest_of
from sagwan.verify.errors import SourceError
from sagwan.verify.objects import Objects, explained, open_store
from sagwan.verify.source import OPENINGS_LIMIT, TILE_LIMIT, Folder, Source

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CONNECTIONS = 16
"""Requests that one task has open at a store."""

Span = tuple[str, int, int]
"""A file's path, an offset and a number of bytes."""


class Place(Protocol):
    """A folder as executors see it; pickled and sent to them."""

    def size(self, path: str) -> int | None:
        """A file's bytes; None where it is not there."""

    @contextmanager
    def local(self, files: Iterable[str] = (), spans: Iterable[Span] = ()) -> Iterator[Path]:
        """A local folder that holds whole files and parts of files, each at its own place and offset."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Shared:
    """A path that the driver and every executor see under one name."""

    root: Path

    def size(self, path: str) -> int | None:
        file = self.root / path
        try:
            return file.stat().st_size if file.is_file() else None
        except (OSError, ValueError):
            return None

    @contextmanager
    def local(self, files: Iterable[str] = (), spans: Iterable[Span] = ()) -> Iterator[Path]:
        yield self.root


@dataclass(frozen=True, slots=True)
class Stored:
    """An object store, which each executor reaches by itself, with the credentials of its environment."""

    address: str

    def size(self, path: str) -> int | None:
        with explained(self.address):
            try:
                return int(_store(self.address).head(path)["size"])
            except FileNotFoundError:
                return None

    @contextmanager
    def local(self, files: Iterable[str] = (), spans: Iterable[Span] = ()) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="sagwan-verify-") as folder:
            root = Path(folder)
            with ThreadPoolExecutor(CONNECTIONS) as pool:
                for _ in pool.map(lambda path: self._bring(root, path), dict.fromkeys(files)):
                    pass
            for span in spans:
                self._bring_span(root, *span)
            yield root

    def _bring(self, root: Path, path: str) -> None:
        """A whole file, where it is there; raise SourceError where it is larger than it can need."""
        limit = TILE_LIMIT if path.startswith(LOG) else OPENINGS_LIMIT
        with explained(self.address):
            try:
                found = _store(self.address).get(path)
            except FileNotFoundError:
                return
            if found.meta["size"] > limit:
                raise SourceError(f"{self.address}: {path} has more than the {limit:,} bytes it can need")
            with _new(root / path).open("wb") as file:
                for block in found.stream():
                    file.write(block)

    def _bring_span(self, root: Path, path: str, offset: int, size: int) -> None:
        with explained(self.address):
            try:
                data = _store(self.address).get_range(path, start=offset, length=size) if size else b""
            except FileNotFoundError:
                return
            target = _new(root / path)
            with target.open("r+b" if target.exists() else "wb") as file:  # a gap takes no room
                file.seek(offset)
                file.write(data)


@cache
def _store(address: str) -> "ObjectStore":
    return open_store(address)


def _new(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def hash_file(wanted: tuple[Place, str]) -> str:
    """The SHA-256 in hex of a file of a place (on an executor)."""
    place, file = wanted
    with place.local(files=[file]) as root:
        return digest_of(root, file)


def place_of(source: Source) -> Place:
    """Where executors read a source; raise SourceError for one that only the driver can reach."""
    if isinstance(source, Folder):
        return Shared(source.root.resolve())
    if isinstance(source, Objects):
        return Stored(source.name)
    raise SourceError(
        f"Spark's executors cannot read {source.name} from here",
        hint="name a path that all of Spark's machines share, or an object store's address",
    )
