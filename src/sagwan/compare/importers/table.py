"""Tables as they lie in a file: rows of printed cells, and the records that a known header makes of them."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_MARKS = re.compile(r"[^0-9a-z\uac00-\ud7a3]+")
_NO_LETTERS = re.compile(r"[\W_]+")
# 1,809 without its quotes is 1 and 809.
_HEAD, _TAIL = re.compile("[1-9][0-9]{0,2}"), re.compile("[0-9]{3}")
_NOTES = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\s*[\[(][0-9]{1,2}[\])]\s*$")


def key(label: str) -> str:
    """A header's letters and digits alone, of any script: `User Data Requests` and `UserDataRequests*` are
    one, and so are full-width letters and plain ones."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", _NOTES.sub("", label)).casefold())


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
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Where each column stands, by its key; the first of two columns with one key.

    `aliases` are other keys of a head, such as in another language, and the one it is known by.
    """

    labels: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict, compare=False)
    at: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        at: dict[str, int] = {}
        for index in range(len(self.labels)):
            at.setdefault(self.key_of(index), index)
        object.__setattr__(self, "at", at)

    def key_of(self, index: int) -> str:
        """The key of a column, by which it is known."""
        own = key(self.labels[index])
        return self.aliases.get(own, own)

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
    def is_shifted(self) -> bool:
        """True where the row has more cells than its header, and a number too many or one cut in two.

        Somewhere a comma within a cell was taken for one between cells: no figure stands under its own head.
        """
        cells = [cell.strip() for cell in self.row.cells]
        beyond = cells[len(self.header.labels) :]
        if not beyond:
            return False
        cut = any(_HEAD.fullmatch(one) and _TAIL.fullmatch(two) for one, two in pairwise(cells))
        return cut or any(re.search("[0-9]", cell) for cell in beyond)


@dataclass(frozen=True, slots=True)
class Spec:
    """A kind of table, by the keys that its header must hold (and those it must not)."""

    name: str
    needs: frozenset[str]
    without: frozenset[str] = frozenset()
    printed: tuple[str, ...] = field(default=(), compare=False)
    """What it needs, as headers print it."""
    aliases: Mapping[str, str] = field(default_factory=dict, compare=False)

    def fits(self, row: Row) -> bool:
        keys = self._keys(row)
        return self.needs <= keys and not self.without & keys

    def lacks(self, row: Row) -> tuple[str, ...]:
        """The heads that a row would have to print besides its own."""
        keys = self._keys(row)
        return tuple(label for label in self.printed if key(label) not in keys)

    def _keys(self, row: Row) -> set[str]:
        own = {key(cell) for cell in row.cells}
        return own | {self.aliases[name] for name in own & self.aliases.keys()} if self.aliases else own


def spec(
    name: str, *needs: str, without: Iterable[str] = (), aliases: Mapping[str, str] | None = None
) -> Spec:
    """A Spec from headers as they are printed."""
    return Spec(name, frozenset(map(key, needs)), frozenset(map(key, without)), needs, aliases or {})


@dataclass(frozen=True, slots=True)
class Section:
    """A header, its row's number, and the records below it, up to the next header."""

    spec: Spec
    header: Header
    records: tuple[Record, ...]
    row: int = 0


def sections(table: Table, specs: Sequence[Spec]) -> Iterator[Section]:
    """The tables that stand in one, stacked or not; blank rows and those above the first header are left."""
    found: Spec | None = None
    header = Header(())
    records: list[Record] = []
    number = 0
    for row in table.rows:
        fitting = next((one for one in specs if one.fits(row)), None)
        if fitting:
            if found:
                yield Section(found, header, tuple(records), number)
            found, header, records, number = fitting, Header(row.cells, fitting.aliases), [], row.number
        elif found and not row.is_blank:
            records.append(Record(row, header))
    if found:
        yield Section(found, header, tuple(records), number)


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
