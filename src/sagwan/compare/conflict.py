"""Figures that cannot stand together, though no rival prints another value of either."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure
from sagwan.compare.forms import is_rounding
from sagwan.compare.period import is_year
from sagwan.compare.ratios import counts_behind
from sagwan.compare.reading import Article, articles
from sagwan.compare.totals import over_halves, over_parts, over_services
from sagwan.compare.value import Exact, Missing, MissingState, Number, Stated
from sagwan.compare.words import LANGUAGES, Language, amount, number, who
from sagwan.pages.particles import fill

ISSUED = "issued"
REQUESTED = "requested"
PROCESSED = "processed"
SHARE = "compliance-percent"
# What cannot be where the one before it is nought: nothing is disclosed that nobody asked for.
FOLLOWS = {REQUESTED: PROCESSED, PROCESSED: "accounts"}
# A few requests are resolved in the half-year after the one in which they came.
LEAST_FOLLOWED = 10


class Rule(StrEnum):
    """What is violated."""

    ISSUED_BELOW_REQUESTED = "issued-below-requested"
    NOT_AS_ELSEWHERE = "not-as-elsewhere"
    SHARE_ABOVE_ALL = "share-above-all"
    NOT_THE_SUM = "not-the-sum"
    PARTS_EXCEED = "parts-exceed"
    NOT_THE_RATIO = "not-the-ratio"
    ZERO_BUT_FOLLOWED = "zero-but-followed"
    ZERO_WAS_BLANK = "zero-was-blank"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that a value breaks, the claims against it and the number they give (None: they give none).

    `sum_text` writes out how that number comes about (`15 + 18 + 17`), where it is reckoned.
    """

    rule: Rule
    value: Exact
    count: Number | None
    claims: tuple[Claim, ...]
    sum_text: str = ""

    def sentence(self, language: Language) -> str:
        """One plain sentence, in `en` or `ko`."""
        count = "" if self.count is None else number(self.count)
        template = _SENTENCES[self.rule][LANGUAGES.index(language)]
        others = who(self.claims, language)
        fields = {"value": amount(self.value), "count": count, "others": others, "sum": self.sum_text}
        return fill(template, fields)

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule.value,
            # A decimal goes out as text: a JSON number may lose digits on the way.
            "count": self.count if isinstance(self.count, int | None) else str(self.count),
            "claims": [claim.id for claim in self.claims],
            "sentence": {language: self.sentence(language) for language in LANGUAGES},
        }


