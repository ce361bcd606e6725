"""How a service holds up in a half-year: what it handed over of what was asked, and for how many users.

Every measure is an interval or missing: a band stays a band, and what is not known in full gives a floor or a
gap, never a point and never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sagwan.compare.figure import ALL_SERVICES, Figure
from sagwan.compare.measures import (
    Change,
    Ratio,
    Sum,
    change,
    compliance_rate,
    per_million,
    share,
    year_before,
)
from sagwan.compare.period import year_of
from sagwan.compare.result import Reconciled
from sagwan.compare.series.series import Shelf
from sagwan.compare.series.totals import Headline, headline
from sagwan.compare.value import Band, Exact, Missing, MissingState, Value, bounds

NATIONAL = "ministry"
"""Who counts a whole country's requests under a procedure: all operators together, documents answered."""
UNKNOWN = Missing(MissingState.NOT_REPORTED)


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio, or missing; `floor` where a part of what is counted is not known, so that it may be more."""

    ratio: Ratio | Missing = UNKNOWN
    floor: bool = False

    @property
    def is_known(self) -> bool:
        return isinstance(self.ratio, Ratio)


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asked by whom."""

    provider: str
    service: str
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A service in a half-year, over all categories that its provider counts together.

    `handed_over` is processed / requested, `each` accounts / processed (of disclosed ones) or / requested;
    `change` is the requests' against the same half-year before.
    """

    period: str
    requested: Headline | None
    processed: Headline | None
    accounts: Headline | None
    users: Reconciled | None
    handed_over: Ratio | Missing
    requests_per_million: Measure
    accounts_per_million: Measure
    change: Change | Missing

    @property
    def is_known(self) -> bool:
        return any((self.requested, self.processed, self.accounts))


def holding(shelf: Shelf, who: Who, period: str) -> Holding:
    """What is known of a service in a half-year."""

    def of(metric: str, when: str = period) -> Headline | None:
        return headline(shelf, who.provider, who.service, who.jurisdiction, when, metric)

    requested, processed, accounts = (of(metric) for metric in ("requested", "processed", "accounts"))
    users = users_of(shelf, who, period)
    return Holding(
        period,
        requested,
        processed,
        accounts,
        users,
        _rate(processed, requested),
        _for_users(requested, users),
        _for_users(accounts, users),
        change(_value(of("requested", year_before(period))), _value(requested)),
    )


def users_of(shelf: Shelf, who: Who, period: str) -> Reconciled | None:
    """The claim-based number of users in the half-year, else in its year; None where no source prints one."""
    figure = Figure(who.provider, who.service, who.jurisdiction, period, "", "users")
    found = (shelf.at(figure), shelf.at(figure.in_period(year_of(period))))
    return next((item for item in found if item and item.value is not None), None)


def _rate(part: Headline | None, whole: Headline | None) -> Ratio | Missing:
    """The compliance rate of two totals; missing unless both add up the same categories, all known."""
    if part is None or whole is None or categories(part) != categories(whole):
        return UNKNOWN
    return compliance_rate(_value(whole), _value(part))


def categories(total: Headline) -> frozenset[str]:
    """Which categories a total adds up, those that are not known left out."""
    return frozenset(item.figure.category for item in total.parts)


def share_of_country(shelf: Shelf, who: Who, category: str, period: str) -> Ratio | Missing:
    """What part of the country's documents answered under a procedure the service answered."""
    own = shelf.at(Figure(who.provider, who.service, who.jurisdiction, period, category, "processed"))
    whole = shelf.at(Figure(NATIONAL, ALL_SERVICES, who.jurisdiction, period, category, "documents"))
    return share(_stated(own), _stated(whole))


def shares_of_all(
    shelf: Shelf, provider: str, service: str, jurisdictions: Iterable[str], period: str
) -> Mapping[str, Ratio]:
    """What part of a service's requests comes from each country, of those from all that have a figure.

    Empty where fewer than two have one, or where one of them is not known in full.
    """
    totals = ((code, headline(shelf, provider, service, code, period, "requested")) for code in jurisdictions)
    values = {code: _value(total) for code, total in totals if total is not None}
    known = {code: value for code, value in values.items() if not isinstance(value, Missing)}
    if len(known) < 2 or len(known) < len(values):
        return {}
    ends = [bounds(value) for value in known.values()]
    whole = Band(sum(int(low) for low, _ in ends), sum(int(high) for _, high in ends))
    ratios = {code: share(value, whole) for code, value in known.items()}
    return {code: ratio for code, ratio in ratios.items() if isinstance(ratio, Ratio)}


def _for_users(total: Headline | None, users: Reconciled | None) -> Measure:
    if total is None or users is None or users.value is None:
        return Measure()
    low, high = total.sum.low, total.sum.high
    counted = Band(int(low), int(low if high is None else high))
    return Measure(per_million(counted, users.value), floor=total.sum.is_floor)


def _value(total: Headline | None) -> Value:
    """A total as a value: a floor is not known."""
    return UNKNOWN if total is None else sum_value(total.sum)


def sum_value(found: Sum) -> Value:
    """A sum as a value; one with a gap is missing, since what it lacks may be any number."""
    if found.high is None:
        return UNKNOWN
    return Exact(found.low) if found.is_exact else Band(int(found.low), int(found.high))


def _stated(item: Reconciled | None) -> Value:
    return item.value if item is not None and item.value is not None else UNKNOWN
