"""Ranking Digital Rights, 2020 methodology: P11a, and of P10a and P12 what figures and policies can answer.

https://rankingdigitalrights.org/knowledge-center/p11a-data-about-government-demands-for-user-information
"""

from collections.abc import Iterable

from sagwan.compare.figure import Figure
from sagwan.compare.measures import year_before
from sagwan.compare.score.model import COUNTED, Answer, Desk, Evidence, Point, first_few
from sagwan.compare.score.policies import about, traits
from sagwan.compare.value import Band
from sagwan.pages import N_

CONTENT = frozenset({"disclosed-content", "disclosed-non-content-only"})
ACCOUNTS = frozenset({"accounts", "numbers", "devices", "financial-identifiers"})
HELD_BACK = frozenset({"refused", "challenged-or-rejected", "challenged", "rejected"})
NOTICE = frozenset({"notified", "gagged", "notice-delayed"})


def p11a(desk: Desk) -> tuple[Point, ...]:
    """Data about government demands, ten points."""
    return (
        _by_country(desk),
        _apart(desk),
        _point("P11a.3", N_("counts the accounts affected"), desk.stated(lambda f: f.metric in ACCOUNTS)),
        _content(desk),
        _point("P11a.5", N_("names the legal process of the requests"), desk.of_trait("process")),
        _point("P11a.6", N_("includes court orders in the count"), desk.of_trait("court")),
        _complied(desk),
        _barred(desk),
        _yearly(desk),
        _structured(desk),
    )


def p10a(desk: Desk) -> tuple[Point, ...]:
    """How the provider responds: the two elements that figures or policies speak of."""
    checks = about(desk.provider, "checks", desk.period)
    refusals = about(desk.provider, "refusals", desk.period)
    held = desk.stated(lambda f: f.metric in HELD_BACK)
    return (
        Point(
            "P10a.5",
            N_("checks each request with due diligence"),
            Answer.YES if checks else Answer.UNKNOWN,
            Evidence(policies=checks),
        ),
        Point(
            "P10a.6",
            N_("pushes back on requests that are not due"),
            Answer.YES if held or refusals else Answer.UNKNOWN,
            Evidence(first_few(held), refusals),
        ),
    )


def p12(desk: Desk) -> tuple[Point, ...]:
    """Notice to users."""
    notice, counted = about(desk.provider, "notice", desk.period), desk.stated(lambda f: f.metric in NOTICE)
    return (
        Point(
            "P12.1",
            N_("tells users of government requests"),
            Answer.YES if notice or counted else Answer.UNKNOWN,
            Evidence(first_few(counted), notice),
        ),
    )


def _point(name: str, question: str, figures: Iterable[Figure]) -> Point:
    found = first_few(figures)
    return Point(name, question, Answer.YES if found else Answer.UNKNOWN, Evidence(found))


def _by_country(desk: Desk) -> Point:
    counted = desk.stated(lambda f: f.metric in COUNTED and bool(f.jurisdiction))
    return _point("P11a.1", N_("counts requests by country"), counted)


def _apart(desk: Desk) -> Point:
    """Stored data and live access apart: both kinds are counted, each by itself."""
    stored, live = desk.of_trait("stored"), desk.of_trait("live")
    found = (*first_few(stored, 2), *first_few(live, 2)) if stored and live else ()
    return _point("P11a.2", N_("counts stored data apart from live access"), found)


def _content(desk: Desk) -> Point:
    """Content or not: outcomes that say so, or categories of which each reaches only one or the other."""
    said = desk.stated(lambda f: f.metric in CONTENT)
    categories = (*desk.of_trait("content"), *desk.of_trait("non-content"))
    both = desk.of_trait("content") and desk.of_trait("non-content")
    return _point("P11a.4", N_("tells content from other data"), said or (categories if both else ()))


def _complied(desk: Desk) -> Point:
    """A count of requests complied with for every category that requests are counted in."""
    requested = desk.stated(lambda f: f.metric in COUNTED)
    done = desk.stated(lambda f: f.metric == "processed")
    complied = {_cell(figure) for figure in done}
    open_ = [figure for figure in requested if _cell(figure) not in complied and _can_comply(figure)]
    question = N_("counts the requests complied with, category by category")
    if not done:
        denied = desk.blank(lambda f: f.metric == "processed")
        return Point("P11a.7", question, Answer.NO if denied else Answer.UNKNOWN, Evidence(first_few(denied)))
    return Point("P11a.7", question, Answer.PARTLY if open_ else Answer.YES, Evidence(first_few(done)))


def _cell(figure: Figure) -> Figure:
    return figure.under_metric("")


def _can_comply(figure: Figure) -> bool:
    """Preservation hands nothing over, so that there is nothing to count."""
    return "preservation" not in traits().get(figure.category, ())


def _barred(desk: Desk) -> Point:
    """Names what it may not report exactly: bands on a national-security process do so."""
    secret = {figure: figure for figure in desk.of_trait("national-security")}
    banded = [item.figure for item in desk.own if isinstance(item.value, Band) and item.figure in secret]
    return _point("P11a.8", N_("names the requests it may not report exactly"), banded)


def _yearly(desk: Desk) -> Point:
    before = year_before(desk.period)
    reported = {desk.period[:4], *(period[:4] for period in desk.earlier)}
    question = N_("reports at least once a year")
    if not desk.own:
        return Point("P11a.9", question, Answer.UNKNOWN)
    # The first year of a series cannot show that another came before it.
    yearly = before[:4] in reported
    figures = first_few(desk.stated(lambda f: True), 1)
    return Point(
        "P11a.9", question, Answer.YES if yearly else Answer.UNKNOWN, Evidence(figures if yearly else ())
    )


def _structured(desk: Desk) -> Point:
    found = about(desk.provider, "structured-file", desk.period)
    answer = Answer.YES if found else Answer.UNKNOWN
    return Point("P11a.10", N_("offers the figures as a structured file"), answer, Evidence(policies=found))
