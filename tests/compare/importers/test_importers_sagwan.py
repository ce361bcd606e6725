from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.compare import Band, Exact, SourceKind, Status, compare
from sagwan.compare.check import check_claim
from sagwan.compare.importers import ImporterError, Origin, Understood, read
from sagwan.formats.banded import Banded, BandedFigure
from sagwan.formats.report import Report
from sagwan.verify import Trust
from tests.support.folder import Half, Keys, build, first_half, second_half

from .make import the


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Path]:
    def real(report: Report) -> Report:
        return replace(report, synthetic=False)

    def make(*, synthetic: bool = False, **options: object) -> Path:
        hook = {} if synthetic else {"report": real}
        return build(
            tmp_path,
            first_half(**hook, **options),
            second_half(**hook),
            keys=Keys(origin="kakao.example/log"),
        ).root

    return make


@pytest.fixture
def trust() -> Trust:
    keys = Keys(origin="kakao.example/log")
    return Trust(key=keys.vkey, policy=keys.policy())


def test_what_was_recounted_becomes_claims(publish, trust: Trust) -> None:
    taken: Understood = read(publish(), trust=trust)
    assert (taken.format, taken.periods, taken.jurisdictions) == ("sagwan", ("2016H1", "2016H2"), ("KR",))
    warrants = [
        c for c in taken.claims if c.category == "search-and-seizure-warrant" and c.period == "2016H1"
    ]
    kakao = [c for c in warrants if c.service == "kakao" and not c.part]
    assert the(kakao, metric="requested").read == Exact(3)
    assert the(kakao, metric="processed").read == Exact(2)
    assert {c.source_kind for c in taken.claims} == {SourceKind.RECOUNTED}
    assert {c.provider for c in taken.claims} == {"kakao"}
    assert taken.warnings == ()
    for claim in taken.claims:
        check_claim(claim)


def test_reading_twice_gives_the_same_and_an_address_may_be_said(publish, trust: Trust) -> None:
    folder = publish()
    origin = Origin(address="https://kakao.example/", date="2016-08-01", publisher="Kakao")
    once, twice = (read(folder, trust=trust, origin=origin) for _ in range(2))
    assert [c.id for c in once.claims] == [c.id for c in twice.claims]
    assert {(c.source_url, c.source_date) for c in once.claims} == {("https://kakao.example/", "2016-08-01")}


def test_a_folder_whose_key_nobody_named_is_said_to_be_so(publish) -> None:
    taken = read(publish())
    assert {c.source_kind for c in taken.claims} == {SourceKind.COMPANY_REPORT}
    assert [w.code for w in taken.warnings] == ["self-declared"]


def test_a_synthetic_folder_is_never_a_claim(publish, trust: Trust) -> None:
    taken = read(publish(synthetic=True), trust=trust)
    assert taken.claims == ()
    assert taken.badges
    assert [w.code for w in taken.warnings] == ["synthetic"]


def test_counts_that_are_floors_are_no_claims(publish, trust: Trust) -> None:
    taken = read(publish(withheld={8: "non-disclosure-order", 9: "non-disclosure-order"}), trust=trust)
    assert {c.period for c in taken.claims} == {"2016H2"}
    assert {badge.figure.period for badge in taken.badges} == {"2016H1"}
    assert [w.code for w in taken.warnings] == ["floors"]


def test_a_folder_that_does_not_hold_is_refused(publish, trust: Trust) -> None:
    folder = publish()
    table = folder / "report" / "2016H1.csv"
    table.write_text(table.read_text().replace(",3,", ",4,", 1))
    with pytest.raises(ImporterError, match="does not hold: check"):
        read(folder, trust=trust)


def banded_half(*, synthetic: bool) -> Half:
    """A half-year with one banded entry, whose report states three bands."""
    letters = BandedFigure(
        figure="national-security-letters",
        names={"ko": "국가안보서신(NSL)", "en": "National security letters"},
        jurisdiction="US",
        instruments=("national-security-letter",),
        measure="requested",
        about="2016H1",
        width=500,
        low=0,
        high=499,
        option="half-yearly-500",
        rule="usc-50 §1874(a)(2)(A)",
        citation={"ko": "미국 연방법전 제50편 제1874조(a)(2)(A)", "en": "50 U.S.C. § 1874(a)(2)(A)"},
    )
    orders = replace(letters, figure="fisa-content-requests", about="2015H2")
    accounts = replace(letters, measure="accounts-asked", low=500, high=999)

    def stated(report: Report) -> Report:
        return replace(report, synthetic=synthetic, banded=Banded(1, 0, (letters, accounts, orders)))

    return first_half(withheld={11: "banded"}, batches=1, report=stated)


def test_bands_are_the_providers_word_and_never_recounted(tmp_path: Path, trust: Trust) -> None:
    folder = build(tmp_path, banded_half(synthetic=False), keys=Keys(origin="kakao.example/log")).root
    taken = read(folder, trust=trust)
    assert taken.jurisdictions == ("KR", "US")
    assert {c.source_kind for c in taken.claims} == {SourceKind.COMPANY_REPORT}
    found = {(c.period, c.category, c.metric): c for c in taken.claims}
    letters = found["2016H1", "national-security-letters", "requested"]
    assert letters.read == Band(0, 499) and letters.read.rule == "50-usc-1874-500"
    assert found["2016H1", "national-security-letters", "accounts"].read == Band(500, 999)
    orders = found["2015H2", "fisa-content-requests", "requested"]
    assert (orders.period_start, orders.period_end) == ("2015-07-01", "2015-12-31")
    for claim in taken.claims:
        check_claim(claim)
    assert {figure.status for figure in compare(taken.claims).figures} == {Status.BANDED}


def test_bands_of_a_synthetic_folder_are_no_claims(tmp_path: Path, trust: Trust) -> None:
    folder = build(tmp_path, banded_half(synthetic=True), keys=Keys(origin="kakao.example/log")).root
    assert read(folder, trust=trust).claims == ()
