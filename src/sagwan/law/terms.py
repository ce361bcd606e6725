"""How long, how often, or at all: holds, notice put off, notice by the provider, data in an emergency."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from sagwan.law.errors import TermNotAllowed
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import HoldRule, NoticeRule, ProviderNotice
from sagwan.record.vocabulary import DataCategory


def hold_rule(instrument: InstrumentOnDay) -> HoldRule:
    """The instrument's rule on keeping data from deletion; raise TermNotAllowed where it has none."""
    if instrument.hold is None:
        raise TermNotAllowed(
            f"{instrument.slug} asks for no hold on {instrument.day}",
            hint="only a request to preserve data has one",
        )
    return instrument.hold


def check_hold(instrument: InstrumentOnDay, start: date, until: date) -> None:
    """Raise TermNotAllowed where a first term, both days included, is longer than the law allows."""
    rule = hold_rule(instrument)
    last = start + timedelta(days=rule.days - 1)
    if until > last:
        raise TermNotAllowed(
            f"a hold from {start} until {until} is longer than {rule.days} days [{rule.citation.text('en')}]",
            hint=f"until {last} at the latest",
        )


def check_extension(instrument: InstrumentOnDay, ends: date, until: date) -> None:
    """Raise TermNotAllowed where the extension goes on too long after `ends`, the first term's last day."""
    rule = hold_rule(instrument)
    last = ends + timedelta(days=rule.extension)
    if until > last:
        raise TermNotAllowed(
            f"an extension from {ends} until {until} is longer than {rule.extension} days "
            f"[{rule.citation.text('en')}]",
            hint=f"until {last} at the latest" if rule.extension else "this law knows no extension",
        )


def notice_rule(instrument: InstrumentOnDay) -> NoticeRule | None:
    """Who tells the person concerned, on that day; None where the pack says nothing."""
    return instrument.notice[0] if instrument.notice else None


def check_deferral(
    instrument: InstrumentOnDay, ground: str, until: date, earlier: Sequence[tuple[str, date]]
) -> None:
    """Raise TermNotAllowed where the law has no such ground, or not for so long or so often.

    `earlier` are the request's deferrals so far: (ground, until). Times and months are checked only where the
    law gives numbers; each time counts from the day it is recorded, or from the end of the one before.
    """
    rule = notice_rule(instrument)
    grounds = {each.slug: each for each in rule.grounds} if rule else {}
    if ground not in grounds:
        raise TermNotAllowed(
            f"{ground!r} is no ground for putting notice off under {instrument.slug} on {instrument.day}",
            hint=f"grounds: {', '.join(grounds) or 'none'}",
        )
    found = grounds[ground]
    before = [day for name, day in earlier if name == ground]
    if found.times and len(before) >= found.times:
        raise TermNotAllowed(
            f"notice was put off {len(before)} times on the ground {ground}", hint=found.longest.en
        )
    first = max([instrument.day, *before])
    if found.months and until > add_months(first, found.months):
        raise TermNotAllowed(
            f"notice cannot be put off until {until} on the ground {ground}",
            hint=f"until {add_months(first, found.months)} at the latest: {found.longest.en}",
        )


def check_provider_notice(instrument: InstrumentOnDay) -> None:
    """Raise TermNotAllowed unless the pack says that the provider itself may, or must, tell the person."""
    rule = notice_rule(instrument)
    if rule is None or rule.provider not in (ProviderNotice.MAY, ProviderNotice.MUST):
        said = "says nothing on it" if rule is None else f"says {rule.provider}"
        raise TermNotAllowed(
            f"the provider does not tell the person concerned under {instrument.slug}: the law pack {said}",
            hint="ask counsel; record who told them, if the authority did",
        )


def emergency_data(instrument: InstrumentOnDay) -> frozenset[DataCategory]:
    """What may go out in an emergency before the paper that must follow has come."""
    if instrument.emergency is None or not instrument.emergency.data:
        return instrument.categories
    return instrument.categories & frozenset(instrument.emergency.data)


def check_emergency(instrument: InstrumentOnDay, data: Sequence[DataCategory], *, paper_came: bool) -> None:
    """Raise TermNotAllowed where an emergency would give out what only the full process may."""
    variant = instrument.emergency
    outside = sorted(set(data) - emergency_data(instrument))
    if variant is None or paper_came or not outside:
        return
    item = instrument.item(variant.follow_up)
    waits = item.label.en if item else variant.follow_up
    raise TermNotAllowed(
        f"{', '.join(outside)} data may not go out in an emergency [{variant.citation.text('en')}]",
        hint=f"wait for the paper that must follow: {waits}",
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
