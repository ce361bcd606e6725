"""Write the brief of a period, from rules alone."""

from collections.abc import Iterable, Sequence

from sagwan.compare.brief.abroad import abroad
from sagwan.compare.brief.asked import asked, handed_over, refused
from sagwan.compare.brief.changed import changed
from sagwan.compare.brief.disputed import articles, disputed
from sagwan.compare.brief.model import Brief, Section, Text, in_order, listing, sentences
from sagwan.compare.brief.teller import Service, Teller, is_doubtful_nought, periods_in
from sagwan.compare.gaps import INSTRUMENTS, METRICS
from sagwan.compare.measures import add_up, compliance_rate, display_ratio
from sagwan.compare.period import is_half, is_period, is_year
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.value import Exact, Missing
from sagwan.compare.words import Language
from sagwan.pages import N_, Labels
from sagwan.record.errors import SagwanError


class NothingToTell(SagwanError):
    """A period of which no claim speaks."""


def write_brief(comparison: Comparison, period: str, lang: Language, labels: Labels | None = None) -> Brief:
    """The brief of a half-year or year, from a comparison of all periods (what changed lies in others). What
    nobody prints of a year is the sum of its halves.

    Raises NothingToTell where no figure of the period has a value.
    """
    told_of = {item.figure.period for item in comparison.figures if item.value is not None}
    if not told_of & set(periods_in(period)):
        raise NothingToTell(f"no claim gives a figure of {period}", hint=_nearest(period, told_of))
    teller = Teller(comparison, period, lang, labels or Labels())
    services = reporting(comparison, period)
    sections = (
        asked(teller, services),
        handed_over(teller, services),
        refused(teller, services),
        changed(teller, services),
        abroad(teller),
        disputed(teller, services),
        articles(teller, services),
    )
    lead = _lead(teller, services)
    told = tuple(section for section in sections if section.paragraphs)
    title = teller.gettext(N_("Government requests for users' data, %(period)s"))
    words = title % {"period": teller.period_of(period)}
    return in_order(Brief(period, lang, words, lead, told + _marks(teller, told), teller.notes))


def _nearest(period: str, told_of: Iterable[str]) -> str:
    """Which half-years there are instead."""
    halves = sorted(filter(is_half, told_of))
    if not halves or not (is_period(period) and (is_half(period) or is_year(period))):
        return "write a half-year as 2016H1, a year as 2016"
    before = [half for half in halves if half < period][-1:]
    after = [half for half in halves if half > period][:1]
    return f"half-years with figures: {halves[0]} to {halves[-1]}; the nearest {' and '.join(before + after)}"


def reporting(comparison: Comparison, period: str) -> tuple[Service, ...]:
    """The services whose figures stand side by side: those of the four procedures, Kakao before Daum."""
    found = {
        (f.provider, f.service, f.jurisdiction)
        for f, item in comparison.by_key.items()
        if f.period in periods_in(period)
        and f.category in INSTRUMENTS
        and f.metric in METRICS
        and not f.part
        and not f.is_total
        and item.value is not None
        and not is_doubtful_nought(item)
    }
    return tuple(sorted(found, key=lambda s: (s[0], s[0] != s[1], s)))


def _lead(teller: Teller, services: Sequence[Service]) -> Text:
    if not services:
        return teller.say(
            N_("No source that we hold counts the four kinds of request in the %(period)s."),
            period=teller.period_of(teller.period),
        )
    cells = {m: [cell for s in services for cell in teller.cells(s, m)] for m in METRICS}
    requested, processed, accounts = (teller.total(cells[metric]) for metric in METRICS)
    head = teller.say(
        N_("In the %(period)s %(services)s were asked for users' data %(requested)s times."),
        period=teller.period_of(teller.period),
        services=listing([(teller.service(s),) for s in services], teller.lang),
        requested=requested or teller.gettext(N_("an unknown number of")),
    )
    done = accounted = None
    if processed:
        done = teller.say(
            N_("They handed data over %(processed)s times%(share)s."),
            processed=processed,
            share=_share(teller, cells["requested"], cells["processed"]),
        )
    if accounts:
        accounted = teller.say(N_("The answers concerned %(accounts)s accounts."), accounts=accounts)
    return sentences(head, done, accounted)


def _share(
    teller: Teller, requested: Sequence[Reconciled | None], processed: Sequence[Reconciled | None]
) -> Text:
    """The share of requests complied with, in brackets; nothing unless both sums are whole counts."""
    sums = [add_up(cell.value if cell else None for cell in cells) for cells in (requested, processed)]
    exact = [Exact(one.low) for one in sums if one and one.is_exact]
    if len(exact) != 2:
        return ()
    rate = compliance_rate(*exact)
    if isinstance(rate, Missing) or exact[1].number > exact[0].number:
        return ()
    formula = f"{exact[1].number:,} / {exact[0].number:,}"
    items = [cell for cell in (*processed, *requested) if cell]
    shown = display_ratio(rate, places=1, percent=True)
    return (f" ({shown}", teller.derived(formula, items), ")")


def _marks(teller: Teller, told: Sequence[Section]) -> tuple[Section, ...]:
    """What the sign ≠ means, where it stands."""
    if not any(getattr(part, "disputed", False) for s in told for text in s.paragraphs for part in text):
        return ()
    text = teller.say(N_("≠ marks a number on which sources disagree, or one that rests on such a number."))
    return (Section(teller.gettext(N_("How to read it")), (text,)),)
