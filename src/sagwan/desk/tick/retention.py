"""Until when private parts must be kept, by class; the seals and the events' chain stay for ever.

The law names records (ledger, request papers, cover of a permit), the home encrypts classes: `ledger` (who
asked) and `matter` (about whom, texts, files). Each of the law's records holds some of both, so that a class
is kept as long as the longest of them. Where the law names none, `keep_years` of the home's config decides.
"""

from datetime import date

from sagwan.desk.tick.agenda import Keep
from sagwan.law.clocks import keep_until, retention_of
from sagwan.law.pack import Pack
from sagwan.record.private import RecordClass

HOUSE = "house"
"""The rule where the law has none."""


def keeps(
    pack: Pack,
    instrument: str,
    last: date,
    classes: frozenset[str],
    postponed: dict[str, date],
    keep_years: int,
) -> tuple[Keep, ...]:
    """How long each of the classes that are left is kept, by class; () where nothing says.

    `last` is the day on which something was last recorded of the request: its law counts, from it on.
    `postponed` are the days until which people put a destruction off.
    """
    rules = retention_of(pack, instrument, last)
    if rules:
        until = max(keep_until(rule, last) for rule in rules)
        names = tuple(dict.fromkeys(rule.record for rule in rules))
    elif keep_years:
        until, names = _after(last, keep_years), (HOUSE,)
    else:
        return ()
    return tuple(
        Keep(each, max(until, postponed.get(str(each), until)), names)
        for each in RecordClass
        if str(each) in classes
    )


def _after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
