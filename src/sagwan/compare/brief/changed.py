"""What changed: totals on the year and on the half-year before, and the events of the period."""

from collections.abc import Iterator, Sequence

from sagwan.compare.brief.model import Section, Text, sentences
from sagwan.compare.brief.teller import Service, Teller
from sagwan.compare.measures import Change, add_up, change, half_before, year_before
from sagwan.compare.result import Reconciled
from sagwan.compare.series import reviewed
from sagwan.compare.value import Exact, Missing, Value
from sagwan.pages import N_

MORE = {
    True: N_("%(percent)s more than in the %(before)s (%(number)s)"),
    False: N_("%(percent)s fewer than in the %(before)s (%(number)s)"),
}
SAME = N_("as many as in the %(before)s (%(number)s)")


def changed(teller: Teller, services: Sequence[Service]) -> Section:
    paragraphs = [text for service in services if (text := _of(teller, service))]
    paragraphs += _events(teller, services)
    return Section(teller.gettext(N_("What changed")), tuple(paragraphs))


def _of(teller: Teller, service: Service) -> Text | None:
    """A service's total of requests beside the year's and the half's; only where all are counts."""
    now = _total(teller, service, teller.period)
    if now is None:
        return None
    told: list[str | Text] = []
    for before in (year_before(teller.period), half_before(teller.period)):
        text = _beside(teller, service, before, now) if before else None
        if text:
            told.append(text)
    if not told:
        return None
    total = teller.total(now[1])
    message = N_("%(service)s was asked %(total)s times: %(change)s.")
    if len(told) == 2:
        message = N_("%(service)s was asked %(total)s times: %(change)s, and %(second)s.")
    fields = {"service": teller.service(service), "total": total or "", "change": told[0], "second": told[-1]}
    return teller.say(message, **fields)


def _total(teller: Teller, service: Service, period: str) -> tuple[Value, list[Reconciled]] | None:
    """The sum over the four procedures, where each is an exact count."""
    cells = teller.cells(service, "requested", period)
    known = [cell for cell in cells if cell]
    total = add_up(cell.value if cell else None for cell in cells)
    if total is None or not total.is_exact or not isinstance(total.low, int):
        return None
    return Exact(total.low), known


def _beside(
    teller: Teller, service: Service, before: str, now: tuple[Value, list[Reconciled]]
) -> Text | None:
    then = _total(teller, service, before)
    if then is None:
        return None
    moved = change(then[0], now[0])
    number = teller.total(then[1]) or ()
    name = teller.period_of(before)
    if isinstance(moved, Missing) or moved.relative is None:
        return None
    if moved.unchanged:
        return teller.say(SAME, before=name, number=number)
    return teller.say(
        MORE[bool(moved.grew)],
        percent=_percent(teller, moved, then, now),
        before=name,
        number=number,
    )


def _percent(
    teller: Teller,
    moved: Change,
    then: tuple[Value, list[Reconciled]],
    now: tuple[Value, list[Reconciled]],
) -> Text:
    assert moved.relative is not None  # noqa: S101 - the caller has looked
    formula = " / ".join(f"{value.number:,}" for value, _ in (now, then) if isinstance(value, Exact))
    return teller.relative(moved.relative.low, f"{formula} - 1", [*now[1], *then[1]])


def _events(teller: Teller, services: Sequence[Service]) -> Iterator[Text]:
    """The reviewed marks of the period that concern one of the services; each names its sources."""
    for mark in reviewed():
        concerned = any(
            (not mark.providers or provider in mark.providers)
            and (not mark.services or name in mark.services)
            and (not mark.jurisdictions or country in mark.jurisdictions)
            for provider, name, country in services
        )
        if mark.period in teller.periods and concerned:
            source = f"({mark.date}; {', '.join(mark.sources)})"
            yield sentences((mark.text[teller.lang],), (source,))
