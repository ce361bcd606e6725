"""What every source shares that is not on this machine: a temporary folder, filled as files are asked for.

Each file is brought once, so that all checks see the same bytes however the source changes meanwhile; what is
larger than it can need is not kept; the folder is removed at the end, after an interruption too.
"""

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from sagwan.verify.errors import SourceError

CONNECTIONS = 4
BLOCK = 1 << 20
"""Bytes that are taken in at a time."""


class Mirror(ABC):
    """A folder elsewhere. Use it as a context: the mirror is removed at the end."""

    here = False

    def __init__(self, name: str, connections: int = CONNECTIONS) -> None:
        self.name = name
        self._folder = tempfile.TemporaryDirectory(prefix="sagwan-verify-", ignore_cleanup_errors=True)
        self.root = Path(self._folder.name)
        self._asked: set[str] = set()
        self._pool = ThreadPoolExecutor(connections)

    @abstractmethod
    def list(self) -> list[str] | None:
        """All files' paths below `report` and `openings`; None where the source cannot be listed."""

    @abstractmethod
    def _content(self, path: str) -> Iterator[bytes] | None:
        """A file's bytes in blocks; None where it is not there. Raises SourceError."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()

    def fetch(self, paths: Iterable[str], limit: int) -> None:
        """Mirror the files that are there; raise SourceError if the source does not answer as it should."""
        new = [path for path in paths if path not in self._asked]
        self._asked.update(new)
        if len(new) == 1:  # most calls are for one file: no thread is needed
            self._save(new[0], limit)
            return
        # Listing the results brings the first error out of the threads.
        list_results(self._pool.map(lambda path: self._save(path, limit), new))

    def _save(self, path: str, limit: int) -> None:
        content = self._content(path)
        if content is None:
            return
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        size = 0
        try:
            with target.open("wb") as file:
                for block in content:
                    size += len(block)
                    if size > limit:
                        raise SourceError(
                            f"{self.name}: {path} has more than the {limit:,} bytes it can need"
                        )
                    file.write(block)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise SourceError(
                f"{self.name}: {path} cannot be kept in {self.root}: {error.strerror or error}",
                hint="make room there, or name another folder in the environment variable TMPDIR",
            ) from None


def list_results(results: Iterable[None]) -> None:
    """Wait for all of them; the first error is raised here."""
    for _ in results:
        pass
