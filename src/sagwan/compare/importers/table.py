"""Tables as they lie in a file: rows of printed cells, and the records that a known header makes of them."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_MARKS = re.compile(r"[^0-9a-z\uac00-\ud7a3]+")


def key(label: str) -> str:
    """A header's letters and digits alone: `User Data Requests` and `UserDataRequests ` are one."""
    return _MARKS.sub("", label.casefold())


def slug(label: str) -> str:
    """`Court Order (18 USC 2703(d))` as `court-order-18-usc-2703-d`."""
    return _MARKS.sub("-", label.casefold()).strip("-")


def ascii_slug(label: str) -> str:
    """A slug of a-z, 0-9 and hyphens; a name in another script, which has none, by its first 8 hex digits of
    SHA-256, so that it is always the same."""
    made = slug(label)
    return made if made.isascii() else f"x-{hashlib.sha256(label.strip().encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `number` is its line or row in the file, from 1; cells are as printed."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file; `sheet` is empty where the file has none."""

    rows: tuple[Row, ...]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands, by its key; the first of two columns with one key."""

    labels: tuple[str, ...]
    at: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        at: dict[str, int] = {}
        for index, label in enumerate(self.labels):
            at.setdefault(key(label), index)
        object.__setattr__(self, "at", at)

    def find(self, *names: str) -> str:
        """The first of these keys that there is a column for, or nothing."""
        return next((name for name in names if name in self.at), "")


@dataclass(frozen=True, slots=True)
class Record:
    """A row under its header."""

    row: Row
    header: Header

    def get(self, name: str) -> str:
        """The printed cell under a key; empty where there is no such column or cell."""
        index = self.header.at.get(name)
        return self.row.cells[index] if index is not None and index < len(self.row.cells) else ""

    def label(self, name: str) -> str:
        """The header as printed."""
        return self.header.labels[self.header.at[name]]

    @property
    def beyond(self) -> tuple[str, ...]:
        """Cells that stand under no header."""
        return tuple(cell for cell in self.row.cells[len(self.header.labels) :] if cell.strip())


@dataclass(frozen=True, slots=True)
class Spec:
    """A kind of table, by the keys that its header must hold (and those it must not)."""

    name: str
    needs: frozenset[str]
    without: frozenset[str] = frozenset()

    def fits(self, row: Row) -> bool:
        keys = {key(cell) for cell in row.cells}
        return self.needs <= keys and not self.without & keys


def spec(name: str, *needs: str, without: Iterable[str] = ()) -> Spec:
    """A Spec from headers as they are printed."""
    return Spec(name, frozenset(map(key, needs)), frozenset(map(key, without)))


@dataclass(frozen=True, slots=True)
class Section:
    """A header and the records below it, up to the next header."""

    spec: Spec
    header: Header
    records: tuple[Record, ...]


def sections(table: Table, specs: Sequence[Spec]) -> Iterator[Section]:
    """The tables that stand in one, stacked or not; blank rows and those above the first header are left."""
    found: Spec | None = None
    header = Header(())
    records: list[Record] = []
    for row in table.rows:
        fitting = next((one for one in specs if one.fits(row)), None)
        if fitting:
            if found:
                yield Section(found, header, tuple(records))
            found, header, records = fitting, Header(row.cells), []
        elif found and not row.is_blank:
            records.append(Record(row, header))
    if found:
        yield Section(found, header, tuple(records))


def has_section(table: Table, specs: Sequence[Spec], within: int = 40) -> bool:
    """True where one of the headers stands in the first rows."""
    return any(one.fits(row) for row in table.rows[:within] for one in specs)


def merged_labels(rows: Sequence[Row], leaf: Callable[[str], bool]) -> tuple[str, ...]:
    """One label a column from a header over several rows, outer heads first, joined by ` / `.

    A merged head stands in its first cell only, so it is carried to the right, but not into columns whose
    last row (`leaf`) is blank: those are spacers, or columns whose head is merged downwards.
    """
    width = max(len(row.cells) for row in rows)
    grid = [[*(cell.strip() for cell in row.cells), *[""] * (width - len(row.cells))] for row in rows]
    labels = []
    carried = [""] * (len(grid) - 1)
    for column in range(width):
        own = [line[column] for line in grid]
        for level, head in enumerate(own[:-1]):
            if head:
                # A new outer head ends the inner heads that were carried along under the old one.
                carried[level:] = [head, *[""] * (len(carried) - level - 1)]
        parts = [*carried, own[-1]] if leaf(own[-1]) else own
        labels.append(" / ".join(" ".join(part.split()) for part in parts if part))
    return tuple(labels)
