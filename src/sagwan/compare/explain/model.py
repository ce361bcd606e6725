"""What a rule is given and what it gives back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.book import Book, is_count
from sagwan.compare.claim import Claim
from sagwan.compare.conflict import conflicts
from sagwan.compare.figure import Figure
from sagwan.compare.reading import Reading, readings, restates
from sagwan.compare.value import Exact, Stated
from sagwan.compare.voices import by_others, voices
from sagwan.compare.words import LANGUAGES, Language, amount, who


class Code(StrEnum):
    """The kinds of explanation, the most specific first."""

    ANOTHER_METRIC = "another-metric"
    ANOTHER_CATEGORY = "another-category"
    HALF_VS_YEAR = "half-vs-year"
    SUM_OF_HALVES = "sum-of-halves"
    SUM_OF_SERVICES = "sum-of-services"
    FRACTION = "fraction"
    ROUNDING = "rounding"
    ONE_DIGIT = "one-digit"
    RESTATEMENT = "restatement"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that is doubted, and what it is set against.

    `doubted` is a reading of `figure`; `standing` is the reading preferred to it, or, where `rival` is false,
    the count of other figures that it cannot stand with.
    """

    figure: Figure
    doubted: Reading
    standing: Reading
    rival: bool = True

    @property
    def count(self) -> int | None:
        """The doubted value where it is an exact count."""
        return (
            whole(self.doubted.value) if self.doubted.claims[0].unit not in ("percent", "average") else None
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason for a difference that held when it was tested.

    `claims` are the ids of the claims explained, `against` those of the claims it was tested against,
    `variant` says which form of the rule held, `data` are the numbers and names of the sentence.
    """

    code: Code
    variant: str
    claims: tuple[str, ...]
    against: tuple[str, ...]
    data: Mapping[str, str]
    sentences: Mapping[Language, str]

    def sentence(self, language: Language) -> str:
        """One plain sentence that names the numbers, in `en` or `ko`."""
        return self.sentences[language]

    def to_json(self) -> dict[str, object]:
        return {
            "code": self.code.value,
            "variant": self.variant,
            "claims": list(self.claims),
            "against": list(self.against),
            "data": dict(self.data),
            "sentence": dict(self.sentences),
        }


Rule = Callable[[Doubt, Book], Iterable[Explanation]]
Template = tuple[str, str]
Words = Callable[[Language], dict[str, str]]


def whole(value: Stated) -> int | None:
    return value.number if isinstance(value, Exact) and isinstance(value.number, int) else None


def explanation(
    code: Code, variant: str, doubt: Doubt, against: Iterable[Claim], template: Template, words: Words
) -> Explanation:
    """Put an explanation together. `template` is (English, Korean); its fields are those that `words` gives,
    and `value`, `source`, `other` and `others`: the doubted value, who prints it, the value it is set
    against, and who prints what it was tested against."""
    against = tuple(against)
    sentences: dict[Language, str] = {}
    for language, text in zip(LANGUAGES, template, strict=True):
        sentences[language] = text.format_map(_fields(doubt, against, language) | words(language))
    return Explanation(
        code,
        variant,
        tuple(claim.id for claim in doubt.doubted.claims),
        tuple(claim.id for claim in against),
        _fields(doubt, against, "en") | words("en"),
        sentences,
    )


def _fields(doubt: Doubt, against: tuple[Claim, ...], language: Language) -> dict[str, str]:
    return {
        "value": amount(doubt.doubted.value),
        "source": who(doubt.doubted.claims, language),
        "other": amount(doubt.standing.value),
        "others": who(against, language),
    }


def printed_alike(
    figures: Iterable[Figure], doubt: Doubt, book: Book
) -> Iterator[tuple[Figure, tuple[Claim, ...]]]:
    """The figures among `figures` to which the doubted count belongs, with the claims that say so.

    It belongs where voices other than the doubted ones print it, and where it stands, or stood until it was
    restated, in conflict with nothing. A doubt without a rival needs more: better support there than here.
    """
    for figure in figures:
        same = tuple(claim for claim in book.claims(figure) if claim.read == doubt.doubted.value)
        others = by_others(same, doubt.doubted.voices)
        if others and _stands(figure, doubt.doubted.value, book):
            there = Reading(doubt.doubted.value, others, voices(others))
            if doubt.rival or _better(there, doubt.doubted):
                yield figure, others


def _stands(figure: Figure, value: Stated, book: Book) -> bool:
    standing = book.standing(figure)
    printed = [reading for reading in readings(book.claims(figure)) if reading.value == value]
    if not standing or not is_count(standing) or conflicts(figure, value, book):
        return False
    return standing.value == value or any(restates(standing, reading) for reading in printed)


def _better(there: Reading, here: Reading) -> bool:
    return there.rank < here.rank or (there.rank == here.rank and len(there.voices) > len(here.voices))
