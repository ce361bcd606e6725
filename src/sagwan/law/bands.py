"""Exact numbers into the bands that a law allows, and how many banded entries must hide them.

A band of width 500 from 0 is 0-499, 500-999 and so on. Which figures there are, and how late each comes,
are data of the law pack.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sagwan.law.errors import LawPackError
from sagwan.law.model_bands import BandFigure, BandMeasure, BandOption, BandPeriod
from sagwan.law.pack import Pack
from sagwan.record.period import Period

LINES_A_REQUEST = 3
"""How many entries a request is reckoned to have: received, resolved, and one follow-up or correction."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A banded request as the figures need it: the half-year whose batches hold its `received` line, the day
    on which it came, in the provider's time zone, and the accounts asked for."""

    service: str
    instrument: str
    period: Period
    day: date
    accounts: int


@dataclass(frozen=True, slots=True)
class Banded:
    """A figure as it may be printed: `about` is a half-year (2016H1) or a year (2016); both ends count."""

    figure: BandFigure
    about: str
    low: int
    high: int


def band_of(count: int, width: int) -> tuple[int, int]:
    """The band (low, high) that holds the count."""
    low = count // width * width
    return low, low + width - 1


def option_of(pack: Pack, slug: str, day: date) -> BandOption | None:
    """The option that a provider chose, as it holds on a day; for "" the widest, which tells least.

    None where the pack has no options at all. Raise LawPackError, naming those there are, for an unknown one.
    """
    holding = [option for option in pack.bands if option.holds_on(day)]
    if not slug:
        return max(holding, key=lambda option: option.width, default=None)
    for option in holding:
        if option.slug == slug:
            return option
    raise LawPackError(
        "bands",
        f"{slug!r} is no way to report bands in the law pack {pack.slug}",
        hint=f"one of {', '.join(option.slug for option in holding)}",
    )


def about(option: BandOption, figure: BandFigure, report: Period) -> tuple[Period, ...]:
    """The half-years that a figure of a report is about; () where the report has no such figure.

    A yearly figure stands in the report of the year's second half alone.
    """
    if option.period is BandPeriod.YEAR and report.half != 2:
        return ()
    last = report
    for _ in range(figure.delay):
        last = last.previous
    return (last,) if option.period is BandPeriod.HALF_YEAR else (last.previous, last)


def banded(
    option: BandOption, asked: Iterable[Asked], report: Period, since: Period | None = None
) -> tuple[Banded, ...]:
    """The figures of a half-year's report, in the option's order; none about half-years before `since`, of
    which the requests are not all known."""
    requests = list(asked)
    found = []
    for figure in option.figures:
        spans = about(option, figure, report)
        if not spans or (since is not None and spans[0] < since):
            continue
        counted = [one for one in _told(figure, requests, report) if one.period in spans]
        count = sum(one.accounts if figure.measure is BandMeasure.ACCOUNTS_ASKED else 1 for one in counted)
        name = str(spans[-1]) if option.period is BandPeriod.HALF_YEAR else str(spans[-1].year)
        found.append(Banded(figure, name, *band_of(count, option.width)))
    return tuple(found)


def _told(figure: BandFigure, asked: Sequence[Asked], report: Period) -> list[Asked]:
    """The requests of the figure's instruments, but for those to a service that is too new to be told.

    A service counts as new for `new_service_days` from its first request, reckoned at the last day of the
    report's half-year. The law leaves out single orders; which these are cannot be known, so that all of the
    service's are left out, which tells less.
    """
    mine = [one for one in asked if one.instrument in figure.instruments]
    first: dict[str, date] = {}
    for one in mine:
        first[one.service] = min(first.get(one.service, one.day), one.day)
    told_from = report.last_day - timedelta(days=figure.new_service_days)
    return [one for one in mine if not figure.new_service_days or first[one.service] <= told_from]


def least_per_batch(option: BandOption, batch_interval_hours: int) -> int:
    """How many banded entries each batch must hold, so that a half-year's entries could be the top of every
    lowest band: with fewer, their number would tell more than the bands do."""
    requests = sum(option.width - 1 for one in option.figures if one.measure is BandMeasure.REQUESTED)
    halves = 1 if option.period is BandPeriod.HALF_YEAR else 2
    batches = halves * 181 * 24 // batch_interval_hours  # 181 days: the shorter half of a year
    return -(-requests * LINES_A_REQUEST // max(batches, 1))
