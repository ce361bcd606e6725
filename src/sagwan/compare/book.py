"""All claims, indexed: what the rules look things up in.

An index is made when it is first asked for, in one pass; a question then costs no more than what lies beside
the figure it is about, so that a comparison grows with the claims and not with their square.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, TypeVar

from sagwan.compare.claim import Claim
from sagwan.compare.figure import JOINT, Figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.prefer import Judge, Preference, prefer, undecided
from sagwan.compare.reading import RANK, Reading, readings
from sagwan.compare.value import AVERAGE, PERCENT, Exact, Stated, bounds, compatible
from sagwan.compare.voices import one_voice

if TYPE_CHECKING:
    from sagwan.compare.explain.model import Doubt
    from sagwan.compare.totals import Total

_NOT_COUNTS = frozenset({PERCENT, AVERAGE})
# Smaller counts are alike in two categories by chance.
LEAST_MISPLACED = 100
Article = tuple[str, str]
Name = Literal["provider", "service", "jurisdiction", "period", "category", "metric", "part"]
FIELDS: tuple[Name, ...] = ("provider", "service", "jurisdiction", "period", "category", "metric", "part")
Key = tuple[str, ...]
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

figure_key: Callable[[Figure], Key] = attrgetter(*FIELDS)
_figure: Callable[[Claim], Figure] = attrgetter("figure")
_table: Callable[[Figure], Key] = attrgetter("provider", "jurisdiction", "period")
_REST: Mapping[Name, Callable[[Figure], Key]] = {
    name: attrgetter(*(field for field in FIELDS if field != name)) for name in FIELDS
}


class Book:
    """Claims by figure, what stands for each figure, and which figures lie beside it."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.by_figure = _by_figure(one_voice(claims))
        self.totals: dict[Figure, Total | None] = {}
        """The sums over services that were added up already, by the total they make (totals.py)."""
        self.slipped: dict[tuple[Article, Figure], list[tuple[Doubt, Figure]]] = {}
        """The rows of an article that slipped, by its table (explain/rows_shifted.py)."""
        self._readings: dict[Figure, tuple[Reading, ...]] = {}
        self._first: dict[Figure, Reading | None] = {}
        self._standing: dict[Figure, Reading | None] = {}
        self._beside: dict[Name, dict[Key, list[Figure]]] = {}
        self._alike: dict[Name, dict[tuple[Key, Stated], list[Figure]]] = {}
        self._services: dict[tuple[str, str], dict[str, None]] = {}
        self._joint: dict[Key, list[Figure]] = {}
        self._parts: dict[Key, list[Figure]] = {}
        self._articles: dict[tuple[Article, Key], dict[Figure, list[Claim]]] | None = None
        self._scores: dict[tuple[Article, Key], tuple[int, dict[Figure, int]]] = {}
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

    def claims(self, figure: Figure) -> tuple[Claim, ...]:
        return self.by_figure.get(figure, ())

    def readings(self, figure: Figure) -> tuple[Reading, ...]:
        """The values that are stated for the figure, each with its claims and voices."""
        known = self._readings.get(figure)
        if known is None:
            known = self._readings[figure] = readings(self.by_figure.get(figure, ()))
        return known

    def standing(self, figure: Figure) -> Reading | None:
        """The reading that stands, or None where the figure has no number."""
        candidates = self.readings(figure)
        if len(candidates) < 2:  # as most figures have it
            return candidates[0] if candidates else None
        if figure not in self._standing:
            preference = self.preference(figure)
            self._standing[figure] = preference.reading if preference else None
        return self._standing[figure]

    def preference(self, figure: Figure, conflicts: Judge = undecided) -> Preference | None:
        """The preferred reading, judged by the figure itself and by what others print beside it."""
        candidates = self.readings(figure)
        if len(candidates) < 2:
            return prefer(candidates)
        return prefer(
            candidates,
            misplaced=lambda reading: int(self._misplaced(figure, reading)),
            conflicts=conflicts,
            record=lambda reading: self._track_record(figure, reading),
        )

    def _at_first_sight(self, figure: Figure) -> Reading | None:
        """The preference by kind, restatement, voices and date alone, which the other judgements rest on."""
        candidates = self.readings(figure)
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        if figure not in self._first:
            preference = prefer(candidates)
            self._first[figure] = preference.reading if preference else None
        return self._first[figure]

    def count(self, figure: Figure) -> Reading | None:
        """The standing reading where it is an exact count, not a percentage, an average or a band."""
        reading = self.standing(figure)
        return reading if reading and is_count(reading) else None

    def beside(self, figure: Figure, name: Name) -> Iterator[Figure]:
        """The figures that differ from this one in nothing but the field of that name, in order."""
        if name not in self._beside:
            self._beside[name] = _grouped(self.by_figure, _REST[name])
        group = self._beside[name].get(_REST[name](figure), ())
        return (other for other in group if other != figure)

    def alike(self, figure: Figure, name: Name, value: Stated) -> Iterator[Figure]:
        """Those beside the figure (differing in the field of that name only) of which some claim gives the
        value, in order; found without looking at the others."""
        if name not in self._alike:
            index: dict[tuple[Key, Stated], list[Figure]] = {}
            for other, claims in self.by_figure.items():
                rest = _REST[name](other)
                for read in {claim.read for claim in claims if isinstance(claim.read, Exact)}:
                    index.setdefault((rest, read), []).append(other)
            self._alike[name] = index
        group = self._alike[name].get((_REST[name](figure), value), ())
        return (other for other in group if other != figure)

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

    def _misplaced(self, figure: Figure, reading: Reading) -> bool:
        """True where the value is another category's: two other voices or more, and more than print it here,
        print it there, and there it stands."""
        if not is_count(reading) or min(bounds(reading.value)) < LEAST_MISPLACED:
            return False
        for other in self.alike(figure, "category", reading.value):
            standing = self._at_first_sight(other)
            if standing and standing.value == reading.value:
                speakers = standing.voices - reading.voices
                if len(speakers) >= 2 and len(speakers) > len(reading.voices):
                    return True
        return False

    def _track_record(self, figure: Figure, reading: Reading) -> int:
        """How far the best of a reading's sources can be trusted here: of the neighbouring figures that two
        voices or more support, those that the same article prints alike, less those it prints otherwise."""
        return max(self._score(figure, article) for article in articles(reading))

    def _score(self, figure: Figure, article: Article) -> int:
        key = (article, _table(figure))
        if key not in self._scores:
            held = {other: self._held(other, group) for other, group in self.printed(article, figure).items()}
            self._scores[key] = sum(held.values()), held
        score, held = self._scores[key]
        return score - held.get(figure, 0)

    def _held(self, figure: Figure, claims: Iterable[Claim]) -> int:
        """1 where two voices or more support what the claims print, -1 where they support another value."""
        standing = self._at_first_sight(figure)
        if not standing or len(standing.voices) < 2:
            return 0
        return 1 if _hold(claims, standing) else -1


