"""Where executors find a published folder's files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sagwan.verify.errors import SourceError
from sagwan.verify.source import Folder, Source

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


def place_of(source: Source) -> Place:
    """Where executors read a source; raise SourceError for one that only the driver can reach."""
    if isinstance(source, Folder):
        return Shared(source.root.resolve())
    raise SourceError(
        f"Spark's executors cannot read {source.name} from here",
        hint="name a path that all of Spark's machines share, or download the folder first",
    )
