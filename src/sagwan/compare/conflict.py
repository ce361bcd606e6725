"""Figures that cannot stand together, though no rival prints another value of either."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.period import is_half
from sagwan.compare.totals import over_halves, over_services
from sagwan.compare.value import Exact, Missing, MissingState, Stated
from sagwan.compare.words import LANGUAGES, Language, amount, number, who

ISSUED = "issued"
REQUESTED = "requested"


class Rule(StrEnum):
    """What is violated."""

    ISSUED_BELOW_REQUESTED = "issued-below-requested"
    NOT_THE_SUM = "not-the-sum"
    ZERO_WAS_BLANK = "zero-was-blank"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that a value breaks, the claims against it and the count they give (None: they give none)."""

    rule: Rule
    value: Exact
    count: int | None
    claims: tuple[Claim, ...]

    def sentence(self, language: Language) -> str:
        """One plain sentence, in `en` or `ko`."""
        count = "" if self.count is None else number(self.count)
        template = _SENTENCES[self.rule][LANGUAGES.index(language)]
        return template.format(value=amount(self.value), count=count, others=who(self.claims, language))

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule.value,
            "count": self.count,
            "claims": [claim.id for claim in self.claims],
            "sentence": {language: self.sentence(language) for language in LANGUAGES},
        }


_SENTENCES = {
    Rule.ISSUED_BELOW_REQUESTED: (
        "{value} issued cannot be: {others} count {count} that were served on the provider.",
        "발부 {value}건은 성립하지 않습니다. {others}: 사업자가 받은 영장이 {count}건입니다.",
    ),
    Rule.NOT_THE_SUM: (
        "{value} is not the sum of its parts, {count} ({others}).",
        "{value}: 부분의 합 {count}과(와) 다릅니다({others}).",
    ),
    Rule.ZERO_WAS_BLANK: (
        "{value} stands where another edition of the same source leaves a blank: it may mean ‘not reported’.",
        "같은 출처의 다른 판에서는 빈칸인데 여기에는 {value}입니다. ‘미공개’를 뜻할 수 있습니다.",
    ),
}


def conflicts(figure: Figure, value: Stated, book: Book) -> tuple[Conflict, ...]:
    """All conflicts of a value that is stated for a figure with what stands for the figures beside it."""
    if not isinstance(value, Exact):
        return ()
    return (
        *_below_requested(figure, value, book),
        *_not_the_sum(figure, value, book),
        *_was_blank(figure, value, book),
    )


def _below_requested(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """Only a warrant that was issued can be served: fewer cannot have been issued than were served."""
    if figure.metric != ISSUED:
        return
    requested = book.count(figure.under_metric(REQUESTED))
    if requested and isinstance(requested.value, Exact) and value.number < requested.value.number:
        yield Conflict(Rule.ISSUED_BELOW_REQUESTED, value, int(requested.value.number), requested.claims)


def _not_the_sum(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """A total over services or halves is the sum of its parts, where every part is known."""
    totals = [over_services(figure, book)] if figure.is_total else []
    if not is_half(figure.period):
        totals.append(over_halves(figure, book))
    for total in totals:
        if total and total.count != value.number and not is_rounding(value, Exact(total.count)):
            yield Conflict(Rule.NOT_THE_SUM, value, total.count, total.claims)


def _was_blank(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """A 0 that one edition of a source prints where another leaves a blank is not known to be a 0."""
    if value.number != 0:
        return
    claims = book.claims(figure)
    zero = {claim.voice for claim in claims if claim.read == value}
    blank = tuple(claim for claim in claims if claim.voice in zero and _is_blank(claim))
    if blank:
        yield Conflict(Rule.ZERO_WAS_BLANK, value, None, blank)


def _is_blank(claim: Claim) -> bool:
    return isinstance(claim.read, Missing) and claim.read.state is MissingState.NOT_REPORTED
