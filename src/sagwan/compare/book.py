"""All claims, indexed: what the rules look things up in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure, by_figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.prefer import Judge, Preference, prefer, undecided
from sagwan.compare.reading import Reading, readings
from sagwan.compare.value import AVERAGE, PERCENT, Exact, bounds, compatible

_NOT_COUNTS = frozenset({PERCENT, AVERAGE})
# Smaller counts are alike in two categories by chance.
LEAST_MISPLACED = 100
Article = tuple[str, str]


class Book:
    """Claims by figure, what stands for each figure, and which figures lie beside it."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.by_figure = by_figure(claims)
        self._first: dict[Figure, Reading | None] = {}
        self._standing: dict[Figure, Reading | None] = {}
        self._metrics: dict[Figure, list[Figure]] = {}
        self._categories: dict[Figure, list[Figure]] = {}
        self._neighbours: dict[tuple[str, str, str], list[Figure]] = {}
        self._services: dict[tuple[str, str], list[str]] = {}
        self._joint: dict[Figure, list[Figure]] = {}
        self._articles: dict[Article, dict[Figure, list[Claim]]] = {}
        for figure, group in self.by_figure.items():
            self._index(figure, group)

    def _index(self, figure: Figure, group: tuple[Claim, ...]) -> None:
        self._metrics.setdefault(figure.under_metric(""), []).append(figure)
        self._categories.setdefault(figure.under_category(""), []).append(figure)
        self._neighbours.setdefault((figure.provider, figure.jurisdiction, figure.period), []).append(figure)
        if len(figure.providers) > 1:
            self._joint.setdefault(replace(figure, provider=""), []).append(figure)
        services = self._services.setdefault((figure.provider, figure.jurisdiction), [])
        if figure.category and not figure.is_total and figure.service not in services:
            services.append(figure.service)
        for claim in group:
            article = self._articles.setdefault((claim.voice, claim.source_date), {})
            article.setdefault(figure, []).append(claim)

    def claims(self, figure: Figure) -> tuple[Claim, ...]:
        return self.by_figure.get(figure, ())

    def standing(self, figure: Figure) -> Reading | None:
        """The reading that stands, or None where the figure has no number."""
        if figure not in self._standing:
            preference = self.preference(figure)
            self._standing[figure] = preference.reading if preference else None
        return self._standing[figure]

    def preference(self, figure: Figure, conflicts: Judge = undecided) -> Preference | None:
        """The preferred reading, judged by the figure itself and by what others print beside it."""
        return prefer(
            readings(self.claims(figure)),
            misplaced=lambda reading: int(self._misplaced(figure, reading)),
            conflicts=conflicts,
            record=lambda reading: self._track_record(figure, reading),
        )

    def _at_first_sight(self, figure: Figure) -> Reading | None:
        """The preference by kind, restatement, voices and date alone, which the other judgements rest on."""
        if figure not in self._first:
            preference = prefer(readings(self.claims(figure)))
            self._first[figure] = preference.reading if preference else None
        return self._first[figure]

    def count(self, figure: Figure) -> Reading | None:
        """The standing reading where it is an exact count, not a percentage, an average or a band."""
        reading = self.standing(figure)
        return reading if reading and is_count(reading) else None

    def other_metrics(self, figure: Figure) -> Iterator[Figure]:
        """The figures that differ from this one in nothing but the metric."""
        return (other for other in self._metrics.get(figure.under_metric(""), ()) if other != figure)

    def other_categories(self, figure: Figure) -> Iterator[Figure]:
        """The figures that differ from this one in nothing but the category."""
        return (other for other in self._categories.get(figure.under_category(""), ()) if other != figure)

    def neighbours(self, figure: Figure) -> Iterator[Figure]:
        """All figures of the same provider, jurisdiction and period."""
        key = (figure.provider, figure.jurisdiction, figure.period)
        return (other for other in self._neighbours.get(key, ()) if other != figure)

    def services(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """(provider, service) of every service that the figure's providers have in its jurisdiction."""
        return tuple(
            (provider, service)
            for provider in figure.providers
            for service in self._services.get((provider, figure.jurisdiction), ())
        )

    def joint(self, figure: Figure) -> Iterator[Figure]:
        """The figures that differ only in counting other providers in with this one."""
        joint = self._joint.get(replace(figure, provider=""), ())
        return (other for other in joint if set(figure.providers) < set(other.providers))

    def _misplaced(self, figure: Figure, reading: Reading) -> bool:
        """True where the value is another category's: two other voices or more, and more than print it here,
        print it there, and there it stands."""
        if not is_count(reading) or min(bounds(reading.value)) < LEAST_MISPLACED:
            return False
        for other in self.other_categories(figure):
            standing = self._at_first_sight(other)
            if standing and standing.value == reading.value:
                speakers = standing.voices - reading.voices
                if len(speakers) >= 2 and len(speakers) > len(reading.voices):
                    return True
        return False

    def _track_record(self, figure: Figure, reading: Reading) -> int:
        """How far the best of a reading's sources can be trusted here: of the neighbouring figures that two
        voices or more support, those that the same article prints alike, less those it prints otherwise."""
        return max(self._score(figure, (claim.voice, claim.source_date)) for claim in reading.claims)

    def _score(self, figure: Figure, article: Article) -> int:
        score = 0
        printed = self._articles.get(article, {})
        for neighbour in self.neighbours(figure):
            standing = self._at_first_sight(neighbour) if neighbour in printed else None
            if standing and len(standing.voices) >= 2:
                score += 1 if _hold(printed[neighbour], standing) else -1
        return score


def is_count(reading: Reading) -> bool:
    return isinstance(reading.value, Exact) and all(claim.unit not in _NOT_COUNTS for claim in reading.claims)


def _hold(claims: Iterable[Claim], standing: Reading) -> bool:
    """True where nothing that the claims print differs from what stands."""
    return all(
        compatible(reading.value, standing.value) or is_rounding(reading.value, standing.value)
        for reading in readings(claims)
    )
