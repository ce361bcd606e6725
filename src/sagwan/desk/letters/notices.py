"""Letters to others than the one who asked: to a user, and to an authority whose name was used."""

from sagwan.desk.letters import words
from sagwan.desk.letters.facts import Forgery, Notice
from sagwan.desk.letters.kinds import LetterNotPossible
from sagwan.desk.letters.source import Source
from sagwan.law.terms import check_provider_notice, notice_rule
from sagwan.record.disposition import granted_to
from sagwan.record.events import Disclosed, ForgerySuspected
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory


def notice(source: Source, target: Target | None) -> Notice:
    """What one person concerned may know: of their own target, and only where law and orders let them.

    Raise LetterNotPossible, or TermNotAllowed where the law pack does not let the provider tell.
    """
    if target is None:
        raise LetterNotPossible("a notice is about one target", hint="name it: --target account:abc")
    check_provider_notice(source.pack.instrument_on(source.state.instrument, source.day))
    _check_free_to_tell(source)
    data, days = _handed_over(source, target)
    if not days:
        raise LetterNotPossible("nothing of this target was handed over, so there is nothing to tell")
    rule = notice_rule(source.instrument)
    return Notice(
        kind=words.word(words.TARGETS, target.kind, source.lang),
        target=target.value,
        authority=source.ledger.authority,
        data=source.data(data),
        disclosed=days,
        citation=rule.citation.text(source.lang) if rule else "",
    )


def _check_free_to_tell(source: Source) -> None:
    told = source.state.notice
    if told.forbidden_on(source.day):
        until = f" until {told.order_until}" if told.order_until else ""
        raise LetterNotPossible(f"a non-disclosure order forbids telling anyone{until}")
    if told.deferred_on(source.day):
        raise LetterNotPossible(f"notice is put off until {max(day for _, day in told.deferrals)}")
    if source.state.suspected_by:
        raise LetterNotPossible("the request is suspected to be forged; there is nothing to tell of it yet")


def _handed_over(source: Source, target: Target) -> tuple[tuple[DataCategory, ...], tuple[str, ...]]:
    """Which data of one target went out, and on which days."""
    granted = granted_to(source.state.dispositions)
    data: set[DataCategory] = set()
    days: dict[str, None] = {}
    for stored, event in source.story.events:
        if not isinstance(event, Disclosed) or event.matter is None or target not in event.matter.targets:
            continue
        data.update(category for category in event.data if not granted or target in granted.get(category, ()))
        days[source.dated(source.day_of(stored.at))] = None
    return tuple(sorted(data)), tuple(days)


def forgery(source: Source) -> Forgery:
    """A request that is suspected to be forged; raise LetterNotPossible for any other."""
    found = source.last(ForgerySuspected)
    if not source.state.suspected_by or found is None:
        raise LetterNotPossible("the request is not suspected to be forged")
    days = dict.fromkeys(
        source.dated(source.day_of(stored.at))
        for stored, event in source.story.events
        if isinstance(event, Disclosed)
    )
    return Forgery(
        authority=source.ledger.authority,
        officials=source.ledger.officials,
        channel=words.word(words.CHANNELS, source.story.received.channel, source.lang),
        suspected=source.moment(found[0].at),
        disclosed=tuple(days),
        preserved_documents=len(source.state.documents),
    )
