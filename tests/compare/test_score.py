"""The score: every answer has evidence, and what nothing speaks of is unknown, never no."""

from functools import cache

import pytest

from sagwan.compare import Claim, Comparison, SourceKind, compare, load_packaged
from sagwan.compare.importers import Origin, read_bytes
from sagwan.compare.score import (
    SCHEMES,
    TOPICS,
    Answer,
    NoFigures,
    Point,
    policies,
    protections,
    reporting,
    score,
)
from sagwan.compare.site.addresses import link
from tests.compare.make import claim, own


@cache
def everything() -> Comparison:
    return compare(load_packaged())


def point(claims: list[Claim], name: str, period: str = "2016H1") -> Point:
    sheets = score(compare(claims), "acme", period)
    return next(point for sheet in sheets for point in sheet.points if point.id == name)


def test_what_nothing_speaks_of_is_unknown() -> None:
    sheets = score(compare([claim(5)]), "acme", "2016H1")
    assert {point.answer for sheet in sheets for point in sheet.points} == {Answer.UNKNOWN}


def test_only_the_providers_own_figures_count() -> None:
    assert point([claim(5, metric="requested")], "P11a.1").answer is Answer.UNKNOWN
    assert point([own(5, metric="requested")], "P11a.1").answer is Answer.YES
    recounted = Claim(**{**_row(own(5, metric="requested")), "source_kind": SourceKind.RECOUNTED})
    assert point([recounted], "P11a.1").answer is Answer.YES


def _row(one: Claim) -> dict[str, str]:
    names = ("provider", "service", "jurisdiction", "period", "category", "metric", "part", "value", "unit")
    sources = ("source_url", "source_publisher", "source_date")
    return {name: getattr(one, name) for name in (*names, *sources)}


def test_stored_and_live_must_both_be_counted_to_stand_apart() -> None:
    warrants, taps = (
        own(5, metric="requested"),
        own(2, metric="requested", category="communication-restriction"),
    )
    assert point([warrants], "P11a.2").answer is Answer.UNKNOWN
    assert point([warrants, taps], "P11a.2").answer is Answer.YES


def test_complied_with_in_some_categories_is_partly_and_a_printed_blank_is_no() -> None:
    asked = [own(5, metric="requested"), own(2, metric="requested", category="subscriber-information")]
    assert point(asked, "P11a.7").answer is Answer.UNKNOWN
    assert point([*asked, own(4)], "P11a.7").answer is Answer.PARTLY
    both = [*asked, own(4), own(1, category="subscriber-information")]
    assert point(both, "P11a.7").answer is Answer.YES
    assert point([*asked, own("-")], "P11a.7").answer is Answer.NO


def test_a_category_that_hands_nothing_over_need_not_count_what_it_did() -> None:
    kept = own(9, metric="requested", category="preservation-requests")
    assert point([own(5, metric="requested"), own(4), kept], "P11a.7").answer is Answer.YES


def test_a_band_on_a_national_security_process_names_what_may_not_be_told() -> None:
    banded = own("0-499", metric="requested", category="national-security-letters", unit="range")
    assert point([banded], "P11a.8").answer is Answer.YES
    assert point([own("0-499", metric="requested", unit="range")], "P11a.8").answer is Answer.UNKNOWN


def test_the_first_year_cannot_show_that_reports_come_every_year() -> None:
    now, before = own(5), own(4, period="2015H1")
    assert point([now], "P11a.9").answer is Answer.UNKNOWN
    assert point([now, before], "P11a.9").answer is Answer.YES
    assert point([now, own(4, period="2013H1")], "P11a.9").answer is Answer.UNKNOWN


def test_accounts_fill_the_cell_that_the_providers_definition_puts_them_in() -> None:
    answers = {
        provider: {
            p.id: p.answer
            for s in score(everything(), provider, "2016H1")
            for p in s.points
            if s.scheme == "OTI"
        }
        for provider in ("google", "naver")
    }
    assert (answers["google"]["OTI.6"], answers["google"]["OTI.7"]) == (Answer.YES, Answer.UNKNOWN)
    assert (answers["naver"]["OTI.6"], answers["naver"]["OTI.7"]) == (Answer.UNKNOWN, Answer.YES)


@pytest.mark.parametrize(
    ("provider", "yes", "known"), [("google", 9, 9), ("meta", 8, 8), ("naver", 8, 8), ("kakao", 8, 8)]
)
def test_p11a_of_2016h1(provider: str, yes: int, known: int) -> None:
    sheet = score(everything(), provider, "2016H1")[0]
    assert (sheet.scheme, len(sheet.points), sheet.yes, sheet.known) == ("P11a", 10, yes, known)


