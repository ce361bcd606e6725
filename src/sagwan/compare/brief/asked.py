"""Who was asked how often, what was handed over, what was refused: the three first sections of a brief."""

from collections.abc import Iterator, Sequence

from sagwan.compare.brief.model import Section, Text, listing, sentences
from sagwan.compare.brief.teller import Service, Teller
from sagwan.compare.gaps import INSTRUMENTS
from sagwan.compare.measures import (
    accounts_per_processed,
    add_up,
    compliance_rate,
    display_ratio,
    per_million,
)
from sagwan.compare.result import Reconciled
from sagwan.compare.value import Exact
from sagwan.compare.words import amount
from sagwan.pages import N_

Row = list[tuple[Service, Reconciled]]


def asked(teller: Teller, services: Sequence[Service]) -> Section:
    """How often each service was asked, procedure by procedure; then how many use it."""
    paragraphs = []
    for category in INSTRUMENTS:
        row = teller.row(services, category, "requested")
        if row:
            paragraphs.append(
                teller.say(
                    N_("%(instrument)s: %(numbers)s requests."),
                    instrument=capital(teller.instrument(category)),
                    numbers=_row(teller, row),
                )
            )
        paragraphs += _unknown(teller, services, category, "requested")
    if users := [text for service in services for text in _users(teller, service)]:
        paragraphs.append(sentences(*users))
    return Section(teller.gettext(N_("Who was asked, and how often")), tuple(paragraphs))


def _users(teller: Teller, service: Service) -> Iterator[Text]:
    """How many use a service, as a source prints it, and how often it was asked for every million of them."""
    users, portal = teller.at(service, "", "users"), teller.at(service, "", "market-share")
    if portal:
        yield teller.say(
            N_("A source gives %(service)s a market share of %(share)s percent."),
            service=teller.service(service),
            share=teller.number(portal),
        )
    if users is None or users.value is None:
        return
    yield teller.say(
        N_("A source gives %(service)s %(users)s users."),
        service=teller.service(service),
        users=teller.number(users),
    )
    cells = teller.cells(service, "requested")
    total = add_up(cell.value if cell else None for cell in cells)
    if total and total.is_exact and isinstance(total.low, int):
        each = per_million(Exact(total.low), users.value)
        formula = f"{total.low:,} / {amount(users.value)} × 1,000,000"
        items = [users, *(cell for cell in cells if cell)]
        yield teller.say(
            N_("That makes %(each)s requests for every million users."),
            each=(display_ratio(each, places=1), teller.derived(formula, items)),
        )


def handed_over(teller: Teller, services: Sequence[Service]) -> Section:
    """On how many requests data went out, and of how many accounts."""
    paragraphs = []
    for category in INSTRUMENTS:
        row = [pair for pair in teller.row(services, category, "processed") if not _is_zero(pair[1])]
        if row:
            done = teller.say(
                N_("%(instrument)s, answered with data: %(numbers)s."),
                instrument=capital(teller.instrument(category)),
                numbers=listing((_done(teller, category, *pair) for pair in row), teller.lang),
            )
            names = [service for service, _ in row]
            together = _together(teller, [item for _, item in row])
            more = _more_than_asked(teller, category, row)
            paragraphs.append(sentences(done, together, more, _accounts(teller, category, names)))
    paragraphs += _follow_ups(teller, services)
    return Section(teller.gettext(N_("What was handed over")), tuple(paragraphs))


def refused(teller: Teller, services: Sequence[Service]) -> Section:
    """Printed refusals, and requests on which nothing was handed over. Nothing is called refused by us."""
    paragraphs: list[Text] = []
    for category in INSTRUMENTS:
        paragraphs += _refusals(teller, services, category)
    return Section(teller.gettext(N_("What was refused")), tuple(paragraphs))


def _refusals(teller: Teller, services: Sequence[Service], category: str) -> Iterator[Text]:
    printed = teller.row(services, category, "refused")
    if printed:
        yield teller.say(
            N_("%(instrument)s: sources print %(numbers)s requests as refused."),
            instrument=capital(teller.instrument(category)),
            numbers=_row(teller, printed),
        )
    nothing = []
    for service in services:
        requested, done = (teller.at(service, category, metric) for metric in ("requested", "processed"))
        if requested and done and _is_zero(done) and not _is_zero(requested):
            nothing.append(
                teller.say(
                    N_("%(service)s %(done)s of %(requested)s"),
                    service=teller.service(service),
                    done=teller.number(done),
                    requested=teller.number(requested),
                )
            )
    if nothing:
        yield teller.say(
            N_("%(instrument)s, answered with data: %(numbers)s."),
            instrument=capital(teller.instrument(category)),
            numbers=listing(nothing, teller.lang),
        )


