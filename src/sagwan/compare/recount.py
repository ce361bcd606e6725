"""Counts that were recounted from a published folder's openings, as claims or, if synthetic, as badges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.figure import Figure
from sagwan.compare.words import Language

Row = tuple[str, str, str]
FOLLOW_UP = "stage=follow-up"

# measure of a report -> metric, part and unit of a claim
_REASON = "reason."
_MEASURES = {
    "requested": ("requested", "", "requests"),
    "processed": ("processed", "", "requests"),
    "complied": ("complied", "", "requests"),
    "partial": ("partial", "", "requests"),
    "refused": ("refused", "", "requests"),
    "no-data": ("no-data", "", "requests"),
    "withdrawn": ("withdrawn", "", "requests"),
    "accounts-disclosed": ("accounts", "", "accounts"),
    "follow-ups": ("processed", FOLLOW_UP, "requests"),
    "follow-up-accounts": ("accounts", FOLLOW_UP, "accounts"),
}


class Standing(StrEnum):
    """Why a recounted number is only shown beside a figure."""

    SYNTHETIC = "recounted-synthetic"
    FLOOR = "recounted-floor"


_LABELS = {
    Standing.SYNTHETIC: ("recounted (synthetic)", "재집계(가상 자료)"),
    Standing.FLOOR: ("recounted (a floor: entries are withheld)", "재집계(비공개분 제외 최솟값)"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The folder that was recounted: its provider, half-year, address, publisher and date (2016-07-20)."""

    provider: str
    period: str
    address: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A recounted number that takes no part in the reconciliation of its figure."""

    figure: Figure
    count: int
    standing: Standing
    source: Source

    def label(self, language: Language) -> str:
        return _LABELS[self.standing][0 if language == "en" else 1]

    def to_json(self) -> dict[str, object]:
        return {"count": self.count, "standing": self.standing.value, "source_url": self.source.address}


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recounted folder brings into a comparison."""

    claims: tuple[Claim, ...] = ()
    badges: tuple[Badge, ...] = ()


def recount(
    rows: Mapping[Row, Mapping[str, int]],
    source: Source,
    *,
    synthetic: bool,
    withheld: int = 0,
    vouched: bool = True,
) -> Recount:
    """Take in a recounted table: counts by (service, jurisdiction, instrument) and measure.

    Only the table that verification recounted may be given, never the one a report states. A synthetic
    report is never a claim; and where entries are withheld the counts are floors, which no claim can say.
    Where the reader has not `vouched` for the log's key, nobody but the folder says whose log it is: then the
    counts are the provider's own word, a company report, and not `recounted`.
    """
    kind = SourceKind.RECOUNTED if vouched else SourceKind.COMPANY_REPORT
    claims = tuple(_claims(rows, source, kind))
    if not synthetic and not withheld:
        return Recount(claims=claims)
    standing = Standing.SYNTHETIC if synthetic else Standing.FLOOR
    return Recount(badges=tuple(Badge(c.figure, int(c.value), standing, source) for c in claims))


def _claims(rows: Mapping[Row, Mapping[str, int]], source: Source, kind: SourceKind) -> Iterator[Claim]:
    for (service, jurisdiction, instrument), counts in rows.items():
        reasons = sorted(measure for measure in counts if measure.startswith(_REASON))
        why = {one: ("reasons", f"reason={one.removeprefix(_REASON)}", "requests") for one in reasons}
        for measure, (metric, part, unit) in (_MEASURES | why).items():
            # A row without follow-ups or a reason says nothing of them.
            if measure not in counts or (part and not counts[measure]):
                continue
            yield Claim(
                provider=source.provider,
                service=service,
                jurisdiction=jurisdiction,
                period=source.period,
                category=instrument,
                metric=metric,
                part=part,
                value=str(counts[measure]),
                unit=unit,
                source_url=source.address,
                source_publisher=source.publisher,
                source_date=source.date,
                source_kind=kind,
            )
