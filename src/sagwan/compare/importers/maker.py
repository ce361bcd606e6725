"""Makes claims from cells: what all cells of a file, of a row and of a column share is said once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sagwan.compare.check import fault
from sagwan.compare.claim import DIMENSIONS, Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.figure import join_part
from sagwan.compare.importers.cells import Reading, reading
from sagwan.compare.importers.countries import NOWHERE, Place, is_known
from sagwan.compare.importers.dates import Span
from sagwan.compare.importers.process import implied
from sagwan.compare.importers.understood import Caution, Document, Origin, Spot, Unread
from sagwan.compare.value import MissingState

MAX_PART = 120
UNNAMED = "unnamed"
"""The metric of a column whose head has no letters."""

SHOWN = "\ufffd"
"""What a control character, which no table may hold, is shown as; all else stays as printed."""

_OPTIONAL = frozenset({*DIMENSIONS, "source_url", "source_publisher", "source_date", "note"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """What the figures of one row share.

    `parts` are the dimensions that go into the figure's part since its category does not imply them; `dims`
    are further columns of a claim. What the category implies (emergency, live, law) is added by itself.
    """

    row: int
    provider: str
    service: str
    span: Span
    category: str
    place: Place = NOWHERE
    parts: Mapping[str, str] = field(default_factory=dict)
    dims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Draft:
    columns: Mapping[str, Any]
    last: date
    sheet: str


class Maker:
    """Collects what one importer makes of one file."""

    def __init__(
        self, document: Document, origin: Origin, publisher: str, kind: SourceKind | None = None
    ) -> None:
        self.document = document
        self.origin = origin
        self.publisher = origin.publisher or publisher
        said = SourceKind.COMPANY_REPORT if origin.address else SourceKind.COMPANY_REPORT_COPY
        self.kind = origin.kind or kind or said
        self.claims: list[Claim] = []
        self.unread: list[Unread] = []
        self.cautions: list[Caution] = []
        self.rows: set[tuple[str, int]] = set()
        self.sheet = ""
        self._drafts: list[_Draft] = []
        self._unknown: set[str] = set()

    @property
    def edition(self) -> Edition:
        origin = self.origin
        address = origin.address or f"urn:sha256:{self.document.sha256}"
        return Edition(self.publisher, address, origin.retrieved, self.document.sha256)

    def add(
        self,
        line: Line,
        metric: str,
        column: str,
        cell: str,
        unit: str,
        read: Reading | None = None,
        **dims: str,
    ) -> None:
        """Keep a cell as a claim: printed under `column`, read as `read` says or as it reads by itself."""
        self._note_place(line)
        self.rows.add((self.sheet, line.row))
        columns: dict[str, Any] = {
            **implied(line.category),
            **line.dims,
            **dims,
            **(read or reading(cell, unit)).columns,
            "provider": line.provider,
            "service": line.service,
            "jurisdiction": line.place.code,
            "jurisdiction_printed": line.place.printed,
            "period": line.span.period,
            "period_printed": line.span.printed,
            "period_start": line.span.first.isoformat(),
            "period_end": line.span.last.isoformat(),
            "period_kind": line.span.kind.value,
            "category": line.category,
            "metric": metric or UNNAMED,
            "part": _short(join_part({**line.parts, **line.place.parts})),
            "value": cell,
            "unit": unit,
            "file": self.document.name,
            "line": line.row,
            "row": str(line.row),
            "sheet": self.sheet or self.document.name.rpartition("/")[2],
            "column": column.strip(),
        }
        self._drafts.append(_Draft(self._sound(columns, line.row), line.span.last, self.sheet))

    def _sound(self, columns: Mapping[str, Any], row: int) -> dict[str, Any]:
        """Without empty columns, and without those that no table of claims may hold, which is noted."""
        sound = {}
        for name, text in columns.items():
            text = _CONTROL.sub(SHOWN, text) if isinstance(text, str) else text
            if text == "":
                continue
            if wrong := fault(name, str(text)) if name in _OPTIONAL else "":
                self.warn("left-out", row, f"{name} {wrong}", name)
            else:
                sound[name] = text
        return sound

    def skip(self, row: int, printed: str, why: str, column: str = "") -> None:
        """Note what no claim could be made of."""
        self.unread.append(Unread(self.spot(row, column), printed, why))

    def warn(self, code: str, row: int, text: str, column: str = "") -> None:
        self.cautions.append(Caution(code, self.spot(row, column), text))

    def spot(self, row: int, column: str = "") -> Spot:
        return Spot(self.document.name, self.sheet, row, column)

    def span(self, row: int, text: str, read: Callable[[str], Span]) -> Span | None:
        """A row's period, or nothing, noted, where it cannot be read: a figure without one says nothing."""
        try:
            return read(text)
        except ValueError as error:
            self.skip(row, text, f"the row has no period: {error}")
            return None

    def finish(self) -> tuple[Claim, ...]:
        """The claims; figures whose cells cannot be read are among them, and noted."""
        last = max((draft.last for draft in self._drafts), default=None)
        shared = {
            "source_url": self.edition.address,
            "source_publisher": self.publisher,
            "source_date": self.origin.date or (last.isoformat() if last else ""),
            "source_kind": self.kind,
            "edition": str(self.edition),
            **dict.fromkeys(("category", "jurisdiction", "part", "value"), ""),
        }
        for draft in self._drafts:
            claim = Claim(**{**shared, **draft.columns})
            self.claims.append(claim)
            if getattr(claim.read, "state", None) is MissingState.UNREADABLE:
                why = claim.reason or f"is no {'percentage' if claim.unit == 'percent' else 'number'}"
                spot = Spot(claim.file, draft.sheet, claim.line, claim.column)
                self.unread.append(Unread(spot, claim.value, why, claim.id))
        self._drafts.clear()
        return tuple(self.claims)

    def _note_place(self, line: Line) -> None:
        if not is_known(line.place) and line.place.part not in self._unknown:
            self._unknown.add(line.place.part)
            text = f"no country is known as {line.place.part!r}; kept under that name"
            self.warn("unknown-place", line.row, text)


def _short(part: str) -> str:
    return part if len(part) <= MAX_PART else part[:MAX_PART].rstrip("-;=")
