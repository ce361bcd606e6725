"""The score of a provider for a period, scheme by scheme, and what it did to protect users."""

from collections.abc import Iterator
from dataclasses import dataclass

from sagwan.compare.claim import SourceKind
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.score.model import Desk, Point, Sheet, desk, says_so
from sagwan.compare.score.policies import TOPICS, Policy, about
from sagwan.compare.score.rdr import HELD_BACK, NOTICE, p10a, p11a, p12
from sagwan.compare.score.templates import dsa, oti
from sagwan.record.errors import SagwanError

SCHEMES = {"P11a": p11a, "P10a": p10a, "P12": p12, "OTI": oti, "DSA": dsa}

# The metrics that show each topic, and those that show it by a part of a figure.
_SHOWN = {
    "checks": frozenset[str](),
    "narrowing": frozenset({"narrowed", "disclosed-non-content-only"}),
    "blinding": frozenset({"blinded", "follow-ups"}),
    "notice": NOTICE,
    "refusals": HELD_BACK | {"no-data-provided", "no-data"},
}
_FOLLOW_UP = "stage=follow-up"


class NoFigures(SagwanError):
    """A provider and period of which no claim speaks."""


def score(comparison: Comparison, provider: str, period: str) -> tuple[Sheet, ...]:
    """Every scheme's sheet, from a comparison of all periods. Raises NoFigures where there is nothing."""
    laid = desk(comparison, provider, period)
    if not any(f.provider == provider and f.period == period for f in comparison.by_key):
        raise NoFigures(
            f"no claim is about {provider} in {period}", hint="sagwan compare PERIOD names the providers"
        )
    return tuple(Sheet(provider, period, name, _ask(name, laid)) for name in SCHEMES)


def reporting(comparison: Comparison, period: str) -> tuple[str, ...]:
    """The providers that print figures of the period themselves, each by itself, in alphabetical order."""
    found = {
        item.figure.provider
        for item in comparison.figures
        if item.figure.period == period and len(item.figure.providers) == 1 and says_so(item)
    }
    return tuple(sorted(found))


def _ask(scheme: str, laid: Desk) -> tuple[Point, ...]:
    return SCHEMES[scheme](laid)


@dataclass(frozen=True, slots=True)
class Protection:
    """What is known of one topic: figures, of which `recounted` are checked by anyone, and policies.

    With neither the answer is 'unknown', which `is_known` tells.
    """

    topic: str
    figures: tuple[Reconciled, ...]
    policies: tuple[Policy, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.figures or self.policies)

    @property
    def recounted(self) -> bool:
        kinds = [claim.source_kind for item in self.figures for claim in item.supporters]
        return SourceKind.RECOUNTED in kinds


def protections(
    comparison: Comparison, provider: str, service: str, jurisdiction: str, period: str
) -> tuple[Protection, ...]:
    """What a service did to protect users, topic by topic: checks, narrowing, blinding, notice, refusals."""
    items = [
        item
        for item in comparison.figures
        if (item.figure.provider, item.figure.service) == (provider, service)
        and (item.figure.jurisdiction, item.figure.period) == (jurisdiction, period)
        and item.value is not None
    ]
    return tuple(
        Protection(topic, tuple(_showing(topic, items)), about(provider, topic, period, service))
        for topic in TOPICS
    )


def _showing(topic: str, items: list[Reconciled]) -> Iterator[Reconciled]:
    for item in items:
        figure = item.figure
        # A follow-up names people who were blinded before: it shows that they were.
        named_later = topic == "blinding" and figure.part == _FOLLOW_UP and figure.metric == "requested"
        if named_later or (figure.metric in _SHOWN[topic] and not figure.part):
            yield item
