"""Series: gaps stay gaps; marks stand where they belong; totals are floors where a part is missing."""

from functools import cache

from sagwan.compare import Comparison, compare, load_packaged
from sagwan.compare.measures import Sum
from sagwan.compare.series import (
    Shelf,
    Subject,
    between,
    definitions,
    headline,
    is_raised,
    marks_of,
    reviewed,
    told_by,
)
from sagwan.compare.site.addresses import link
from sagwan.compare.value import Band, Exact
from tests.compare.make import claim

WIRETAPS = Subject("kakao", "kakao", "KR", "communication-restriction")


@cache
def everything() -> Comparison:
    return compare(load_packaged())


def test_a_series_has_every_half_year_and_gaps_where_nothing_is_known() -> None:
    shelf = Shelf(compare([claim(1, period="2014H1"), claim(3, period="2015H2")]))
    series = shelf.series(Subject("acme", "mail", "KR", "search-and-seizure-warrant"), "processed")
    assert [point.period for point in series.points] == ["2014H1", "2014H2", "2015H1", "2015H2"]
    assert [point.value for point in series.points] == [Exact(1), None, None, Exact(3)]


def test_years_and_parts_are_no_points_of_a_series() -> None:
    shelf = Shelf(compare([claim(1), claim(9, period="2016"), claim(4, part="stage=follow-up")]))
    subject = Subject("acme", "mail", "KR", "search-and-seizure-warrant")
    assert shelf.periods(subject) == ("2016H1",)
    assert [point.value for point in shelf.series(subject, "processed").points] == [Exact(1)]


def test_half_years_between() -> None:
    assert between("2014H2", "2016H1") == ("2014H2", "2015H1", "2015H2", "2016H1")
    assert between("2016H1", "2016H1") == ("2016H1",)


def test_kakaos_wiretaps_bear_the_marks_of_what_changed() -> None:
    shelf = Shelf(everything())
    items = shelf.series(WIRETAPS, "processed").items
    marks = marks_of(item.figure for item in items)
    assert [mark.id for mark in marks] == ["kr-kakao-2014-stop", "kr-kakao-2015-resume", "kr-kakao-2016-stop"]
    daum = shelf.series(Subject("kakao", "daum", "KR", "communication-restriction"), "processed").items
    assert not marks_of(item.figure for item in daum)


def test_the_ruling_of_2012_stands_beside_subscriber_data_of_both_companies() -> None:
    shelf = Shelf(everything())
    for provider, service in (("naver", "naver"), ("kakao", "daum")):
        items = shelf.series(Subject(provider, service, "KR", "subscriber-information"), "requested").items
        assert "kr-2012-subscriber-ruling" in [mark.id for mark in marks_of(i.figure for i in items)]


def test_every_reviewed_mark_has_both_languages_and_a_source_and_meets_a_figure() -> None:
    figures = everything().by_key
    for mark in reviewed():
        assert mark.text["en"] and mark.text["ko"] and mark.sources
        assert all(map(link, mark.sources))
        assert any(mark.period == figure.period and mark.concerns(figure) for figure in figures), mark.id


def test_a_restatement_and_a_raised_band_tell_themselves() -> None:
    told = [mark for item in everything().figures if (mark := told_by(item))]
    assert any(mark.id.startswith("restated google/google/US") for mark in told)
    assert any("13,255–13,499" in mark.text["en"] for mark in told)
    assert all(mark.sources for mark in told)


def test_a_clean_band_is_not_raised() -> None:
    for low, high in ((0, 499), (500, 999), (0, 249), (250, 499), (0, 999), (1000, 1499)):
        assert not is_raised(Band(low, high)), (low, high)
    for low, high in ((1, 499), (13, 499), (1005, 1499), (751, 999), (13255, 13499)):
        assert is_raised(Band(low, high)), (low, high)
    assert not is_raised(Band(3, 17))


def test_totals_follow_each_providers_own_definition() -> None:
    shelf = Shelf(everything())
    google = headline(shelf, "google", "google", "KR", "2016H1", "requested")
    assert google and google.sum == Sum(352, 352)
    assert [item.figure.category for item in google.parts] == [
        "emergency-disclosure-requests",
        "other-legal-requests",
    ]
    before = headline(shelf, "google", "google", "KR", "2012H1", "requested")
    assert before and not before.is_derived
    apple = headline(shelf, "apple", "apple", "KR", "2016H1", "requested")
    assert apple and apple.sum.is_floor and apple.missing
    assert headline(shelf, "ministry", "all", "KR", "2016H1", "numbers") is None


def test_every_definition_has_a_source() -> None:
    for one in definitions().values():
        assert link(one.source) and one.text["en"] and one.text["ko"]
        assert one.accounts in ("asked", "disclosed")
