"""What the page of one request shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sagwan.desk.casework import queries
from sagwan.desk.casework.duties import Duty
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.screens import Names
from sagwan.desk.casework.small_steps import BY_SLUG, SmallStep
from sagwan.desk.casework.words import FINDINGS
from sagwan.desk.intake.paper_shown import Stated, stated
from sagwan.desk.people.models import Person
from sagwan.desk.people.queries import authorities
from sagwan.desk.people.records import AuthorityRecord
from sagwan.desk.setup import Desk
from sagwan.law.finding import Finding, Severity
from sagwan.pages.i18n import translator
from sagwan.record.request import Target
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import FindingAnswer, Sender

FEW = 20
"""So many targets stand on the request's own page."""
PER_PAGE = 500


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist: a finding, and what a person said of it."""

    key: str
    severity: str
    sentence: str
    citation: str
    answer: FindingAnswer | None


def checklist(desk: Desk, story: Story, names: Names) -> list[Point]:
    """Every finding, those that stand against a disclosure first; those of the sender by their code."""
    state = story.progress.state
    found = queries.findings_now(desk, Packs(desk.home), story) or ()
    points = [_point(finding, state, names) for finding in found]
    known = {str(finding.code) for finding in found}
    for key in state.points:
        code = key.partition(":")[0]
        if code not in known:
            severity = Severity.BLOCKS if key in state.blocking else Severity.WARNS
            sentence = other_sentence(code, names.lang)
            points.append(Point(key, str(severity), sentence, "", state.answer(key)))
    order = {str(severity): place for place, severity in enumerate(Severity)}
    return sorted(points, key=lambda point: (point.answer is not None, order[point.severity]))


def _point(finding: Finding, state: State, names: Names) -> Point:
    citation = finding.citation.text(names.lang) if finding.citation else ""
    key = finding.key if finding.key in state.blocking else str(finding.code)
    return Point(key, str(finding.severity), finding.message.text(names.lang), citation, state.answer(key))


def other_sentence(code: str, lang: str) -> str:
    """What a finding that is not the law's says, without its particulars, which the record does not keep."""
    return translator(lang).gettext(FINDINGS[code]) if code in FINDINGS else code


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty with its clock; `left` is negative once it is overdue, None where no end can be told."""

    duty: Duty
    label: str
    citation: str
    left: timedelta | None


def clocks(desk: Desk, story: Story, names: Names, now: datetime) -> list[Clock]:
    """What is still to be done, what is due first first."""
    return [
        Clock(
            duty,
            duty.label.text(names.lang),
            duty.citation.text(names.lang) if duty.citation else "",
            None if duty.due is None else duty.due - now,
        )
        for duty in queries.duties(desk, story)
    ]


def paper(desk: Desk, story: Story, names: Names) -> list[Stated]:
    """What stands on the document, in the order of the law pack; other items after them."""
    state = story.progress.state
    if state.ledger is None:
        return []
    pack = Packs(desk.home).pinned(state.pack)
    day = story.progress.received_at.astimezone(desk.home.zone).date()
    return stated(state.ledger.paper, pack.instrument_on(state.instrument, day), pack, names.lang)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target, and what becomes of each category: `answers` are (category, grant, reason)."""

    target: Target
    answers: tuple[tuple[str, str, str], ...]
    handed_over: bool


def target_rows(state: State, first: int = 0, count: int = FEW) -> list[TargetRow]:
    """The targets from number `first` (from 0), with where each stands; linear in those of the decision."""
    shown = state.asked_targets[first : first + count]
    wanted = set(shown)
    answers: dict[Target, list[tuple[str, str, str]]] = {}
    for each in state.dispositions:
        for target in wanted.intersection(each.targets):
            answers.setdefault(target, []).extend((str(c), str(each.grant), each.reason) for c in each.data)
    gone = wanted.intersection(state.disclosed_targets)
    return [TargetRow(target, tuple(sorted(answers.get(target, ()))), target in gone) for target in shown]


def authority_of(story: Story) -> AuthorityRecord | None:
    """The authority on record that the request names, by name or slug."""
    ledger = story.progress.state.ledger
    if ledger is None:
        return None
    return next((a for a in authorities() if ledger.authority in (a.slug, a.name_ko, a.name_en)), None)


_AT: dict[str, tuple[Stage, ...]] = {
    "review": (Stage.RECEIVED,),
    "ask": (Stage.UNDER_REVIEW,),
    "answered": (Stage.CLARIFICATION_ASKED,),
    "send-back": (Stage.DECISION_PROPOSED, Stage.APPROVED, Stage.DISCLOSED),
    "resolve": (Stage.APPROVED, Stage.DISCLOSED),
    "withdraw": tuple(stage for stage in Stage if not stage.is_over and stage is not Stage.DISCLOSED),
}


def possible(state: State, person: Person) -> list[SmallStep]:
    """The small steps that the person may take now, as far as that can be told beforehand."""
    return [
        step for step in BY_SLUG.values() if person.has_role(*step.roles) and _fits(step.slug, state, person)
    ]


def _fits(slug: str, state: State, person: Person) -> bool:
    over, hold = state.stage.is_over, state.hold
    standing = hold is not None and hold.released is None
    if slug in _AT:
        waits = state.pending is not None
        return state.stage in _AT[slug] or (slug == "send-back" and waits)
    rules = {
        "take": not over and state.assigned != person.name,
        "assign": not over,
        "hand-back": not over and bool(state.assigned),
        "read": state.unread,
        "call-back": not over,
        "identification": not over,
        "finding": not over and bool(state.points),
        "suspect": not over and not state.suspected_by,
        "clear": bool(state.suspected_by) and state.suspected_by != person.name,
        "hold": not over and not state.suspected_by and hold is None and not state.discloses,
        "extend": standing and hold is not None and not hold.extended,
        "release": standing,
        "order": not state.notice.ordered,
        "order-end": state.notice.ordered,
        "defer": state.discloses,
        "notice": state.discloses,
    }
    return rules.get(slug, True)


def warnings(state: State) -> Iterator[str]:
    """What stands against handing anything over, as words for the page."""
    if state.suspected_by:
        yield "suspected"
    if state.sender is Sender.UNCONFIRMED:
        yield "unconfirmed"
    if state.sender is Sender.DENIED:
        yield "denied"
    if [key for key in state.blocking if state.answer(key) in (None, FindingAnswer.ACCEPTED)]:
        yield "findings"
