"""Where a published folder is read from: a path, or an address that is mirrored as far as it is needed.

Every check reads plain local files below `Source.root`; for an address, `fetch` brings them there first. So
the checks, and the processes that share their work, need not know the difference.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sagwan.verify.errors import SourceError, Unreadable

NOTE_LIMIT = 1_000_000
REPORT_LIMIT = 64_000_000
MANIFEST_LIMIT = 16_000_000
OPENINGS_LIMIT = 4_000_000_000
OBJECT_SCHEMES = ("s3", "gs", "az", "abfs", "abfss")
TILE_LIMIT = 256 * 34  # an entry bundle of 256 commitments, each after its length; tiles are smaller


class Source(Protocol):
    """A published folder. `name` is what the reader called it, `root` where its files lie or will lie.

    `here`: they lie there already, and nothing needs to be fetched.
    """

    name: str
    root: Path
    here: bool

    def fetch(self, paths: Iterable[str], limit: int) -> None:
        """Bring files below `root`, at most `limit` bytes each. One that is not there is not an error yet."""

    def list(self) -> list[str] | None:
        """All files' paths; None where a source cannot be listed."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Folder:
    """A published folder on this machine."""

    here = True

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise SourceError(
                f"{path} is not a folder", hint="name a published folder or its http(s) address"
            )
        self.name = str(path)
        self.root = path

    def fetch(self, paths: Iterable[str], limit: int) -> None:
        """Nothing to do: the files are here."""

    def list(self) -> list[str] | None:
        below = (self.root / "report", self.root / "openings")
        files = (path for folder in below for path in folder.rglob("*") if not path.is_dir())
        return sorted(path.relative_to(self.root).as_posix() for path in files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to give back."""


def open_source(source: str | Path) -> Source:
    """The source that a path or an address names; raise SourceError where there is none."""
    scheme, mark, _ = source.partition("://") if isinstance(source, str) else ("", "", "")
    # Imported only here: reading a folder must not wait for the network's modules.
    if mark and scheme in ("http", "https"):
        from sagwan.verify.http import Http  # noqa: PLC0415

        return Http(str(source))
    if mark and scheme in OBJECT_SCHEMES:
        from sagwan.verify.objects import Objects  # noqa: PLC0415

        return Objects(str(source))
    if mark:
        known = ", ".join(("http", "https", *OBJECT_SCHEMES))
        raise SourceError(f"{scheme}:// is no address that can be read here", hint=f"{known}, or a path")
    return Folder(Path(source))


def read_file(root: Path, path: str, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; raise Unreadable."""
    try:
        # By descriptor: a log has hundreds of thousands of small files, and what is judged is what is read.
        descriptor = os.open(f"{root}/{path}", os.O_RDONLY | os.O_NONBLOCK)  # a pipe must not be waited for
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(f"{path} is not there") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(f"{path} is not a file")
        if status.st_size > limit:
            raise Unreadable(f"{path} has {status.st_size:,} bytes, more than the {limit:,} that it can need")
        data = os.read(descriptor, status.st_size + 1)
        if len(data) >= status.st_size:
            return data[: status.st_size]
        with os.fdopen(os.dup(descriptor), "rb") as rest:  # more than the system gives at once
            return data + rest.read(status.st_size - len(data))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None
    finally:
        os.close(descriptor)
