"""What the pages of productions show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sagwan.desk.casework.queries import Story
from sagwan.desk.people.keys import keyed_colleagues
from sagwan.desk.people.records import OfficialRecord
from sagwan.desk.setup import Desk
from sagwan.desk.vault.connectors import Connector, connector
from sagwan.desk.vault.productions import queries, unblinding
from sagwan.desk.vault.productions.actions import barred
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.queries import Checked, Out
from sagwan.desk.web.refusals import shown
from sagwan.pages.i18n import N_
from sagwan.record.errors import SagwanError
from sagwan.record.events import FollowedUp, FollowUp, Proposed
from sagwan.record.request import Target
from sagwan.record.state import Stage
from sagwan.record.vocabulary import DataCategory

FEW = 20
"""So many targets, or lines of what lies outside, stand on a page."""


@dataclass(frozen=True, slots=True)
class Granted:
    """Of one data category: whose data may go out, the first of them, and how many there are."""

    data: DataCategory
    some: tuple[Target, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is put in. `outside` is what of it was not approved, `stale`: it was checked against
    another decision."""

    pk: int
    held: Held
    outside: tuple[str, ...]
    stale: bool

    @property
    def stands(self) -> bool:
        return not self.outside and not self.stale


@dataclass(frozen=True, slots=True)
class Naming:
    """An approved follow-up: its number, how many it names, who proposed it; `out`: its names went out."""

    number: int
    accounts: int
    proposer: str
    out: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """A request's productions. `why_not` says why nothing can go out, '' where something can; `barred` why
    this person cannot release it."""

    checked: Checked
    granted: tuple[Granted, ...]
    period: tuple[date, date] | None
    files: tuple[Staged, ...]
    why_not: str
    barred: str
    out: tuple[Out, ...]
    follow_ups: tuple[Naming, ...]
    blinded: bool
    keys: tuple[OfficialRecord, ...]
    connectors: tuple[tuple[str, str], ...]

    @property
    def is_ready(self) -> bool:
        """Does nothing stand against a release, by somebody?"""
        return not self.why_not and bool(self.files) and all(one.stands for one in self.files)


def screen(desk: Desk, story: Story, person: str, now: datetime) -> Screen:
    """All that the page of a request's productions shows to a person."""
    checked = queries.check(desk, story.number)
    scope, out = checked.scope, queries.released(desk, story.number, now)
    return Screen(
        checked=checked,
        granted=tuple(_granted(scope.granted)) if scope else (),
        period=scope.period if scope else None,
        files=_files(checked),
        why_not=_why_not(story) if scope is None else "",
        barred=_barred(story, checked.files, person),
        out=out,
        follow_ups=_follow_ups(story, {one.stage for one in out if one.follow_up}),
        blinded=unblinding.was_blinded(story.number),
        keys=tuple(keyed_colleagues(story.progress.filed_by)),
        connectors=tuple((name, _about(desk, name)) for name in desk.home.connectors or {}),
    )


def _granted(granted: Mapping[DataCategory, frozenset[Target]]) -> list[Granted]:
    return [
        Granted(data, tuple(sorted(them, key=lambda one: (one.kind, one.value))[:FEW]), len(them))
        for data, them in sorted(granted.items())
    ]


def _files(checked: Checked) -> tuple[Staged, ...]:
    scope = checked.scope
    return tuple(
        Staged(
            pk,
            held,
            scope.outside(held.declared)[:FEW] if scope else (),
            scope is not None and held.scope != scope.digest,
        )
        for pk, held in zip(checked.ids, checked.files, strict=True)
    )


def _why_not(story: Story) -> str:
    """Why `scope_of` knows no scope, as a message to translate."""
    state = story.progress.state
    if state.stage not in (Stage.APPROVED, Stage.DISCLOSED) or state.decision is None:
        return N_("No approved decision lets data out.")
    if state.suspected_by:
        return N_("It is marked as a suspected forgery: nothing goes out.")
    if not state.decision.outcome.discloses or not state.discloses:
        return N_("The decision hands nothing over.")
    return N_("The request names no target, so no file can be checked against it.")


def _barred(story: Story, files: tuple[Held, ...], person: str) -> str:
    if not barred(story, files, person):
        return ""
    if person in {held.by for held in files}:
        return N_("You put files in; another approver releases them.")
    return N_("You proposed the decision; another approver releases what it grants.")


def follow_up_of(story: Story, number: int) -> tuple[tuple[Target, ...], str] | None:
    """(whom an approved follow-up names, who proposed it); None where there is none of that number."""
    proposer, count = "", 0
    for _, event in story.events:
        if isinstance(event, Proposed) and isinstance(event.proposal, FollowUp):
            proposer = event.by
        if isinstance(event, FollowedUp):
            count += 1
            if count == number:
                return (event.matter.targets if event.matter else ()), proposer
    return None


def _follow_ups(story: Story, gone: Collection[int]) -> tuple[Naming, ...]:
    """The approved follow-ups; of those in `gone` the names went out."""
    found: list[Naming] = []
    while follow_up := follow_up_of(story, len(found) + 1):
        targets, proposer = follow_up
        number = len(found) + 1
        found.append(Naming(number, len(targets), proposer, number in gone))
    return tuple(found)


def configured(desk: Desk, name: str) -> Connector:
    """The connector that the home's config calls so, set up; raise ConnectorError, or KeyError for none."""
    settings = dict((desk.home.connectors or {})[name])
    return connector(settings.pop("connector"), settings)


def _about(desk: Desk, name: str) -> str:
    try:
        return configured(desk, name).describe().about
    except SagwanError as error:
        return shown(error.message)
