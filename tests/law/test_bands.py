"""Bands: from exact numbers to what the law lets be printed; the American pack's four ways."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.law.bands import Asked, band_of, banded, least_per_batch, option_of
from sagwan.law.errors import LawPackError
from sagwan.law.library import builtin_pack
from sagwan.law.model import Opened
from sagwan.law.pack import Pack
from sagwan.record.period import Period

H1, H2, NEXT = Period(2026, 1), Period(2026, 2), Period(2027, 1)
LETTER, CONTENTS = "national-security-letter", "fisa-contents"


@pytest.fixture(scope="module")
def us() -> Pack:
    return builtin_pack("us")


def asked(
    instrument: str, period: Period, *, accounts: int = 3, service: str = "mail", day: date | None = None
):
    return Asked(service, instrument, period, day or period.first_day, accounts)


def printed(us: Pack, slug: str, requests: list[Asked], report: Period) -> dict[str, str]:
    option = option_of(us, slug, report.last_day)
    assert option is not None
    return {
        f"{one.figure.slug} {one.figure.measure} {one.about}": f"{one.low}-{one.high}"
        for one in banded(option, requests, report)
    }


@given(st.integers(0, 10**9), st.integers(1, 10_000))
def test_a_band_holds_its_number_and_begins_at_a_multiple(count: int, width: int):
    low, high = band_of(count, width)
    assert low <= count <= high and high - low + 1 == width and low % width == 0


def test_every_instrument_is_banded_and_stands_in_every_option(us: Pack):
    slugs = {instrument.slug for instrument in us.instruments}
    assert {rule.how for instrument in us.instruments for rule in instrument.opened} == {Opened.BANDED}
    assert [option.width for option in us.bands] == [1000, 500, 250, 100]
    for option in us.bands:
        assert {slug for figure in option.figures for slug in figure.instruments} == slugs


def test_the_widest_option_holds_where_none_is_chosen_and_an_unknown_one_is_refused(us: Pack):
    chosen = option_of(us, "", H1.last_day)
    assert chosen is not None and chosen.slug == "half-yearly-1000"
    with pytest.raises(LawPackError, match="half-yearly-5000") as error:
        option_of(us, "half-yearly-5000", H1.last_day)
    assert "half-yearly-500" in error.value.hint
    assert option_of(builtin_pack("kr"), "", H1.last_day) is None


def test_letters_are_of_the_half_year_and_orders_come_one_half_year_late(us: Pack):
    old = date(2020, 1, 1)  # the service is not new any more
    requests = [asked(CONTENTS, Period(2020, 1), day=old)]
    requests += [asked(LETTER, H1)] * 499 + [asked(CONTENTS, H1)] * 500
    first, later = (printed(us, "half-yearly-500", requests, period) for period in (H1, H2))
    assert first["national-security-letters requested 2026H1"] == "0-499"
    assert first["national-security-letters accounts-asked 2026H1"] == "1000-1499"
    assert first["fisa-content-requests requested 2025H2"] == "0-499"
    assert later["fisa-content-requests requested 2026H1"] == "500-999"
    assert later["fisa-content-requests accounts-asked 2026H1"] == "1500-1999"
    assert later["national-security-letters requested 2026H2"] == "0-499"


def test_nothing_is_told_of_a_service_whose_first_order_is_younger_than_540_days(us: Pack):
    first = NEXT.last_day - timedelta(days=540)
    home = Period(2026, 1)
    assert home.first_day <= first <= home.last_day
    told = [asked(CONTENTS, H2, service="old", day=first + timedelta(days=200))] * 1000
    told += [asked(CONTENTS, home, service="old", day=first)]
    key = "fisa-content-requests requested 2026H2"
    assert printed(us, "", told, NEXT)[key] == "1000-1999"
    new = [asked(CONTENTS, H2, service="new", day=first + timedelta(days=1))] * 5000
    assert printed(us, "", told + new, NEXT)[key] == "1000-1999"
    letters = [asked(LETTER, NEXT, service="new")] * 1000
    assert printed(us, "", letters, NEXT)["national-security-letters requested 2027H1"] == "1000-1999"


def test_nothing_is_said_of_half_years_before_the_log(us: Pack):
    option = option_of(us, "", H1.last_day)
    assert option is not None
    assert {one.about for one in banded(option, [], H1, H1)} == {"2026H1"}
    assert {one.about for one in banded(option, [], H2, H1)} == {"2026H1", "2026H2"}


def test_together_each_half_year(us: Pack):
    requests = [asked(LETTER, H1)] * 200 + [asked(CONTENTS, H1)] * 50
    found = printed(us, "half-yearly-together-250", requests, H1)
    assert found == {
        "national-security requested 2026H1": "250-499",
        "national-security accounts-asked 2026H1": "750-999",
    }


def test_a_year_stands_in_the_report_of_its_second_half_one_year_late(us: Pack):
    requests = [asked(LETTER, H1, accounts=1)] * 60 + [asked(LETTER, H2, accounts=1)] * 40
    assert printed(us, "yearly-together-100", requests, H1) == {}
    assert printed(us, "yearly-together-100", requests, H2)["national-security requested 2025"] == "0-99"
    late = printed(us, "yearly-together-100", requests, Period(2027, 2))
    assert (
        late["national-security requested 2026"] == late["national-security accounts-asked 2026"] == "100-199"
    )


@pytest.mark.parametrize(
    ("slug", "hours", "least"),
    [("half-yearly-1000", 24, 50), ("half-yearly-500", 24, 25), ("half-yearly-1000", 168, 360),
     ("half-yearly-together-250", 24, 5), ("yearly-together-100", 24, 1)],
)  # fmt: skip
def test_how_many_entries_each_batch_needs(us: Pack, slug: str, hours: int, least: int):
    """Three lines for each request that the lowest bands could hold, over 181 days."""
    option = option_of(us, slug, H1.last_day)
    assert option is not None and least_per_batch(option, hours) == least
