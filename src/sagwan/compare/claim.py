"""A claim: one published figure as one source printed it. Kept as printed, never merged or corrected."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from sagwan.compare.edition import checksum
from sagwan.compare.figure import Figure
from sagwan.compare.stated import READING, read_stated
from sagwan.compare.value import Value

COLUMNS = (
    "provider",
    "service",
    "jurisdiction",
    "period",
    "category",
    "metric",
    "part",
    "value",
    "unit",
    "source_url",
    "source_publisher",
    "source_date",
    "source_kind",
    "note",
)
"""The columns that every table of claims has."""

DIMENSIONS = (
    "entity",
    "jurisdiction_printed",
    "assisting",
    "channel",
    "period_printed",
    "period_start",
    "period_end",
    "period_kind",
    "completeness",
    "process",
    "process_class",
    "law",
    "requester",
    "identifier",
    "data_class",
    "live",
    "urgency",
    "crime",
    "counted",
)
"""What else a number may be about; empty where its source says nothing of it, which is not 'total'."""

PLACE = ("edition", "sheet", "row", "column")
"""Where it stood."""

OPTIONAL_COLUMNS = (*DIMENSIONS, *READING, *PLACE)
WIDE_COLUMNS = (*COLUMNS, *OPTIONAL_COLUMNS)
"""All columns, in the order in which the store writes them."""

# What was read into a claim may be mended, and rows may move; what was printed stays.
_PRINTED = tuple(c for c in (*DIMENSIONS, "sheet", "column") if c != "process_class")


class SourceKind(StrEnum):
    """What kind of source printed a claim, the one preferred most first."""

    RECOUNTED = "recounted"
    COMPANY_REPORT = "company-report"
    COMPANY_REPORT_COPY = "company-report-copy"
    MINISTRY = "ministry"
    NGO = "ngo"
    NEWS = "news"

    @property
    def rank(self) -> int:
        """0 is preferred most."""
        return list(SourceKind).index(self)

    @property
    def is_provider(self) -> bool:
        """True where the provider itself speaks, be it through a copy or a recount."""
        return self.rank <= SourceKind.COMPANY_REPORT_COPY.rank


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One row of a claims table: the columns as printed, and what is read from them.

    `value` is the printed text and `read` its reading: as `state`, `low`, `high`, `rule` and `reason` state
    it or, where `state` is empty, what the text says by itself. `note` is a person's remark that no rule may
    read. `file` and `line` say where the row stands in a table of claims, `edition`, `sheet`, `row` and
    `column` where the number stood in its source. Raises ValueError where the stated reading cannot be.

    `id` is 16 hex digits of the SHA-256 of what was printed and where (docs/reference/claims.md), so that it
    stays the same when rows move and when a reading is mended. Claims of one id are equal.
    """

    provider: str
    service: str
    jurisdiction: str
    period: str
    category: str
    metric: str
    part: str
    value: str
    unit: str
    source_url: str
    source_publisher: str
    source_date: str
    source_kind: SourceKind
    note: str = ""
    file: str = ""
    line: int = 0
    entity: str = ""
    """The legal entity that reports."""
    jurisdiction_printed: str = ""
    """The country as its source names it."""
    assisting: str = ""
    """The country through whose authorities the request came (ISO 3166-1), such as under an MLAT."""
    channel: str = ""
    """direct, mlat, cloud-act, subsidiary, dsa-order, epoc."""
    period_printed: str = ""
    period_start: str = ""
    """The first day, as 2016-01-01; `period_end` is the last day, itself included."""
    period_end: str = ""
    period_kind: str = ""
    """month, quarter, half, year, running or other."""
    completeness: str = ""
    """complete or partial."""
    process: str = ""
    """The legal process in the provider's words; `process_class` is what it was mapped to."""
    process_class: str = ""
    law: str = ""
    requester: str = ""
    identifier: str = ""
    """What kind of thing a request names: account, device, payment, push-token, domain, line."""
    data_class: str = ""
    """subscriber, non-content or content."""
    live: str = ""
    """stored or live."""
    urgency: str = ""
    """normal or emergency."""
    crime: str = ""
    counted: str = ""
    """The thing counted: request, account, customer, device, letter."""
    state: str = ""
    low: str = ""
    high: str = ""
    rule: str = ""
    reason: str = ""
    edition: str = ""
    """`publisher|address|retrieved|sha256`: see `sagwan.compare.edition`."""
    sheet: str = ""
    row: str = ""
    column: str = ""
    figure: Figure = field(init=False, repr=False)
    read: Value = field(init=False, repr=False)
    voice: str = field(init=False, repr=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        read = read_stated(self.value, self.unit, self.state, self.low, self.high, self.rule, self.reason)
        object.__setattr__(self, "figure", Figure(*_key(self)))
        object.__setattr__(self, "read", read)
        object.__setattr__(self, "voice", _voice(self.source_kind, self.provider, self.source_publisher))
        object.__setattr__(self, "id", _identity(self))

    def __eq__(self, other: object) -> bool:
        return self.id == other.id if isinstance(other, Claim) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def first_day(self) -> date:
        """The first day that the source's date (`2016`, `2016-08` or `2016-08-04`) may mean."""
        year, month, day = (*self.source_date.split("-"), "1", "1")[:3]
        return date(int(year), int(month), int(day))

    @property
    def last_day(self) -> date:
        """The last day that the source's date may mean."""
        if self.source_date.count("-") == 2:
            return self.first_day
        if self.source_date.count("-") == 0:
            return date(self.first_day.year, 12, 31)
        return (self.first_day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)

    def to_json(self) -> dict[str, str]:
        return {
            "id": self.id,
            "value": self.value,
            "unit": self.unit,
            "source_url": self.source_url,
            "source_publisher": self.source_publisher,
            "source_date": self.source_date,
            "source_kind": self.source_kind.value,
        }


_key = attrgetter(*COLUMNS[:7])
_columns = attrgetter(*COLUMNS[:-1])
_printed = attrgetter(*_PRINTED)


def _identity(claim: Claim) -> str:
    """The start of the SHA-256 of the columns up to `source_kind` and of `name=value` for each dimension,
    sheet and column that is not empty and for the checksum of the edition; all joined by TAB, with a TAB
    within one written as backslash and t, and a backslash doubled."""
    parts = list(_columns(claim))
    printed = _printed(claim)
    if any(printed):
        parts += [f"{name}={cell}" for name, cell in zip(_PRINTED, printed, strict=True) if cell]
    if claim.edition:
        parts.append(f"edition={checksum(claim.edition)}")
    text = "\t".join(parts)
    if "\\" in text or text.count("\t") >= len(parts):
        text = "\t".join(part.replace("\\", "\\\\").replace("\t", "\\t") for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=4096)
def _voice(kind: SourceKind, provider: str, publisher: str) -> str:
    """Who speaks: sources that share a voice are counted once.

    All copies of a provider's own report speak with the provider's voice; two addresses of a publisher are
    one; `Paper / Agency` repeats the agency; brackets say how a text was reached, not who wrote it.
    """
    if kind.is_provider:
        return f"provider:{provider}"
    return publisher.partition(" (")[0].rpartition(" / ")[2].strip().casefold()
