"""All claims, indexed: what they print, and which figures lie beside which. Nothing here judges.

An index is made when it is first asked for, in one pass; a question then costs no more than what lies beside
the figure it is about, so that a comparison grows with the claims and not with their square.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Literal, TypeVar

from sagwan.compare.claim import Claim
from sagwan.compare.figure import JOINT, Figure
from sagwan.compare.reading import RANK, Article, Reading, readings
from sagwan.compare.value import Exact, Stated
from sagwan.compare.voices import one_voice

Name = Literal["provider", "service", "jurisdiction", "period", "category", "metric", "part"]
FIELDS: tuple[Name, ...] = ("provider", "service", "jurisdiction", "period", "category", "metric", "part")
Key = tuple[str, ...]
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_figure: Callable[[Claim], Figure] = attrgetter("figure")
_table: Callable[[Figure], Key] = attrgetter("provider", "jurisdiction", "period")
_REST: Mapping[Name, Callable[[Figure], Key]] = {
    name: itemgetter(*(place for place, field in enumerate(FIELDS) if field != name)) for name in FIELDS
}


class Index:
    """Claims by figure, their readings, and which figures lie beside a figure."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.by_figure = _by_figure(one_voice(claims))
        self._readings: dict[Figure, tuple[Reading, ...]] = {}
        self._beside: dict[Name, dict[Key, list[Figure]]] = {}
        self._alike: dict[tuple[Name, Key], dict[Stated, list[Figure]]] = {}
        self._services: dict[tuple[str, str], dict[str, None]] = {}
        self._categories: dict[tuple[str, str, str], dict[str, None]] = {}
        self._joint: dict[Key, list[Figure]] = {}
        self._parts: dict[Key, list[Figure]] = {}
        self._articles: dict[tuple[Article, Key], dict[Figure, list[Claim]]] | None = None
        for figure in self.by_figure:
            self._place(figure)

    def _place(self, figure: Figure) -> None:
        if JOINT in figure.provider:
            for provider in figure.providers:
                self._joint.setdefault((provider, *_REST["provider"](figure)), []).append(figure)
        if figure.part:
            self._parts.setdefault(_REST["part"](figure), []).append(figure)
        if figure.category and not figure.is_total:
            services = self._services.setdefault((figure.provider, figure.jurisdiction), {})
            services.setdefault(figure.service)
            scope = figure[:3]
            self._categories.setdefault(scope, {}).setdefault(figure.category)

    def claims(self, figure: Figure) -> tuple[Claim, ...]:
        return self.by_figure.get(figure, ())

    def readings(self, figure: Figure) -> tuple[Reading, ...]:
        """The values that are stated for the figure, each with its claims and voices."""
        known = self._readings.get(figure)
        if known is None:
            known = self._readings[figure] = readings(self.by_figure.get(figure, ()))
        return known

    def alike(self, figure: Figure, name: Name, value: Stated) -> Iterator[Figure]:
        """Those beside the figure (differing in the field of that name only) of which some claim gives the
        value exactly, in order; found without looking at the others."""
        rest = _REST[name](figure)
        if (values := self._alike.get((name, rest))) is None:
            values = self._alike[name, rest] = self._by_value(name, rest)
        return (other for other in values.get(value, ()) if other != figure)

    def _by_value(self, name: Name, rest: Key) -> dict[Stated, list[Figure]]:
        if name not in self._beside:
            self._beside[name] = _grouped(self.by_figure, _REST[name])
        found: dict[Stated, list[Figure]] = {}
        for figure in self._beside[name].get(rest, ()):
            for read in {claim.read for claim in self.by_figure[figure] if isinstance(claim.read, Exact)}:
                found.setdefault(read, []).append(figure)
        return found

    def parts(self, figure: Figure) -> Sequence[Figure]:
        """The figures that are a part of this one, which is a whole."""
        return () if figure.part or not self._parts else self._parts.get(_REST["part"](figure), ())

    def services(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """(provider, service) of every service that the figure's providers have in its jurisdiction."""
        return tuple(
            (provider, service)
            for provider in figure.providers
            for service in self._services.get((provider, figure.jurisdiction), ())
        )

    def categories(self, figure: Figure) -> Collection[str]:
        """The categories in which anything is printed of the figure's service in its jurisdiction."""
        return self._categories.get(figure[:3], {})

    def joint(self, figure: Figure) -> Iterator[Figure]:
        """The figures that differ only in counting other providers in with this one."""
        joint = self._joint.get((figure.providers[0], *_REST["provider"](figure)), ())
        return (other for other in joint if set(figure.providers) < set(other.providers))

    def printed(self, article: Article, figure: Figure) -> Mapping[Figure, list[Claim]]:
        """What an article (its voice and date) prints of the figure's provider, jurisdiction and period."""
        if self._articles is None:
            self._articles = {}
            for other, group in self.by_figure.items():
                for claim in group:
                    key = ((claim.voice, claim.source_date), _table(other))
                    self._articles.setdefault(key, {}).setdefault(other, []).append(claim)
        return self._articles.get((article, _table(figure)), {})


def _by_figure(claims: Iterable[Claim]) -> dict[Figure, tuple[Claim, ...]]:
    """Claims by what they count, figures in order, and each one's claims in an order of their own: nothing
    that is said later can depend on the order in which they came."""
    groups = _grouped(claims, _figure)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=_claim_order)
    return {figure: tuple(groups[figure]) for figure in sorted(groups)}


def _claim_order(claim: Claim) -> tuple[int, str, str, str]:
    return RANK[claim.source_kind], claim.source_date, claim.source_publisher, claim.id


def _grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return dict(groups)
