"""What a rule is given and what it gives back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.conflict import conflicts
from sagwan.compare.figure import Figure
from sagwan.compare.index import Name
from sagwan.compare.reading import NOT_COUNTS, Reading, is_count, restates, same_value
from sagwan.compare.value import PERCENT, Exact, Stated
from sagwan.compare.voices import by_others, voices
from sagwan.compare.words import LANGUAGES, Language, amount, who
from sagwan.pages.particles import fill


class Code(StrEnum):
    """The kinds of explanation, the most specific first."""

    ROWS_SHIFTED = "rows-shifted"
    """Several rows of one source stand a row off."""
    ANOTHER_METRIC = "another-metric"
    """Another metric's value under this name."""
    ANOTHER_CATEGORY = "another-category"
    """Another category's value."""
    HALF_VS_YEAR = "half-vs-year"
    """A half-year's value for the year, or the year's for a half."""
    ANOTHER_PERIOD = "another-period"
    """Any other period's value."""
    CHANGE_AS_TOTAL = "change-as-total"
    """By how much it rose or fell, printed as what it was."""
    SUM_OF_HALVES = "sum-of-halves"
    """The sum of both halves for one of them."""
    SUM_OF_SERVICES = "sum-of-services"
    """A sum over services for one of them, or a total that leaves one out."""
    SUM_OF_PARTS = "sum-of-parts"
    """The sum of the parts that are printed, or of all of them but one."""
    ANOTHER_POPULATION = "another-population"
    """The value of a part, of another service or of another country."""
    UNIT = "unit"
    """Counted in thousands or millions, or another thing counted."""
    PERCENT = "percent"
    """A percentage or average that the counts do not give."""
    FRACTION = "fraction"
    """A fraction of 1 and a percentage."""
    ROUNDING = "rounding"
    """Made round."""
    ONE_DIGIT = "one-digit"
    """A slip of one digit."""
    NOT_THE_SUM = "not-the-sum"
    """The parts add up to what stands, and not to this."""
    RESTATEMENT = "restatement"
    """A later edition says otherwise."""


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
        return whole(self.doubted.value) if self.doubted.claims[0].unit not in NOT_COUNTS else None


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
    fields = {language: _fields(doubt, against, language) | words(language) for language in LANGUAGES}
    texts = zip(LANGUAGES, template, strict=True)
    return Explanation(
        code,
        variant,
        tuple(claim.id for claim in doubt.doubted.claims),
        tuple(claim.id for claim in against),
        fields["en"],
        {language: fill(text, fields[language]) for language, text in texts},
    )


def shown(reading: Reading) -> str:
    """A value for a sentence: of 83 as a percentage `83%`, of 0.83 under the same unit `0.83`, as printed."""
    percent = isinstance(reading.value, Exact) and reading.value.number >= 1
    percent = percent and all(claim.unit == PERCENT for claim in reading.claims)
    return amount(reading.value) + ("%" if percent and reading.claims else "")


def _fields(doubt: Doubt, against: tuple[Claim, ...], language: Language) -> dict[str, str]:
    return {
        "value": shown(doubt.doubted),
        "source": who(doubt.doubted.claims, language),
        "other": shown(doubt.standing),
        "others": who(against, language),
    }


def alike(doubt: Doubt, name: Name, book: Book) -> Iterator[Figure]:
    """The figures that differ in that field only and for which some claim gives the doubted value."""
    return book.alike(doubt.figure, name, doubt.doubted.value)


def printed_alike(
    figures: Iterable[Figure], doubt: Doubt, book: Book
) -> Iterator[tuple[Figure, tuple[Claim, ...]]]:
    """The figures among `figures` to which the doubted count belongs, with the claims that say so.

    It belongs where voices other than the doubted ones print it, and where it stands, or stood until it was
    restated, in conflict with nothing. A doubt without a rival needs more: better support there than here.
    """
    for figure in figures:
        same = same_value(book.claims(figure), doubt.doubted.value)
        others = by_others(same, doubt.doubted.voices)
        if others and _stands(figure, doubt.doubted.value, book):
            there = Reading(doubt.doubted.value, others, voices(others))
            if doubt.rival or _better(there, doubt.doubted):
                yield figure, others


def _stands(figure: Figure, value: Stated, book: Book) -> bool:
    standing = book.standing(figure)
    printed = [reading for reading in book.readings(figure) if reading.value == value]
    if not standing or not is_count(standing) or conflicts(figure, value, book):
        return False
    return standing.value == value or any(restates(standing, reading) for reading in printed)


def _better(there: Reading, here: Reading) -> bool:
    return there.rank < here.rank or (there.rank == here.rank and len(there.voices) > len(here.voices))
