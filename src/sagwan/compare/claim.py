"""A claim: one published figure as one source printed it. Kept as printed, never merged or corrected."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sagwan.compare.figure import Figure
from sagwan.compare.value import Value, read_value

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


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of a claims table: the columns as printed, and what is read from them.

    `value` is the printed text and `read` its reading; `note` is a person's remark that no rule may read.
    `id` is 16 hex digits: the start of the SHA-256 of all columns but the note, joined by TAB, so that it
    stays the same when rows move. `file` and `line` say where the row stood.
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
    note: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    figure: Figure = field(init=False, compare=False)
    read: Value = field(init=False, compare=False)
    voice: str = field(init=False, compare=False)
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        identity = "\t".join(getattr(self, column) for column in COLUMNS[:-1])
        figure = Figure(*(getattr(self, column) for column in COLUMNS[:7]))
        for name, value in (
            ("figure", figure),
            ("read", read_value(self.value, self.unit)),
            ("voice", voice(self)),
            ("id", hashlib.sha256(identity.encode()).hexdigest()[:16]),
        ):
            object.__setattr__(self, name, value)

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


def voice(claim: Claim) -> str:
    """Who speaks: sources that share a voice are counted once.

    All copies of a provider's own report speak with the provider's voice; two addresses of a publisher are
    one; `Paper / Agency` repeats the agency; brackets say how a text was reached, not who wrote it.
    """
    if claim.source_kind.is_provider:
        return f"provider:{claim.provider}"
    publisher = claim.source_publisher.split(" (")[0]
    return publisher.split(" / ")[-1].strip().casefold()
