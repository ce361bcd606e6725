"""How services hold up, as pages show it: shares handed over, requests for users, parts of a total."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from sagwan.compare.figure import ALL_SERVICES
from sagwan.compare.gaps import INSTRUMENTS
from sagwan.compare.measures import Change, Ratio, display_ratio, share
from sagwan.compare.result import Reconciled
from sagwan.compare.series import (
    NATIONAL,
    Holding,
    Measure,
    Who,
    holding,
    share_of_country,
)
from sagwan.compare.site.addresses import provider_country_page
from sagwan.compare.site.terms import country
from sagwan.compare.site.totals import sum_text, total_cell
from sagwan.compare.site.view import View, is_disputed, service_name
from sagwan.compare.site.whole import Whole, short, tongue
from sagwan.compare.value import Missing
from sagwan.pages import translator
from sagwan.pages.i18n import period_name


def rate_text(ratio: Ratio | Missing) -> str:
    """`80.1%`, both ends of a band, or the empty text for a gap."""
    return "" if isinstance(ratio, Missing) else display_ratio(ratio, places=1, percent=True)


def measure_text(measure: Measure) -> str:
    """A number for a million users; a floor is called one."""
    if isinstance(measure.ratio, Missing):
        return ""
    if measure.floor:
        return "≥ " + display_ratio(Ratio(measure.ratio.low, measure.ratio.low), places=1)
    return display_ratio(measure.ratio, places=1)


def change_text(found: Change | Missing) -> str:
    """`+47.7%`, `−12.0%`, both ends of an interval; the empty text where none is known or it began at 0."""
    if isinstance(found, Missing) or found.relative is None:
        return ""
    low, high = (_signed(Ratio(end, end)) for end in (found.relative.low, found.relative.high))
    return low if low == high else f"{low} … {high}"


def _signed(ratio: Ratio) -> str:
    text = rate_text(ratio)
    return text.replace("-", "−") if ratio.low < 0 else f"+{text}"


def rows_of(whole: Whole, who: Who, periods: Iterable[str]) -> list[View]:
    """A service's half-years, those without any figure left out."""
    found = [holding(whole.shelf, who, period) for period in periods]
    return [_row(one) for one in found if one.is_known]


def _row(one: Holding) -> View:
    return {
        "period": one.period,
        "requested": total_cell(one.requested),
        "processed": total_cell(one.processed),
        "accounts": total_cell(one.accounts),
        "share": rate_text(one.handed_over),
        "disputed": _is_disputed(one),
        "per_million": measure_text(one.requests_per_million),
        "accounts_per_million": measure_text(one.accounts_per_million),
        "change": change_text(one.change),
    }


def sentence(whole: Whole, who: Who, periods: Sequence[str], lang: str) -> str:
    """How the service held up in the latest half-year whose requests are known in full, or the empty text."""
    latest = next(
        (one for period in reversed(periods) if _is_whole(one := holding(whole.shelf, who, period))), None
    )
    if latest is None or latest.requested is None:
        return ""
    _ = translator(lang).gettext
    said = _("%(service)s, %(period)s: %(count)s requests from %(country)s.") % {
        "service": service_name(who.provider, who.service, whole.labels, tongue(lang)),
        "period": period_name(latest.period, lang),
        "count": sum_text(latest.requested.sum),
        "country": country(who.jurisdiction, lang),
    }
    parts = [said]
    if latest.processed and (rate := rate_text(latest.handed_over)):
        counted = {"count": sum_text(latest.processed.sum), "share": rate}
        parts.append(_("Data was handed over %(count)s times (%(share)s).") % counted)
    if grown := change_text(latest.change):
        parts.append(_("Requests on the year: %(change)s.") % {"change": grown})
    return " ".join(parts)


def _is_whole(one: Holding) -> bool:
    return one.requested is not None and not one.requested.sum.is_floor


