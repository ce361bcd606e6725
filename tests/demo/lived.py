"""A provider's half-year carried out by the real lifecycle, and what was seen of it on the way."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sagwan.demo.scenario import Scenario, Step, days
from sagwan.law.library import builtin_pack
from sagwan.law.review import Severity, review
from sagwan.record import commands as ask
from sagwan.record.events import Approved, Decision, Event, FollowedUp, Proposed
from sagwan.record.lifecycle import decide, evolve
from sagwan.record.request import Target
from sagwan.record.state import State

PACK = builtin_pack("kr")


@dataclass
class Lived:
    """Small traces of a whole half-year; `states` are without the long lists of targets."""

    provider: str
    digest: str = ""
    days: list[date] = field(default_factory=list)
    steps: list[tuple[date, datetime, int, str, str]] = field(default_factory=list)
    arrivals: list[int] = field(default_factory=list)
    filings: dict[int, tuple[str, str, tuple[str, ...], str, bool]] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    eyes: list[tuple[str, str]] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    accounts: Counter[str] = field(default_factory=Counter)
    strays: list[Target] = field(default_factory=list)
    blocked: dict[int, str] = field(default_factory=dict)
    follow_ups: dict[int, int] = field(default_factory=dict)


def live(scenario: Scenario, provider: str) -> Lived:
    """Carry out every step; raises at the first that the lifecycle refuses."""
    seen = Lived(provider)
    states: dict[int, State] = {}
    digest = hashlib.sha256()
    pending: dict[int, str] = {}
    for day in days(scenario, provider):
        seen.days.append(day.date)
        for step in day.steps:
            _digest(digest, step)
            name = type(step.command).__name__
            seen.steps.append((day.date, step.at, step.request, name, step.actor))
            _look(seen, step, day.date, states)
            for event in decide(states.get(step.request), step.command, actor=step.actor):
                states[step.request] = evolve(states.get(step.request), event)
                _count(seen, step.request, event, pending)
            if states[step.request].resolution is not None:
                states[step.request] = _light(states[step.request])
    seen.states = states
    seen.digest = digest.hexdigest()
    return seen


def digest_of(scenario: Scenario, provider: str) -> str:
    """The digest of all steps, as `live` has it, without living them."""
    digest = hashlib.sha256()
    for day in days(scenario, provider):
        for step in day.steps:
            _digest(digest, step)
    return digest.hexdigest()


def _light(state: State) -> State:
    return replace(state, asked_targets=(), disclosed_targets=())


def _digest(digest: "hashlib._Hash", step: Step) -> None:
    command, targets = step.command, ()
    if isinstance(command, ask.Receive):
        targets = command.filing.targets
        command = replace(command, filing=replace(command.filing, targets=()))
    elif isinstance(command, ask.Disclose | ask.Propose):
        targets = command.targets
        command = replace(command, targets=())
    names = "\n".join(target.value for target in targets)
    digest.update(f"{step.at}|{step.request}|{command}|{step.actor}|{names}\n".encode())


def _look(seen: Lived, step: Step, day: date, states: dict[int, State]) -> None:
    command = step.command
    if isinstance(command, ask.Receive):
        filing = command.filing
        seen.arrivals.append(step.request)
        seen.filings[step.request] = (
            filing.authority, filing.case_number, filing.officials, filing.text, command.synthetic
        )  # fmt: skip
        for target in filing.targets:
            seen.accounts[target.value] += 1
        blocks = [str(f.code) for f in review(filing, PACK, day) if f.severity is Severity.BLOCKS]
        if blocks:
            seen.blocked[step.request] = blocks[0]
    elif isinstance(command, ask.Disclose):
        asked = set(states[step.request].asked_targets)
        seen.strays += [target for target in command.targets if target not in asked]
        assert len(command.targets) == command.accounts
    elif isinstance(command, ask.Propose) and isinstance(command.proposal, Decision):
        proposal, instrument = command.proposal, states[step.request].instrument
        PACK.check_resolution(instrument, proposal.outcome, proposal.reason or None, proposal.data, day)


def _count(seen: Lived, request: int, event: Event, pending: dict[int, str]) -> None:
    seen.events[type(event).__name__] += 1
    match event:
        case Proposed(by=by):
            pending[request] = by
        case Approved(by=by):
            seen.eyes.append((pending[request], by))
        case FollowedUp(accounts=accounts):
            seen.follow_ups[request] = accounts


def totals(seen: Lived) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Requested, processed and accounts disclosed, counted from where the requests ended."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for state in seen.states.values():
        row = rows[state.service, state.instrument]
        row[0] += 1
        resolution = state.resolution
        assert resolution is not None and resolution.outcome is not None
        row[1] += resolution.outcome.discloses
        row[2] += resolution.accounts
    return {key: (row[0], row[1], row[2]) for key, row in rows.items()}
