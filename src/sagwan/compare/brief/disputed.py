"""What is disputed, and what single articles printed that does not hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sagwan.compare.brief.model import Mark, Section, Text, listing, sentences
from sagwan.compare.brief.teller import Service, Teller, is_disputed
from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.result import Reconciled
from sagwan.compare.value import Missing
from sagwan.compare.voices import voices
from sagwan.compare.words import amount
from sagwan.pages import N_


def disputed(teller: Teller, services: Sequence[Service]) -> Section:
    """Every disputed figure of the services: what is shown, what others print, and what explains it."""
    paragraphs = tuple(_dispute(teller, item) for item in _of(teller, services) if is_disputed(item))
    return Section(teller.gettext(N_("What is disputed")), paragraphs)


def _of(teller: Teller, services: Sequence[Service]) -> Iterator[Reconciled]:
    for item in teller.comparison.figures:
        figure = item.figure
        here = (figure.provider, figure.service, figure.jurisdiction) in services
        if here and figure.period == teller.period and item.value is not None:
            yield item


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
    """A claim of an article that does not hold, and why we say so."""

    claim: Claim
    item: Reconciled
    reason: str


def slips(teller: Teller, services: Sequence[Service]) -> dict[str, list[Slip]]:
    """By article (its voice), the news claims that do not hold.

    Only where more independent voices stand against the claim than for it, or where the claim breaks a rule
    that figures cannot break, and an explanation holds. A dispute that is open is nobody's slip.
    """
    found: dict[str, list[Slip]] = {}
    for item in _of(teller, services):
        if not is_disputed(item):
            continue
        for claim in item.claims:
            reason = _reason(teller, item, claim)
            if claim.source_kind is SourceKind.NEWS and reason:
                found.setdefault(claim.voice, []).append(Slip(claim, item, reason))
    return {voice: _once(found[voice]) for voice in sorted(found, key=lambda v: (-len(_once(found[v])), v))}


def _once(found: list[Slip]) -> list[Slip]:
    """Two addresses of one article make one slip."""
    return list({(slip.item.figure, slip.claim.value): slip for slip in found}.values())


def _reason(teller: Teller, item: Reconciled, claim: Claim) -> str:
    told = [e.sentence(teller.lang) for e in item.explanations_of(claim)]
    if claim in item.rivals:
        same = [rival for rival in item.rivals if rival.read == claim.read]
        outvoted = item.voices > len(voices(same))
        return told[0] if told and outvoted else ""
    return told[0] if told and item.conflicts and claim.read == item.value else ""


def articles(teller: Teller, services: Sequence[Service]) -> Section:
    """What single articles printed that does not hold, the one with most slips first."""
    paragraphs = []
    for found in slips(teller, services).values():
        first = found[0].claim
        head = teller.say(
            N_("%(publisher)s (%(date)s):"), publisher=first.source_publisher, date=first.source_date
        )
        told = [_slip(teller, slip) for slip in found]
        paragraphs.append(sentences(head, *told))
    return Section(teller.gettext(N_("What articles printed that does not hold")), tuple(paragraphs))


def _slip(teller: Teller, slip: Slip) -> Text:
    mark = Mark(teller.note(slip.item))
    return teller.say(
        N_("%(figure)s, printed as %(printed)s. %(reason)s"),
        figure=teller.note_title(slip.item),
        printed=(slip.claim.value, mark),
        reason=(slip.reason, mark),
    )