def _row(teller: Teller, row: Row) -> Text:
    each = [(f"{teller.service(service)} ", *teller.number(item)) for service, item in row]
    return listing(each, teller.lang)


def _more_than_asked(teller: Teller, category: str, row: Row) -> Text | None:
    """The services that print more answers than requests, which a reader would take for a mistake."""
    more = []
    for service, done in row:
        requested = teller.at(service, category, "requested")
        if requested and _exceeds(done, requested):
            more.append((teller.service(service),))
    if not more:
        return None
    return teller.say(
        N_("More answers than requests are printed for %(services)s: some may answer earlier requests."),
        services=listing(more, teller.lang),
    )


def _exceeds(done: Reconciled, requested: Reconciled) -> bool:
    values = (done.value, requested.value)
    counts = [value.number for value in values if isinstance(value, Exact)]
    return len(counts) == len(values) and counts[0] > counts[1]


def _together(teller: Teller, items: Sequence[Reconciled]) -> Text | None:
    total = teller.total(items) if len(items) > 1 else None
    return teller.say(N_("Together: %(total)s."), total=total) if total else None


def _done(teller: Teller, category: str, service: Service, item: Reconciled) -> Text:
    requested = teller.at(service, category, "requested")
    rate = None
    if requested and requested.value and item.value and not _exceeds(item, requested):
        rate = teller.ratio(item, requested, compliance_rate(requested.value, item.value), percent=True)
    if requested is None:
        return (f"{teller.service(service)} ", *teller.number(item))
    if rate is None:
        return teller.say(
            N_("%(service)s %(done)s of %(requested)s"),
            service=teller.service(service),
            done=teller.number(item),
            requested=teller.number(requested),
        )
    return teller.say(
        N_("%(service)s %(done)s of %(requested)s (%(rate)s)"),
        service=teller.service(service),
        done=teller.number(item),
        requested=teller.number(requested),
        rate=rate,
    )


def _accounts(teller: Teller, category: str, services: Sequence[Service]) -> Text | None:
    told = []
    for service, item in teller.row(services, category, "accounts"):
        done = teller.at(service, category, "processed")
        each = None
        if done and done.value is not None and item.value is not None:
            each = teller.ratio(item, done, accounts_per_processed(item.value, done.value), percent=False)
        words = (f"{teller.service(service)} ", *teller.number(item))
        if each:
            words = teller.say(N_("%(accounts)s (%(each)s a request)"), accounts=words, each=each)
        told.append(words)
    if not told:
        return None
    return teller.say(N_("Accounts concerned: %(numbers)s."), numbers=listing(told, teller.lang))


def _follow_ups(teller: Teller, services: Sequence[Service]) -> Iterator[Text]:
    for figure, item in teller.comparison.by_key.items():
        service = (figure.provider, figure.service, figure.jurisdiction)
        at = figure.period in teller.periods and figure.metric == "requested"
        if at and service in services and figure.part == "stage=follow-up" and item.value is not None:
            yield teller.say(
                N_("%(service)s was asked %(count)s times more to name people blinded in an earlier answer."),
                service=teller.service(service),
                count=teller.number(item),
            )


def _unknown(teller: Teller, services: Sequence[Service], category: str, metric: str) -> Iterator[Text]:
    """The services of which no source gives the number, where some source gives one for another; and those
    that print a nought which may mean that they do not tell."""
    silent = [one for one in services if teller.at(one, category, metric) is None]
    noughts = {one: item for one in silent if (item := teller.nought(one, category, metric))}
    for service, item in noughts.items():
        yield teller.say(
            N_(
                "%(instrument)s: %(number)s is printed for %(service)s, which may mean ‘not reported’; "
                "it is not counted here."
            ),
            instrument=capital(teller.instrument(category)),
            service=teller.service(service),
            number=teller.number(item),
        )
    left = [teller.service(one) for one in silent if one not in noughts]
    if left and len(silent) < len(services):
        yield teller.say(
            N_("%(instrument)s: no source that we hold gives the number for %(services)s."),
            instrument=capital(teller.instrument(category)),
            services=listing([(name,) for name in left], teller.lang),
        )


def _is_zero(item: Reconciled) -> bool:
    return item.value == Exact(0)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