def moved(
    figure: Figure, *, provider: str = "", service: str = "", period: str = "", metric: str = ""
) -> Figure:
    """The figure with some of its fields changed: dataclasses.replace takes three times as long, and this is
    asked millions of times."""
    return Figure(
        provider or figure.provider,
        service or figure.service,
        figure.jurisdiction,
        period or figure.period,
        figure.category,
        metric or figure.metric,
        figure.part,
    )


def articles(reading: Reading) -> frozenset[Article]:
    """Voice and date of every article that prints a reading."""
    return frozenset((claim.voice, claim.source_date) for claim in reading.claims)


def is_count(reading: Reading) -> bool:
    return isinstance(reading.value, Exact) and all(claim.unit not in _NOT_COUNTS for claim in reading.claims)


def same_value(claims: Iterable[Claim], value: Stated) -> tuple[Claim, ...]:
    """The claims that give this value."""
    return tuple(claim for claim in claims if claim.read == value)


def _by_figure(claims: Iterable[Claim]) -> dict[Figure, tuple[Claim, ...]]:
    """Claims by what they count, figures in order, and each one's claims in an order of their own: nothing
    that is said later can depend on the order in which they came."""
    groups = _grouped(claims, _figure)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=_claim_order)
    return {figure: tuple(group) for figure, group in sorted(groups.items(), key=_by_key)}


def _claim_order(claim: Claim) -> tuple[int, str, str, str]:
    return RANK[claim.source_kind], claim.source_date, claim.source_publisher, claim.id


def _by_key(item: tuple[Figure, list[Claim]]) -> Key:
    return figure_key(item[0])


def _grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return dict(groups)


def _hold(claims: Iterable[Claim], standing: Reading) -> bool:
    """True where nothing that the claims print differs from what stands."""
    return all(
        compatible(reading.value, standing.value) or is_rounding(reading.value, standing.value)
        for reading in readings(claims)
    )
