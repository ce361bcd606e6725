"""A disclosure score: points, each answered from what is there, with the evidence beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.figure import Figure
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.score.policies import Policy, traits


class Answer(StrEnum):
    """How a point is answered. What no claim or policy speaks of is `unknown`, which is not `no`."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer rests on: figures whose claims say so, and policies."""

    figures: tuple[Figure, ...] = ()
    policies: tuple[Policy, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.policies)


@dataclass(frozen=True, slots=True)
class Point:
    """One question of a scheme, its answer and evidence. `id` such as `P11a.7`; `question` is a message."""

    id: str
    question: str
    answer: Answer
    evidence: Evidence = Evidence()

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "question": self.question,
            "answer": self.answer.value,
            "figures": [str(figure) for figure in self.evidence.figures],
            "policies": [policy.id for policy in self.evidence.policies],
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """A provider's answers to one scheme for a period. `known` counts the points that are not unknown."""

    provider: str
    period: str
    scheme: str
    points: tuple[Point, ...]

    @property
    def yes(self) -> int:
        return sum(point.answer is Answer.YES for point in self.points)

    @property
    def partly(self) -> int:
        return sum(point.answer is Answer.PARTLY for point in self.points)

    @property
    def known(self) -> int:
        return sum(point.answer is not Answer.UNKNOWN for point in self.points)

    def to_json(self) -> dict[str, object]:
        return {
            "provider": self.provider,
            "period": self.period,
            "scheme": self.scheme,
            "yes": self.yes,
            "partly": self.partly,
            "known": self.known,
            "points": [point.to_json() for point in self.points],
        }


@dataclass(frozen=True, slots=True)
class Desk:
    """What the provider itself prints of a period, and its whole history: all that a question may look at.

    Only figures that a claim of the provider's own voice (its report, a copy of it, a recount) states count:
    a newspaper's figure shows that someone counted, not that the provider published.
    """

    provider: str
    period: str
    own: tuple[Reconciled, ...]
    earlier: frozenset[str]  # the other periods that the provider has printed figures for

    def stated(self, test: Callable[[Figure], bool]) -> tuple[Figure, ...]:
        """The figures with a number that pass a test."""
        return tuple(item.figure for item in self.own if item.value is not None and test(item.figure))

    def blank(self, test: Callable[[Figure], bool]) -> tuple[Figure, ...]:
        """The figures that the provider prints without a number."""
        return tuple(item.figure for item in self.own if item.value is None and test(item.figure))

    def categories(self) -> tuple[str, ...]:
        """The categories that the provider counts requests in."""
        return tuple(
            dict.fromkeys(f.category for f in self.stated(lambda f: f.metric in COUNTED) if f.category)
        )

    def of_trait(self, trait: str) -> tuple[Figure, ...]:
        return self.stated(lambda figure: trait in traits().get(figure.category, ()))


COUNTED = ("requested", "documents")


# What is no request of an authority for users' data: parties to civil cases, content, apps.
_ELSEWHERE = frozenset({"civil", "other"})


def desk(comparison: Comparison, provider: str, period: str) -> Desk:
    """Lay out what a provider prints; the comparison must be one of all periods for `earlier` to be whole."""
    mine = [
        item
        for item in comparison.figures
        if item.figure.provider == provider
        and says_so(item)
        and not _ELSEWHERE & traits().get(item.figure.category, frozenset())
    ]
    own = tuple(item for item in mine if item.figure.period == period)
    return Desk(provider, period, own, frozenset(item.figure.period for item in mine) - {period})


def says_so(item: Reconciled) -> bool:
    return any(claim.source_kind.is_provider for claim in item.claims)


def first_few(figures: Iterable[Figure], most: int = 4) -> tuple[Figure, ...]:
    """Enough figures to follow an answer up, one of each category first."""
    found = tuple(figures)
    one_each = {figure.category: figure for figure in reversed(found)}
    return tuple(dict.fromkeys([*reversed(one_each.values()), *found]))[:most]
