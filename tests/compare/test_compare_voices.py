"""Copies of one article are one voice, however they are reached."""

import pytest

from sagwan.compare import Claim, Status, compare
from sagwan.compare.result import Reconciled
from sagwan.compare.voices import article_of, one_voice, voices

from .make import claim, own


def only(claims: list[Claim]) -> Reconciled:
    return compare(claims).by_key[claims[0].figure]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.ajunews.com/amp/20150804170143516", "http://www.ajunews.com/view/20150804170143516"),
        (
            "https://edaily.co.kr/n.asp?newsid=02873286612650232",
            "http://m.edaily.co.kr/R?id=02873286612650232",
        ),
        ("https://example.com/amp/a-story", "https://www.example.com/a-story"),
        ("https://example.com/a-story/", "https://example.com/a-story"),
        ("https://example.com/read?no=147", "http://m.example.com/read?no=147"),
    ],
)
def test_one_article_at_two_addresses(one: str, other: str) -> None:
    assert article_of(one) == article_of(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/20150804170143516", "https://example.com/20150804170143517"),
        ("https://example.com/20150804170143516", "https://example.org/20150804170143516"),
        ("https://example.com/a-story", "https://example.com/another"),
        ("https://example.com/read?no=147", "https://example.com/read?no=148"),
        ("https://example.com/", "https://www.example.com"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    assert article_of(one) is None or article_of(one) != article_of(other)


def test_one_article_under_two_names_is_one_voice() -> None:
    address = "https://example.com/news/20160803123456"
    copies = [claim(1909, "Portal", source_url=address), claim(1909, "Paper", source_url=f"{address}?amp")]
    assert voices(copies) == {"portal", "paper"}
    assert voices(one_voice(copies)) == {"paper"}
    assert [c.id for c in one_voice(copies)] == [c.id for c in copies]
    result = only(copies)
    assert (result.status, result.voices) == (Status.SINGLE_SOURCE, 1)
    two = [*copies, claim(1909, "Third")]
    assert (only(two).status, only(two).voices) == (Status.AGREED, 2)


def test_a_paper_that_repeats_an_agency_speaks_with_its_voice() -> None:
    copies = [
        claim(17, "Herald / Yonhap"),
        claim(17, "Economic / Yonhap"),
        claim(17, "Yonhap (via a portal)"),
    ]
    assert only(copies).status is Status.SINGLE_SOURCE
    assert only([*copies, claim(17, "Herald")]).status is Status.AGREED


def test_a_copy_of_a_providers_report_stays_the_providers() -> None:
    address = "https://example.com/20160803123456"
    both = one_voice([own(17, source_url=address), claim(17, "Paper", source_url=address)])
    assert voices(both) == {"provider:acme", "paper"}
