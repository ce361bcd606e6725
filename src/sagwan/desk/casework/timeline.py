"""What happened to a request, event by event, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.screens import Names
from sagwan.desk.casework.words import EVENTS
from sagwan.desk.web.words import WORDS
from sagwan.pages.i18n import day, translator
from sagwan.record import events as happened
from sagwan.record.events import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: what it is called, what it says besides, and who brought it about."""

    seq: int
    at: datetime
    by: str
    title: str
    said: tuple[str, ...]


def entries(story: Story, names: Names) -> list[Entry]:
    """The request's events in order; private parts whose key is destroyed say nothing."""
    said = _Said(names)
    return [
        Entry(
            stored.seq, stored.at, stored.actor, said.title(stored.type), tuple(filter(None, said.of(event)))
        )
        for stored, event in story.events
    ]


class _Said:
    """Puts events into words of one language."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._text = translator(names.lang).gettext

    def title(self, kind: str) -> str:
        return self._text(EVENTS[kind]) if kind in EVENTS else kind

    def _word(self, slug: object) -> str:
        text = str(slug)
        return self._text(WORDS[text]) if text in WORDS else text

    def _day(self, value: object) -> str:
        return day(str(value), self._names.lang)

    def of(self, event: Event) -> Iterator[str]:
        yield from self._public(event)
        matter = getattr(event, "matter", None)
        if matter is not None and not isinstance(event, happened.RequestReceived):
            yield matter.text
            yield from (document.name for document in matter.documents)
        check = getattr(event, "check", None)
        if check is not None:
            yield ", ".join(value for value in check.facts.values() if value)

    def _public(self, event: Event) -> Iterator[str]:
        match event:
            case happened.Proposed(proposal=proposal):
                yield from self._decided(proposal)
            case happened.Corrected(correction=correction):
                yield from self._decided(correction)
            case happened.Resolved(outcome=outcome, reason=reason, accounts=accounts):
                yield self._outcome(outcome, reason, accounts)
            case happened.Withdrawn(reason=reason):
                yield self._names.reason(reason)
            case happened.Disclosed() | happened.FollowedUp():
                data = ", ".join(map(self._word, event.data))
                yield f"{data} ({event.accounts:,} {self._text('accounts')})"
            case happened.Assigned(to=to):
                yield to
            case happened.CalledBack(result=result):
                yield self._word(result)
            case happened.FindingAnswered(finding=finding, answer=answer):
                yield f"{finding}: {self._word(answer)}"
            case happened.DutyMet(duty=duty):
                yield self._names.clock(duty)
            case happened.HoldPlaced(start=start, until=until):
                yield f"{self._day(start)} – {self._day(until)}"
            case happened.HoldExtended(until=until) | happened.NoticeDeferred(until=until):
                yield f"– {self._day(until)}"
            case happened.HoldReleased(reason=reason):
                yield self._word(reason)
            case happened.NoticeRecorded(who=who, on=on):
                yield f"{self._word(who)}, {self._day(on)}"
            case happened.OrderImposed(until=until):
                yield f"– {self._day(until)}" if until else ""

    def _decided(self, proposal: happened.Proposal) -> Iterator[str]:
        if isinstance(proposal, happened.FollowUp):
            yield f"{self._word('followup')}: {proposal.accounts:,} {self._text('accounts')}"
        elif proposal.outcome is not None:
            yield self._outcome(proposal.outcome, proposal.reason, proposal.accounts)

    def _outcome(self, outcome: object, reason: str, accounts: int) -> str:
        parts = [self._word(outcome)]
        if reason:
            parts.append(self._names.reason(reason))
        if accounts:
            parts.append(f"{accounts:,} {self._text('accounts')}")
        return ": ".join(parts[:2]) + "".join(f" ({part})" for part in parts[2:])
