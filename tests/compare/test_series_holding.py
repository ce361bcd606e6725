"""How a service holds up: over all categories, with gaps as gaps, floors as floors, bands as intervals."""

from fractions import Fraction
from functools import cache

from sagwan.compare import Claim, Comparison, compare, load_packaged
from sagwan.compare.measures import Change, Ratio
from sagwan.compare.series import Shelf, Who, holding, share_of_country, shares_of_all
from sagwan.compare.value import Missing
from tests.compare.make import own

KAKAO = Who("kakao", "kakao", "KR")
NAVER = Who("naver", "naver", "KR")
MAIL = Who("meta", "facebook-family", "KR")


@cache
def everything() -> Comparison:
    return compare(load_packaged())


def printed(metric: str, value: str | int, **fields: str) -> Claim:
    given = {"provider": "meta", "service": "facebook-family", "category": "total-requests", "metric": metric}
    return own(value, **(given | fields))


def shelf(*claims: Claim) -> Shelf:
    return Shelf(compare(claims))


def test_kakao_in_2016h1() -> None:
    found = holding(Shelf(everything()), KAKAO, "2016H1")
    assert found.requested and found.requested.sum.low == 3148
    assert found.processed and found.processed.sum.low == 1809 + 15 + 697
    assert found.handed_over == Ratio(Fraction(2521, 3148), Fraction(2521, 3148))
    assert found.requests_per_million.ratio == Ratio(Fraction(3148, 40), Fraction(3148, 40))
    assert isinstance(found.change, Change) and found.change.grew is True  # 2,132 a year before


def test_without_users_there_is_a_gap() -> None:
    found = holding(Shelf(everything()), NAVER, "2016H1")
    assert found.requested and not found.requests_per_million.is_known
    assert found.users is None


def test_users_of_the_year_serve_its_half_years_and_no_other() -> None:
    claims = [printed("requested", 10), printed("requested", 20, period="2017H1")]
    people = printed("users", 5_000_000, period="2016", category="", unit="users")
    here = shelf(*claims, people)
    assert holding(here, MAIL, "2016H1").requests_per_million.ratio == Ratio(Fraction(2), Fraction(2))
    assert not holding(here, MAIL, "2017H1").requests_per_million.is_known


def test_no_users_are_no_divisor() -> None:
    here = shelf(printed("requested", 10), printed("users", 0, category="", unit="users"))
    assert not holding(here, MAIL, "2016H1").requests_per_million.is_known


def test_a_band_gives_an_interval() -> None:
    here = shelf(printed("requested", "100-199"), printed("users", 2_000_000, category="", unit="users"))
    assert holding(here, MAIL, "2016H1").requests_per_million.ratio == Ratio(Fraction(50), Fraction(199, 2))


def test_a_gap_among_the_categories_makes_a_floor_and_no_share() -> None:
    found = holding(Shelf(everything()), NAVER, "2016H1")
    assert found.accounts and found.accounts.sum.is_floor  # subscriber information: no accounts are printed
    people = own(1_000_000, provider="naver", service="naver", category="", metric="users", unit="users")
    other = {"category": "subscriber-information", "period": "2015H1"}
    counted = [
        own(7, provider="naver", service="naver", metric="accounts"),
        own(9, provider="naver", service="naver", metric="accounts", **other),
    ]
    per = holding(shelf(*counted, people), NAVER, "2016H1").accounts_per_million
    assert per.floor and per.ratio == Ratio(Fraction(7), Fraction(7))


def test_totals_of_other_categories_make_no_share() -> None:
    who = Who("apple", "apple", "KR")
    names = {"provider": "apple", "service": "apple"}
    asked = [
        own(10, **names, metric="requested", category="device-requests"),
        own(5, **names, metric="requested", category="account-requests"),
    ]
    done = own(4, **names, metric="processed", category="device-requests")
    assert isinstance(holding(shelf(*asked, done), who, "2016H1").handed_over, Missing)
    every = own(1, **names, metric="processed", category="account-requests")
    found = holding(shelf(*asked, done, every), who, "2016H1")
    assert found.handed_over == Ratio(Fraction(1, 3), Fraction(1, 3))


def test_the_share_of_the_countrys_total() -> None:
    packaged = Shelf(everything())
    ratio = share_of_country(packaged, KAKAO, "communication-restriction", "2014H1")
    assert isinstance(ratio, Ratio) and ratio.is_exact and 0 < ratio.low < 1
    assert isinstance(share_of_country(packaged, KAKAO, "search-and-seizure-warrant", "2014H1"), Missing)


def test_the_share_of_all_countries_needs_every_one_in_full() -> None:
    names = ("meta", "facebook-family", ("JP", "KR", "US"), "2016H1")
    korea = printed("requested", 10)
    rest = Ratio(Fraction(3, 4), Fraction(3, 4))
    both = shelf(korea, printed("requested", 30, jurisdiction="US"))
    assert shares_of_all(both, *names) == {"KR": Ratio(Fraction(1, 4), Fraction(1, 4)), "US": rest}
    assert shares_of_all(shelf(korea), *names) == {}
    banded = shelf(korea, printed("requested", "0-30", jurisdiction="US"))
    assert shares_of_all(banded, *names)["KR"] == Ratio(Fraction(1, 4), Fraction(1))
