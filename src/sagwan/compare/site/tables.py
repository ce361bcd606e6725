"""The tables of the data: what each column means, and the rows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sagwan.compare.claim import COLUMNS
from sagwan.compare.score import policies
from sagwan.compare.series import definitions, reviewed
from sagwan.compare.site import addresses
from sagwan.compare.site.whole import Whole
from sagwan.compare.value import Missing, bounds
from sagwan.pages import N_

Row = Iterable[object]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the site: its columns with their types and meanings, and its rows."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...]
    rows: Callable[[Whole], Iterable[Row]]

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


def _figures(whole: Whole) -> Iterator[Row]:
    for item in whole.comparison.figures:
        low, high = bounds(item.value) if item.value is not None else ("", "")
        figure = item.figure
        yield (
            str(figure), figure.provider, figure.service, figure.jurisdiction, figure.period, figure.category,
            figure.metric, figure.part, item.status, low, high, item.missing or "",
            item.preferred.id if item.preferred else "", item.why or "", item.voices, len(item.rivals),
            " ".join(item.codes), f"en/{addresses.figure_page(figure)}",
        )  # fmt: skip


def _claims(whole: Whole) -> Iterator[Row]:
    for claim in whole.comparison.claims:
        read = claim.read
        low, high = ("", "") if isinstance(read, Missing) else bounds(read)
        yield (claim.id, str(claim.figure), *(getattr(claim, column) for column in COLUMNS), low, high)


def _explanations(whole: Whole) -> Iterator[Row]:
    for item in whole.comparison.figures:
        for one in item.explanations:
            said = (one.sentence("en"), one.sentence("ko"))
            yield str(item.figure), one.code, one.variant, " ".join(one.claims), " ".join(one.against), *said


def _restatements(whole: Whole) -> Iterator[Row]:
    for figure in sorted(whole.changes):
        for one in whole.changes[figure]:
            before, after = one.before, one.after
            ids = (before.id if before else "", after.id if after else "")
            printed = (before.value if before else "", after.value if after else "")
            yield str(figure), one.kind, one.cause, *ids, *printed, one.sentence("en"), one.sentence("ko")


def _scores(whole: Whole) -> Iterator[Row]:
    for period in whole.halves:
        for provider in whole.providers:
            if whole.has_figures(provider, period):
                for sheet in whole.sheets(provider, period):
                    for point in sheet.points:
                        figures = " ".join(map(str, point.evidence.figures))
                        said = " ".join(policy.id for policy in point.evidence.policies)
                        yield provider, period, sheet.scheme, point.id, point.answer, figures, said


def _marks(_: Whole) -> Iterator[Row]:
    for mark in reviewed():
        yield mark.id, mark.date, mark.period, mark.text["en"], mark.text["ko"], " ".join(mark.sources)


def _policies(_: Whole) -> Iterator[Row]:
    for one in policies():
        said = (one.text["en"], one.text["ko"], one.source, one.publisher, one.date)
        yield one.id, one.provider, one.service, " ".join(one.topics), one.since, one.until, *said


def _definitions(_: Whole) -> Iterator[Row]:
    for one in definitions().values():
        yield one.provider, one.accounts, one.text["en"], one.text["ko"], one.source


_FIGURE = ("figure", "string", N_("the figure's key"))
TABLES = (
    Table(
        "figures",
        N_("Every figure: what stands, and how firmly"),
        (
            _FIGURE,
            ("provider", "string", N_("who is asked")),
            ("service", "string", N_("the service, or all")),
            ("jurisdiction", "string", N_("who asks: ISO 3166-1 alpha-2, or EU")),
            ("period", "string", N_("half-year or year")),
            ("category", "string", N_("kind of request")),
            ("metric", "string", N_("what is counted")),
            ("part", "string", N_("part of the whole, or empty")),
            ("status", "string", N_("how the figure stands")),
            ("low", "number", N_("the least it can be")),
            ("high", "number", N_("the most it can be")),
            ("missing", "string", N_("why there is no number")),
            ("preferred", "string", N_("id of the claim that stands")),
            ("why", "string", N_("what decided for it")),
            ("voices", "integer", N_("independent sources that give the value")),
            ("rivals", "integer", N_("claims that give another value")),
            ("explanations", "string", N_("codes of the explanations that hold")),
            ("page", "string", N_("the figure's page")),
        ),
        ("figure",),
        _figures,
    ),
    Table(
        "claims",
        N_("Every claim, as printed"),
        (
            ("id", "string", N_("stays the same as long as what was printed does")),
            _FIGURE,
            *((name, "string", N_("as printed")) for name in COLUMNS),
            ("low", "number", N_("the least that the value can mean")),
            ("high", "number", N_("the most")),
        ),
        ("id",),
        _claims,
    ),
    Table(
        "explanations",
        N_("Why sources differ"),
        (
            _FIGURE,
            ("code", "string", N_("kind of explanation")),
            ("variant", "string", N_("form of the rule")),
            ("claims", "string", N_("ids of the claims explained")),
            ("against", "string", N_("ids tested against")),
            ("en", "string", N_("the sentence in English")),
            ("ko", "string", N_("the sentence in Korean")),
        ),
        (),
        _explanations,
    ),
    Table(
        "restatements",
        N_("What later editions of a source say otherwise"),
        (
            _FIGURE,
            ("kind", "string", N_("changed, added or removed")),
            ("cause", "string", N_("why")),
            ("before", "string", N_("id of the earlier claim")),
            ("after", "string", N_("id of the later claim")),
            ("value_before", "string", N_("as printed before")),
            ("value_after", "string", N_("as printed since")),
            ("en", "string", N_("the sentence in English")),
            ("ko", "string", N_("the sentence in Korean")),
        ),
        (),
        _restatements,
    ),
    Table(
        "scores",
        N_("The disclosure score, point by point"),
        (
            ("provider", "string", N_("whose report")),
            ("period", "string", N_("half-year")),
            ("scheme", "string", N_("P11a, P10a, P12, OTI or DSA")),
            ("point", "string", N_("the scheme's point")),
            ("answer", "string", N_("yes, partly, no or unknown, which is not no")),
            ("figures", "string", N_("keys of the figures that say so")),
            ("policies", "string", N_("ids of the policies that say so")),
        ),
        ("provider", "period", "point"),
        _scores,
    ),
    Table(
        "marks",
        N_("What changed: events beside the series"),
        (
            ("id", "string", N_("name")),
            ("date", "string", N_("day, month or year")),
            ("period", "string", N_("half-year")),
            ("en", "string", N_("in English")),
            ("ko", "string", N_("in Korean")),
            ("sources", "string", N_("addresses")),
        ),
        ("id",),
        _marks,
    ),
    Table(
        "policies",
        N_("What providers say or are said to do"),
        (
            ("id", "string", N_("name")),
            ("provider", "string", N_("of whom")),
            ("service", "string", N_("or empty for all")),
            ("topics", "string", N_("what it is about")),
            ("since", "string", N_("first day")),
            ("until", "string", N_("last day")),
            ("en", "string", N_("in English")),
            ("ko", "string", N_("in Korean")),
            ("source", "string", N_("address")),
            ("publisher", "string", N_("who says so")),
            ("date", "string", N_("when")),
        ),
        ("id",),
        _policies,
    ),
    Table(
        "definitions",
        N_("What each provider counts"),
        (
            ("provider", "string", N_("who")),
            ("accounts", "string", N_("asked or disclosed")),
            ("en", "string", N_("in English")),
            ("ko", "string", N_("in Korean")),
            ("source", "string", N_("address")),
        ),
        ("provider",),
        _definitions,
    ),
)
