"""Connectors bring files from a provider's own systems into a production.

Another package brings one by an entry point of the group `sagwan.connectors`: a name, and a callable that
takes its settings (a mapping of text to text) and returns a Connector. It gets the approved scope and returns
files with what it says of each; every one is checked again. docs/reference/connectors.md tells more.
"""

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol
from urllib.parse import unquote

from sagwan.desk.vault.productions.declare import Declared, from_members
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import TARGET_KINDS, Target
from sagwan.record.vocabulary import DataCategory

if TYPE_CHECKING:
    from sagwan.desk.vault.productions.scope import Scope

GROUP = "sagwan.connectors"
SIDECAR = ".scope.json"
MAX_ENTRIES = 10_000
_MAX_SIDECAR = 1_000_000


class ConnectorError(SagwanError):
    """A connector that is not there, is set up wrongly, or cannot bring what it should."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a connector is: its name as recorded, one line about it, and its settings with a line on each."""

    name: str
    about: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file on its way in: what is said of it, and how to read it, once."""

    declared: Declared
    open: Callable[[], AbstractContextManager[BinaryIO] | BinaryIO]


class Connector(Protocol):
    """What brings files. `fetch` gives them in the same order whenever nothing changed."""

    def describe(self) -> Description: ...

    def fetch(self, scope: "Scope") -> Iterable[Incoming]: ...


def connector(name: str, settings: Mapping[str, str]) -> Connector:
    """The connector of that name, set up; raise ConnectorError."""
    if name == Folder.NAME:
        return Folder(settings)
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        raise ConnectorError(
            f"there is no connector {name!r}", hint=f"there are: {', '.join(sorted({*found, Folder.NAME}))}"
        )
    try:
        return found[name].load()(settings)
    except (ImportError, AttributeError, TypeError) as error:
        raise ConnectorError(f"the connector {name} cannot be used: {error}") from None


class Folder:
    """Reads `ROOT/<request>/<category>/<kind>=<value>/<file>`, with `<file>.scope.json` beside a file to say
    more of it. A value is written as in a URL (`%2F` for `/`). No link is followed, nothing hidden is read.
    """

    NAME = "folder"

    def __init__(self, settings: Mapping[str, str]) -> None:
        if set(settings) != {"path"}:
            raise ConnectorError("the connector folder takes one setting, path", hint="path=/where/files/lie")
        self._root = Path(settings["path"])

    def describe(self) -> Description:
        return Description(
            self.NAME,
            "Files from a folder: one a request, in it one a data category, in it one a target.",
            {"path": "The folder that holds the requests' folders."},
        )

    def fetch(self, scope: "Scope") -> Iterator[Incoming]:
        """Every file of the request's folder, by data category, target and name; raise ConnectorError."""
        place = self._root / scope.number
        self._check_folder(self._root)
        self._check_folder(place)
        count = 0
        for category in self._inside(place):
            for whose in self._inside(category):
                for file in self._inside(whose, files=True):
                    if file.name.endswith(SIDECAR):
                        continue
                    count += 1
                    if count > MAX_ENTRIES:
                        raise ConnectorError(f"{place} holds more than {MAX_ENTRIES:,} files")
                    yield Incoming(_declared(category.name, whose.name, file), partial(_open, file))

    def _check_folder(self, path: Path) -> None:
        if path.is_symlink() or not path.is_dir():
            raise ConnectorError(f"{path} is no folder", hint="make it, and put the files in it; no link")

    def _inside(self, path: Path, *, files: bool = False) -> list[Path]:
        """What lies in a folder, by name; raise ConnectorError where something is not as it should be."""
        found = sorted(each for each in path.iterdir() if not each.name.startswith("."))
        for each in found:
            if each.is_symlink() or not (each.is_file() if files else each.is_dir()):
                wanted = "a plain file" if files else "a folder"
                raise ConnectorError(f"{each} is not {wanted}", hint="links are not followed")
        return found


def _declared(category: str, whose: str, file: Path) -> Declared:
    kind, mark, value = whose.partition("=")
    if kind not in TARGET_KINDS or not mark:
        raise ConnectorError(f"{file.parent} names no target", hint="call it KIND=VALUE, such as account=abc")
    if category not in set(DataCategory):
        raise ConnectorError(
            f"{file.parent.parent} names no data category", hint=f"one of {', '.join(DataCategory)}"
        )
    members = _sidecar(file)
    members.setdefault("data", category)
    try:
        return from_members(file.name, members, (Target(kind, unquote(value)),))
    except InvalidValue as error:
        raise ConnectorError(f"{file}: {error.message}", hint=error.hint) from None


def _sidecar(file: Path) -> dict[str, Any]:
    beside = file.with_name(file.name + SIDECAR)
    if not beside.exists():
        return {}
    if beside.is_symlink() or beside.stat().st_size > _MAX_SIDECAR:
        raise ConnectorError(f"{beside} is a link or too large")
    try:
        members = json.loads(beside.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ConnectorError(f"{beside} is no JSON: {error}") from None
    if not isinstance(members, dict):
        raise ConnectorError(f"{beside} is no JSON object")
    return members


def _open(file: Path) -> BinaryIO:
    """Open a file, unless it became a link or something else since it was listed."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise ConnectorError(f"{file} cannot be read: {error}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ConnectorError(f"{file} is not a plain file")
    return os.fdopen(descriptor, "rb")