@dataclass(frozen=True, slots=True)
class Columns:
    """Services of one country set side by side over half-years."""

    whole: Whole
    who: Sequence[Who]
    periods: Sequence[str]

    def heads(self, lang: str) -> list[View]:
        return [
            {
                "slug": slug_of(one),
                "name": service_name(one.provider, one.service, self.whole.labels, tongue(lang)),
            }
            for one in self.who
        ]

    def shares(self) -> View:
        """processed / requested, half-year by half-year."""
        return self._known(self._rows(lambda one, period: _share_cell(self._holding(one, period))))

    def of_country(self, lang: str) -> View:
        """What part of the country's documents under a procedure each service answered."""
        rows: list[View] = []
        for name in INSTRUMENTS:
            words = {"instrument": self.whole.labels.instrument(name, lang)}
            rows += [{**row, **words} for row in self._rows(partial(self._part, name))]
        return self._known(rows)

    def _part(self, instrument: str, who: Who, period: str) -> View:
        found = share_of_country(self.whole.shelf, who, instrument, period)
        return {"text": rate_text(found), "disputed": False}

    def _known(self, rows: Sequence[View]) -> View:
        """The rows without the services that have no value in any of them, which are named apart."""
        known = {cell["slug"] for row in rows for cell in row["cells"] if cell["text"]}
        kept = [{**row, "cells": [cell for cell in row["cells"] if cell["slug"] in known]} for row in rows]
        return {"rows": kept, "known": known}

    def for_users(self, lang: str) -> list[View]:
        """Requests and accounts for a million users, where a source prints the number of users."""
        found = [(one, self._holding(one, period)) for period in self.periods for one in self.who]
        return [
            {
                **_row(one),
                "slug": slug_of(who),
                "service": service_name(who.provider, who.service, self.whole.labels, tongue(lang)),
                "users": short(one.users),
            }
            for who, one in found
            if one.users is not None and one.is_known
        ]

    def without_users(self, lang: str) -> list[str]:
        """The services of which no source prints the number of users for any of the half-years."""
        counted = {
            slug_of(who)
            for who in self.who
            if any(self._holding(who, period).users is not None for period in self.periods)
        }
        return [head["name"] for head in self.heads(lang) if head["slug"] not in counted]

    def _holding(self, who: Who, period: str) -> Holding:
        return holding(self.whole.shelf, who, period)

    def _rows(self, cell: Callable[[Who, str], View]) -> list[View]:
        """The latest first; half-years without any value left out."""
        rows: list[View] = [
            {"period": period, "cells": [{"slug": slug_of(one), **cell(one, period)} for one in self.who]}
            for period in reversed(self.periods)
        ]
        return [row for row in rows if any(one["text"] for one in row["cells"])]

    def context(self, lang: str) -> View:
        """What compare/measures.html draws."""
        return {
            "heads": self.heads(lang),
            "shares": self._headed(self.shares(), lang),
            "of_country": self._headed(self.of_country(lang), lang),
            "for_users": self.for_users(lang),
            "without_users": self.without_users(lang),
        }

    def _headed(self, table: View, lang: str) -> View:
        heads = self.heads(lang)
        return {
            "rows": table["rows"],
            "heads": [head for head in heads if head["slug"] in table["known"]],
            "without": [head["name"] for head in heads if head["slug"] not in table["known"]],
        }


def _share_cell(one: Holding) -> View:
    return {"text": rate_text(one.handed_over), "disputed": _is_disputed(one)}


def _is_disputed(one: Holding) -> bool:
    """True where sources disagree on a part of what is divided."""
    totals = (one.requested, one.processed)
    return any(is_disputed(part) for total in totals if total for part in total.parts)


def slug_of(who: Who) -> str:
    """A service's name in the state of a page's address: `daum`; `kakao-all` for a provider's total."""
    return f"{who.provider}-all" if who.service == ALL_SERVICES else who.service


def national(whole: Whole, code: str) -> str:
    """The page of the country's own count, or the empty text."""
    found = any((s.provider, s.jurisdiction) == (NATIONAL, code) for s in whole.shelf.subjects)
    return provider_country_page(NATIONAL, code) if found else ""


def share_text(part: Reconciled | None, whole: Reconciled | None) -> str:
    """What share a figure is of another, or the empty text for a gap."""
    if part is None or whole is None or part.value is None or whole.value is None:
        return ""
    return rate_text(share(part.value, whole.value))
