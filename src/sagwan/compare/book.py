"""What stands: of all that is printed of a figure, the reading that the others are set against."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.index import Index
from sagwan.compare.prefer import Judge, Preference, prefer, undecided
from sagwan.compare.reading import Article, Reading, articles, is_count, readings
from sagwan.compare.value import bounds, compatible

# Smaller counts are alike in two categories by chance.
LEAST_MISPLACED = 100
T = TypeVar("T")


class Book(Index):
    """The claims, and what stands for each figure: what the rules look things up in."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        super().__init__(claims)
        self._first: dict[Figure, Reading | None] = {}
        self._standing: dict[Figure, Reading | None] = {}
        self._scores: dict[tuple[Article, Figure], tuple[int, dict[Figure, int]]] = {}
        self._known: dict[Hashable, Any] = {}

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about these claims, worked out when it is first asked: a hundred doubts
        may lead to the same one. Whoever asks puts its own name into the question."""
        if question not in self._known:
            self._known[question] = answer()
        known: T = self._known[question]
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

    def count(self, figure: Figure) -> Reading | None:
        """The standing reading where it is an exact count, not a percentage, an average or a band."""
        reading = self.standing(figure)
        return reading if reading and is_count(reading) else None

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
        key = (article, Figure(figure.provider, "", figure.jurisdiction, figure.period, "", ""))
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


def _hold(claims: Iterable[Claim], standing: Reading) -> bool:
    """True where nothing that the claims print differs from what stands."""
    return all(
        compatible(reading.value, standing.value) or is_rounding(reading.value, standing.value)
        for reading in readings(claims)
    )
