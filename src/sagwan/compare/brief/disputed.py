"""What is disputed, and what single articles printed that does not hold."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from sagwan.compare.brief.asked import capital
from sagwan.compare.brief.model import Mark, Section, Text, listing, sentences
from sagwan.compare.brief.teller import Service, Teller, is_disputed
from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.explain import Code, Explanation
from sagwan.compare.result import Reconciled
from sagwan.compare.value import Missing
from sagwan.compare.voices import voices
from sagwan.compare.words import amount
from sagwan.pages import N_


def disputed(teller: Teller, services: Sequence[Service]) -> Section:
    """Every figure of the services on which sources disagree still: what is shown, what others print, and
    what explains it. What is only an article's slip is told with that article."""
    slipped = {slip.claim.id for found in _slips(teller, services).values() for slip in found}
    items = (item for item in _of(teller, services) if is_disputed(item) and not _settled(item, slipped))
    paragraphs = tuple(_dispute(teller, item) for item in items)
    return Section(teller.gettext(N_("What is disputed")), paragraphs)


def _settled(item: Reconciled, slipped: Set[str]) -> bool:
    """True where every claim that is doubted is a slip of an article, or only made round."""
    round_ones = {i for e in item.explanations if e.code is Code.ROUNDING for i in e.claims}
    doubted = (*item.rivals, *(item.supporters if item.conflicts else ()))
    return all(claim.id in slipped | round_ones for claim in doubted)


def _of(teller: Teller, services: Sequence[Service]) -> Iterator[Reconciled]:
    for item in teller.comparison.figures:
        figure = item.figure
        if _service(item) in services and figure.period in teller.periods and item.value is not None:
            yield item


def _service(item: Reconciled) -> Service:
    return item.figure.provider, item.figure.service, item.figure.jurisdiction


def _dispute(teller: Teller, item: Reconciled) -> Text:
    rivals = dict.fromkeys(amount(c.read) for c in item.rivals if not isinstance(c.read, Missing))
    head = teller.say(N_("%(figure)s: %(value)s."), figure=teller.note_title(item), value=teller.number(item))
    others = None
    if rivals:
        mark = Mark(teller.note(item))
        others = teller.say(
            N_("Other sources print %(rivals)s."),
            rivals=listing([(rival, mark) for rival in rivals], teller.lang),
        )
    told = [explanation.sentence(teller.lang) for explanation in item.explanations]
    told += [conflict.sentence(teller.lang) for conflict in item.conflicts]
    why = [(sentence, Mark(teller.note(item))) for sentence in dict.fromkeys(told)]
    return sentences(head, others, *why)


@dataclass(frozen=True, slots=True)
class Slip:
    """A claim of an article that does not hold, and the explanation that held when it was tested."""

    claim: Claim
    item: Reconciled
    reason: Explanation


def _slips(teller: Teller, services: Sequence[Service]) -> dict[str, list[Slip]]:
    """By article (its voice), the news claims that do not hold.

    Only where more independent voices stand against the claim than for it, or where the claim breaks a rule
    that figures cannot break, and an explanation holds. A dispute that is open is nobody's slip; nor is a
    number made round, or one that its source restated later.
    """
    found: dict[str, list[Slip]] = {}
    for item in _of(teller, services):
        if not is_disputed(item):
            continue
        for claim in item.claims:
            reason = _reason(item, claim)
            if claim.source_kind is SourceKind.NEWS and reason:
                found.setdefault(claim.voice, []).append(Slip(claim, item, reason))
    return {voice: found[voice] for voice in sorted(found, key=lambda v: (-len(_once(found[v])), v))}


def _once(found: Iterable[Slip]) -> list[Slip]:
    """Two addresses of one article make one slip."""
    return list({(slip.item.figure, slip.claim.value): slip for slip in found}.values())


_NO_SLIP = frozenset({Code.ROUNDING, Code.RESTATEMENT})


def _reason(item: Reconciled, claim: Claim) -> Explanation | None:
    told = item.explanations_of(claim)
    if not told or told[0].code in _NO_SLIP:
        return None
    if claim in item.rivals:
        same = [rival for rival in item.rivals if rival.read == claim.read]
        return told[0] if item.voices > len(voices(same)) else None
    return told[0] if item.conflicts and claim.read == item.value else None


def articles(teller: Teller, services: Sequence[Service]) -> Section:
    """What single articles printed that does not hold, the one with most slips first."""
    paragraphs = []
    for slips in _slips(teller, services).values():
        found = sorted(_once(slips), key=lambda slip: services.index(_service(slip.item)))
        first = found[0].claim
        head = teller.say(
            N_("%(publisher)s (%(date)s):"), publisher=first.source_publisher, date=first.source_date
        )
        paragraphs.append(sentences(head, *_under_another_name(teller, found), *_others(teller, found)))
    return Section(teller.gettext(N_("What articles printed that does not hold")), tuple(paragraphs))


def _under_another_name(teller: Teller, found: Iterable[Slip]) -> Iterator[Text]:
    """One sentence for all numbers of a kind of request that stand under another metric's name."""
    rows: dict[tuple[str, str, str, str], list[Slip]] = {}
    for slip in found:
        if slip.reason.code is Code.ANOTHER_METRIC:
            figure = slip.item.figure
            key = (figure.period, figure.category, figure.metric, slip.reason.variant)
            rows.setdefault(key, []).append(slip)
    for (period, category, metric, other), slips in rows.items():
        when = "" if period == teller.period else f", {teller.period_of(period)}"
        numbers = [
            (f"{teller.name(slip.item.figure)} {_printed(slip)}", Mark(teller.note(slip.item)))
            for slip in slips
        ]
        yield teller.say(
            N_(
                "%(instrument)s, printed as “%(metric)s”: %(numbers)s. "
                "Other sources give the same as “%(other)s”."
            ),
            instrument=capital(teller.word(category)) + when,
            metric=teller.word(metric),
            numbers=listing(numbers, teller.lang),
            other=teller.word(other),
        )


def _others(teller: Teller, found: Iterable[Slip]) -> Iterator[Text]:
    for slip in found:
        if slip.reason.code is Code.ANOTHER_METRIC:
            continue
        mark = Mark(teller.note(slip.item))
        printed, reason = (_printed(slip), mark), (slip.reason.sentence(teller.lang), mark)
        title = teller.note_title(slip.item)
        if slip.claim.read == slip.item.value:
            message = N_("%(figure)s, printed as %(printed)s. %(reason)s")
            yield teller.say(message, figure=title, printed=printed, reason=reason)
        else:
            yield teller.say(
                N_("%(figure)s, printed as %(printed)s where %(value)s stands. %(reason)s"),
                figure=title,
                printed=printed,
                value=teller.number(slip.item),
                reason=reason,
            )


def _printed(slip: Slip) -> str:
    read = slip.claim.read
    return slip.claim.value if isinstance(read, Missing) else amount(read)
