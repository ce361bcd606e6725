"""Authorities that must be vetted again: told before the vetting ends, and when it has."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sagwan.desk.people import queries
from sagwan.desk.tick import ledger
from sagwan.desk.tick.agenda import Item, Kind, split
from sagwan.desk.tick.config import TickConfig


def due(config: TickConfig, now: datetime) -> list[tuple[str, Item]]:
    """(subject, item) of every vetting that ends, and of which that was not told."""
    authorities = queries.authorities(suspended=False)
    subjects = {ledger.AUTHORITY + one.slug: one for one in authorities}
    done = ledger.done(subjects)
    found = []
    for subject, authority in subjects.items():
        if authority.vetted_until is not None:
            items = _items(authority.slug, authority.vetted_until, config)
            late, _ = split(items, now, done.get(subject, set()))
            found += [(subject, item) for item in late]
    return found


def _items(slug: str, until: datetime, config: TickConfig) -> Iterator[Item]:
    yield Item(Kind.VETTING_ENDING, slug, until, until - timedelta(days=config.revet_days))
    yield Item(Kind.VETTING_OVER, slug, until, until)
