"""What an importer is given and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.importers.table import Table
from sagwan.compare.recount import Badge


@dataclass(frozen=True, slots=True)
class Document:
    """One file's content: its tables, or its JSON. `name` is the file's, `sha256` of its bytes in hex."""

    name: str
    sha256: str
    tables: tuple[Table, ...] = ()
    json: Any = None
    text: str = ""
    """The text of a table that is no workbook."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file is from, as whoever imports it says; what is empty is filled in from the file.

    Without an address it is `urn:sha256:` and the file's checksum; without a date, the last day that the
    file speaks of (it cannot be older). `kind` is what the format says, else the provider's own report where
    an address is given, else a copy of one. `retrieved` is the day it was fetched, `period` the half-year of
    a table that names none, `provider` a slug.
    """

    address: str = ""
    publisher: str = ""
    date: str = ""
    kind: SourceKind | None = None
    retrieved: str = ""
    period: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file: `row` is a line or row from 1, 0 for the whole file."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        row = f"row {self.row}" if self.row else ""
        return ", ".join(part for part in (self.file, sheet, row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something printed that could not be read. `claim` is the id of the claim that keeps it, empty where no
    claim could be made of it (a row without a period)."""

    spot: Spot
    printed: str
    why: str
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that was read, and looks wrong: sums that do not add up, an unknown name or encoding."""

    code: str
    spot: Spot
    text: str


class DatedBy(StrEnum):
    """Where the dates come from that claims bear as their source's."""

    GIVEN = "given"
    """Whoever imports the file says it."""
    LAST_DAY = "last-day"
    """The last day that the file speaks of: it cannot be older."""
    TABLE = "table"
    """Each row says its own."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file, an archive or a folder.

    `format` names what it was recognised as (several joined by `, `), `edition` is the file's own; each claim
    carries that of the table it stood in. `rows` counts the rows that hold figures, `files` names the files
    that were read. `periods` and `jurisdictions` are sorted; a jurisdiction is a code, or empty where figures
    name none. `badges` are recounted numbers of a synthetic folder, or floors: never claims. `dates` are the
    source dates that the claims bear, sorted; `dated_by` says who set them.
    """

    format: str
    edition: Edition
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...] = ()
    warnings: tuple[Caution, ...] = ()
    periods: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    rows: int = 0
    files: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    dates: tuple[str, ...] = ()
    dated_by: DatedBy = DatedBy.LAST_DAY

    def to_json(self) -> Mapping[str, object]:
        """For `--json`: counts and what was not read; the claims themselves only by number."""
        return {
            "format": self.format,
            "edition": str(self.edition),
            "files": list(self.files),
            "rows": self.rows,
            "claims": len(self.claims),
            "periods": list(self.periods),
            "jurisdictions": list(self.jurisdictions),
            "unread": [
                {"where": str(one.spot), "printed": one.printed, "why": one.why, "claim": one.claim}
                for one in self.unread
            ],
            "warnings": [
                {"code": one.code, "where": str(one.spot), "text": one.text} for one in self.warnings
            ],
            "badges": len(self.badges),
            "source_dates": list(self.dates),
            "dated_by": self.dated_by.value,
        }