def test_every_answer_that_is_not_unknown_has_evidence_that_exists() -> None:
    figures = everything().by_key
    for provider in ("apple", "google", "kakao", "meta", "naver"):
        for period in ("2013H1", "2016H1", "2019H2"):
            for sheet in score(everything(), provider, period):
                for one in sheet.points:
                    assert bool(one.evidence) == (one.answer is not Answer.UNKNOWN), one
                    assert set(one.evidence.figures) <= figures.keys()


def test_a_score_of_nothing_is_an_error() -> None:
    with pytest.raises(NoFigures, match="no claim is about acme"):
        score(compare([claim(1)]), "acme", "2011H1")


def test_json_keeps_unknown_apart() -> None:
    sheet = score(everything(), "naver", "2016H1")[0].to_json()
    answers = [one["answer"] for one in sheet["points"]]  # type: ignore[index,union-attr]
    assert answers.count("unknown") == 2 and "no" not in answers
    assert [s.scheme for s in score(everything(), "naver", "2016H1")] == list(SCHEMES)


def told(provider: str, service: str, period: str = "2016H1") -> dict[str, tuple[list[str], list[str]]]:
    found = protections(everything(), provider, service, "KR", period)
    return {
        one.topic: (
            [str(item.value.number) for item in one.figures if item.value],
            [p.id for p in one.policies],
        )  # type: ignore[union-attr]
        for one in found
    }


def test_what_they_did_to_protect_users() -> None:
    kakao = told("kakao", "kakao")
    assert list(kakao) == list(TOPICS)
    assert kakao["blinding"] == (["4"], ["kakao-blinding"])
    assert kakao["refusals"] == (["76"], ["kakao-no-subscriber-data"])
    assert kakao["notice"] == ([], [])
    assert told("naver", "naver")["checks"] == ([], ["naver-lawyers"])
    assert told("kakao", "daum")["blinding"] == ([], [])


def test_a_policy_holds_only_in_its_time() -> None:
    assert told("kakao", "kakao", "2015H1")["refusals"][1] == ["kakao-no-wiretap-2014"]
    assert told("kakao", "kakao", "2015H1")["blinding"][1] == []
    assert told("kakao", "kakao", "2016H2")["refusals"][1] == ["kakao-no-wiretap-2016"]
    assert told("kakao", "kakao", "2017H1")["blinding"][1] == []
    assert told("naver", "naver", "2014H2")["checks"][1] == []


def test_every_policy_has_a_source_and_both_languages() -> None:
    for one in policies():
        assert link(one.source) and one.publisher and one.date
        assert one.text["en"] and one.text["ko"]
        assert set(one.topics) <= {*TOPICS, "structured-file"}


DSA = """Applicability,Service,Reporting period,Category of illegal content,Scope,\
Number of orders to provide information,\
Median time to inform the authority of the receipt of the order to provide information,\
Median time to give effect to the order to provide information
All,Example Store,2025-07-01/2025-12-31,TOTAL,TOTAL,38,0,17.75
"""


def test_what_the_importers_give_answers_the_points_of_the_dsas_sheet() -> None:
    taken = read_bytes(DSA.encode(), "orders.csv", origin=Origin(address="https://store.example/dsa"))
    provider = taken.claims[0].provider
    answers = {p.id: p.answer for s in score(compare(taken.claims), provider, "2025H2") for p in s.points}
    assert [answers[name] for name in ("DSA.11", "DSA.12", "DSA.13")] == [Answer.YES] * 3
    assert reporting(compare(taken.claims), "2025H2") == (provider,)


def test_what_the_microsoft_importer_gives_answers_the_points_of_its_report() -> None:
    metrics = (
        "requested",
        "accounts",
        "disclosed-content",
        "disclosed-non-content-only",
        "no-data",
        "refused",
    )
    about = {"provider": "microsoft", "service": "all", "category": "law-enforcement-requests"}
    printed = [own(5, metric=metric, **about) for metric in metrics]
    answers = {p.id: p.answer for s in score(compare(printed), "microsoft", "2016H1") for p in s.points}
    yes = {name for name, answer in answers.items() if answer is Answer.YES}
    assert yes == {
        "P11a.1",
        "P11a.3",
        "P11a.4",
        "P10a.6",
        "OTI.1",
        "OTI.2",
        "OTI.3",
        "OTI.4",
        "OTI.5",
        "OTI.6",
    }


@pytest.mark.parametrize("category", ["civil-subpoena", "content-restrictions"])
def test_what_is_no_request_of_an_authority_for_data_answers_nothing(category: str) -> None:
    sheets = score(compare([own(5, metric="requested", category=category)]), "acme", "2016H1")
    assert {point.answer for sheet in sheets for point in sheet.points} == {Answer.UNKNOWN}