_SENTENCES = {
    Rule.ISSUED_BELOW_REQUESTED: (
        "{value} issued cannot be: {count} were served on the provider ({others}).",
        "발부 {value}건은 성립하지 않습니다. {others}: 사업자가 받은 영장이 {count}건입니다.",
    ),
    Rule.NOT_AS_ELSEWHERE: (
        "{value} issued is doubtful: what its source calls issued elsewhere is what was requested there "
        "({sum}), and here {count} were requested ({others}).",
        "발부 {value}건은 의심스럽습니다. 이 출처가 발부라고 한 다른 수치는 요청 건수와 같은데({sum}), "
        "여기서는 요청이 {count}건입니다({others}).",
    ),
    Rule.SHARE_ABOVE_ALL: (
        "{value} requested cannot be. {others}: {sum} complied with.",
        "요청 {value}건은 성립하지 않습니다. {others}: 처리 {sum}.",
    ),
    Rule.NOT_THE_SUM: (
        "{value} is not the sum of its parts, {count} ({others}).",
        "{value}: 부분의 합 {count}과(와) 다릅니다({others}).",
    ),
    Rule.PARTS_EXCEED: (
        "{value} is less than its parts together, {sum} = {count} ({others}).",
        "{value}: 부분을 더한 {sum} = {count}보다 작습니다({others}).",
    ),
    Rule.NOT_THE_RATIO: (
        "{value} is not what the counts give: {sum} = {count} ({others}).",
        "{value}: 건수로 계산한 {sum} = {count}과(와) 다릅니다({others}).",
    ),
    Rule.ZERO_BUT_FOLLOWED: (
        "{value} cannot be: {count} followed from it ({others}). It may mean ‘not reported’.",
        "{value}은(는) 성립하지 않습니다. 그에 따른 수치가 {count}입니다({others}). "
        "‘미공개’를 뜻할 수 있습니다.",
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
        *_not_as_elsewhere(figure, value, book),
        *_share_above_all(figure, value, book),
        *_not_the_sum(figure, value, book),
        *_parts_exceed(figure, value, book),
        *_not_the_ratio(figure, value, book),
        *_but_followed(figure, value, book),
        *_was_blank(figure, value, book),
    )


def _below_requested(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """Only a warrant that was issued can be served: fewer cannot have been issued than were served, by the
    count that stands or else, for a total, by the sum over its services."""
    if figure.metric != ISSUED:
        return
    served = figure.under_metric(REQUESTED)
    requested, total = book.count(served), over_services(served, book) if figure.is_total else None
    if requested and isinstance(requested.value, Exact) and value.number < requested.value.number:
        yield Conflict(Rule.ISSUED_BELOW_REQUESTED, value, int(requested.value.number), requested.claims)
    elif total and value.number < total.count:
        yield Conflict(Rule.ISSUED_BELOW_REQUESTED, value, total.count, total.claims, total.sum_text)


def _not_as_elsewhere(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """An article that calls issued what was requested, in every other row of the same table, does so here."""
    if figure.metric != ISSUED:
        return
    requested = book.count(figure.under_metric(REQUESTED))
    if not requested or not isinstance(requested.value, Exact) or requested.value == value:
        return
    reading = next((reading for reading in book.readings(figure) if reading.value == value), None)
    for article in sorted(articles(reading)) if reading else ():
        same, others = _issued(article, figure, book)
        if same and others <= {figure}:
            count = int(requested.value.number)
            yield Conflict(Rule.NOT_AS_ELSEWHERE, value, count, requested.claims, same)


def _issued(article: Article, figure: Figure, book: Book) -> tuple[str, frozenset[Figure]]:
    """Of all that an article calls issued in the figure's table and category: the first that is the number
    requested there, and the figures where it is another or not known."""

    def sorted_out() -> tuple[str, frozenset[Figure]]:
        same, others = "", []
        for other, claims in book.printed(article, figure).items():
            if other.metric != ISSUED or other.category != figure.category:
                continue
            requested = book.count(other.under_metric(REQUESTED))
            if not requested or any(claim.read != requested.value for claim in claims):
                others.append(other)
            else:
                same = same or amount(requested.value)
        return same, frozenset(others)

    table = (article, figure.provider, figure.jurisdiction, figure.period, figure.category)
    return book.once((_issued, table), sorted_out)


def _share_above_all(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """More requests may be complied with than came in, late ones, but where a share of them is printed
    beside it that is no share above all, fewer cannot have come in than were complied with."""
    if figure.metric != REQUESTED:
        return
    processed, share = book.count(figure.under_metric(PROCESSED)), book.standing(figure.under_metric(SHARE))
    if not processed or not share or not isinstance(processed.value, Exact):
        return
    if isinstance(share.value, Exact) and share.value.number <= 100 and processed.value.number > value.number:
        told = f"{amount(processed.value)} ({amount(share.value)}%)"
        yield Conflict(Rule.SHARE_ABOVE_ALL, value, None, (*processed.claims, *share.claims), told)


def _not_the_sum(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """A total over services or halves is the sum of its parts, where every part is known."""
    totals = [over_services(figure, book)] if figure.is_total else []
    if is_year(figure.period):
        totals.append(over_halves(figure, book))
    for total in totals:
        if total and total.count != value.number and not is_rounding(value, Exact(total.count)):
            yield Conflict(Rule.NOT_THE_SUM, value, total.count, total.claims, total.sum_text)


def _parts_exceed(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """Parts that do not overlap cannot together be more than their whole; they can be less, if some are
    missing."""
    for total in over_parts(figure, book).values():
        if total.count > value.number and not is_rounding(value, Exact(total.count)):
            yield Conflict(Rule.PARTS_EXCEED, value, total.count, total.claims, total.sum_text)


def _not_the_ratio(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """A percentage or an average that stands beside its counts is theirs, to its last printed digit."""
    counts = counts_behind(figure, book)
    if counts and not counts.give(value):
        yield Conflict(Rule.NOT_THE_RATIO, value, counts.number, counts.claims, counts.sum_text)


def _but_followed(figure: Figure, value: Exact, book: Book) -> Iterator[Conflict]:
    """What was never asked for cannot have been handed over: such a nought stands for a blank."""
    if value.number != 0 or figure.metric not in FOLLOWS:
        return
    after = book.count(figure.under_metric(FOLLOWS[figure.metric]))
    if after and isinstance(after.value, Exact) and after.value.number >= LEAST_FOLLOWED:
        yield Conflict(Rule.ZERO_BUT_FOLLOWED, value, int(after.value.number), after.claims)


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
