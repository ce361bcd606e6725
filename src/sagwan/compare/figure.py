"""A figure: one thing that can be counted. All claims about it are rivals or witnesses of each other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sagwan.compare.claim import Claim

ALL_SERVICES = "all"
JOINT = "+"


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """What a number counts; every field as printed.

    `service` is `all` for a provider's total, `provider` joins several by `+`; `part` names a part of the
    whole (`authority=police`) or a stage (`stage=follow-up`), and is empty for the whole.
    """

    provider: str
    service: str
    jurisdiction: str
    period: str
    category: str
    metric: str
    part: str = ""

    @property
    def is_total(self) -> bool:
        """True where the figure spans several services or providers."""
        return self.service == ALL_SERVICES or JOINT in self.provider

    @property
    def providers(self) -> tuple[str, ...]:
        return tuple(self.provider.split(JOINT))

    def under_metric(self, metric: str) -> "Figure":
        return replace(self, metric=metric)

    def under_category(self, category: str) -> "Figure":
        return replace(self, category=category)

    def in_period(self, period: str) -> "Figure":
        return replace(self, period=period)

    def of_service(self, provider: str, service: str) -> "Figure":
        return replace(self, provider=provider, service=service)

    def to_json(self) -> dict[str, str]:
        return {
            "provider": self.provider,
            "service": self.service,
            "jurisdiction": self.jurisdiction,
            "period": self.period,
            "category": self.category,
            "metric": self.metric,
            "part": self.part,
        }

    def __str__(self) -> str:
        """A path that names it, such as `kakao/daum/KR/2016H1/communication-restriction/processed`."""
        fields = (
            self.provider,
            self.service,
            self.jurisdiction,
            self.period,
            self.category or "-",
            self.metric,
        )
        return "/".join((*fields, self.part) if self.part else fields)


def by_figure(claims: Iterable["Claim"]) -> "dict[Figure, tuple[Claim, ...]]":
    """Claims grouped by what they count, each group in the order given; figures in order."""
    groups: dict[Figure, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.figure, []).append(claim)
    return {figure: tuple(groups[figure]) for figure in sorted(groups)}
