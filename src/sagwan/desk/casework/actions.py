"""Everything that may be done with requests, one or many at a time, in one transaction.

Every door (command line, file, API, demo) calls `execute`; there is no other writer of request events.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.projection import Progress, advance, case_of, save
from sagwan.desk.journal import queries
from sagwan.desk.journal.actions import Recorder, new_number, new_salt, new_seed
from sagwan.desk.journal.chain import instant
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.formats.items import private_root
from sagwan.law.model import Binding
from sagwan.law.review import review
from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.lifecycle import IllegalStep, decide
from sagwan.record.state import State
from sagwan.record.vocabulary import Outcome
from sagwan.seal.lines import facts_of, opening_of

STREAM = queries.REQUESTS
NUMBER = re.compile("[0-9a-f]{16}")

ROLES: dict[type, tuple[str, ...]] = {
    ask.Receive: ("intake", "counsel"),
    ask.StartReview: ("counsel",),
    ask.AskClarification: ("counsel",),
    ask.AnswerClarification: ("intake", "counsel"),
    ask.Propose: ("counsel",),
    ask.Approve: ("approver",),
    ask.SendBack: ("approver", "counsel"),
    ask.Disclose: ("counsel", "approver"),
    ask.Resolve: ("counsel", "approver"),
    ask.Withdraw: ("intake", "counsel"),
}
"""Which role each step takes; one of them is enough."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one request; `at` is aware.

    `request` is its number. A new request gets one by itself where it is '', or bears the given one, which
    must be fresh from `new_number`, so that later steps of the same call can name it. `contents` are the
    bytes of a new filing's documents, in its order.
    """

    request: str
    command: ask.Command
    actor: str
    at: datetime
    contents: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a step brought about: the request's number and state, and the opening line if one was written."""

    request: str
    state: State
    line: bytes | None = None


class StepFailed(SagwanError):
    """A step of several could not be done, so none was; says which."""


def execute(desk: Desk, steps: Sequence[Step]) -> list[Done]:
    """Do all steps, in order, in one transaction; or raise and do none."""
    with writing():
        work = _Work(desk, steps)
        done = []
        for number, step in enumerate(steps, 1):
            try:
                done.append(work.do(step))
            except SagwanError as error:
                if len(steps) == 1:
                    raise
                where = (
                    f"step {number} of {len(steps)} ({type(step.command).__name__} {step.request})".strip()
                )
                raise StepFailed(f"{where}: {error.message}", hint=error.hint) from error
        work.finish()
    return done


class _Work:
    """One transaction's work: the requests it touches, loaded once and saved once."""

    def __init__(self, desk: Desk, steps: Sequence[Step]) -> None:
        self._recorder = Recorder(desk)
        self._staff = Staff()
        self._zone = desk.home.zone
        self._synthetic = desk.home.synthetic
        self._services = desk.home.services
        self._packs = Packs(desk.home)
        self._instrument = lru_cache(maxsize=512)(
            lambda h, slug, day: self._packs.pinned(h).instrument_on(slug, day)
        )
        self._progress: dict[str, Progress] = {}
        self._changed: set[str] = set()
        wanted: dict[str, set[type]] = {}
        for step in steps:
            if step.request:
                wanted.setdefault(STREAM + step.request, set()).add(type(step.command))
        for stream, history in self._recorder.load(wanted).items():
            self._progress[stream] = self._replay(history, wanted[stream])

    def _replay(self, history: list[queries.Stored], commands: set[type]) -> Progress:
        progress: Progress | None = None
        for stored in history:
            event = queries.read(stored, self._recorder.keys, matter=_matter_needed(stored, commands))
            progress = advance(progress, event, stored.at)
        if progress is None:
            raise IllegalStep("a request without events")
        return progress

    def do(self, step: Step) -> Done:
        kind = type(step.command)
        self._staff.require(step.actor, ROLES[kind], f"{kind.__name__} a request")
        request = step.request or new_number()
        stream = STREAM + request
        if not step.request:
            self._recorder.begin(stream)
        progress = self._progress.get(stream)
        if not NUMBER.fullmatch(request):
            raise InvalidValue(f"{request!r} is not a request's number", hint="16 hex digits")
        if progress is None and not isinstance(step.command, ask.Receive):
            raise IllegalStep(f"there is no request {step.request}", hint="sagwan list shows the numbers")
        if progress is not None and step.at < progress.changed_at:
            raise InvalidValue(
                f"{instant(step.at)} is before the request's last event", hint="check the machine's clock"
            )
        command = self._judged(step, progress)
        line = None
        for event in decide(progress.state if progress else None, command, actor=step.actor):
            known = progress.state.asked_targets if progress else ()
            head = self._recorder.append(stream, event, actor=step.actor, at=step.at, known=known)
            progress = self._progress[stream] = advance(progress, event, step.at)
            if type(event) in happened.SEALED:
                line = self._seal(stream, progress.state, step.at, head.hash)
        if isinstance(command, ask.Receive):
            documents.keep(self._recorder.keys, stream, command.filing.documents, step.contents)
        self._changed.add(stream)
        return Done(request, self._progress[stream].state, line)

    def _judged(self, step: Step, progress: Progress | None) -> ask.Command:
        """The command with what the law says of it; raise where the law's closed lists do not allow it."""
        command, day = step.command, step.at.astimezone(self._zone).date()
        if isinstance(command, ask.Receive):
            return self._received(command, day)
        if progress is None:
            return command
        state = progress.state
        pack = self._packs.pinned(state.pack)
        if isinstance(command, ask.Withdraw):
            pack.check_resolution(state.instrument, Outcome.WITHDRAWN, command.reason, (), day)
        elif isinstance(command, ask.Propose):
            proposal = command.proposal
            if not isinstance(proposal, happened.FollowUp) and proposal.outcome is not None:
                pack.check_resolution(
                    state.instrument, proposal.outcome, proposal.reason or None, proposal.data, day
                )
        return command

    def _received(self, command: ask.Receive, day: date) -> ask.Receive:
        filing = command.filing
        if filing.service not in self._services:
            raise InvalidValue(
                f"{filing.service!r} is not a service of this provider", hint=", ".join(self._services)
            )
        pack = self._packs.current(filing.jurisdiction)
        instrument = self._instrument(pack.hash, filing.instrument, day)
        findings = tuple(dict.fromkeys(str(finding.code) for finding in review(filing, pack, day)))
        voluntary = instrument.binding.binding is Binding.VOLUNTARY
        return replace(
            command, pack=pack.hash, findings=findings, voluntary=voluntary, synthetic=self._synthetic
        )

    def _seal(self, stream: str, state: State, at: datetime, head: bytes) -> bytes:
        """Fix the opening line of the state's last sealed line, in this transaction."""
        seed = new_seed()
        root = private_root(seed, facts_of(state, at=instant(at), head=head))
        replaces = state.lines[-1].replaces
        opening = opening_of(
            state,
            request=stream.removeprefix(STREAM),
            period=self._recorder.period(at),
            salt=new_salt(),
            private=root,
            supersedes=None if replaces is None else self._index(stream, replaces),
        )
        return self._recorder.seal_line(stream, opening, seed)

    def _index(self, stream: str, number: int) -> int:
        found = queries.line_indexes(stream, [number])
        if number not in found:
            raise IllegalStep(
                f"line {number} of the request is not in the log yet", hint="seal first: sagwan seal"
            )
        return found[number]

    def finish(self) -> None:
        self._recorder.flush()
        save(case_of(stream.removeprefix(STREAM), self._progress[stream]) for stream in self._changed)


_TARGETS_FROM = {
    ask.Disclose: ("RequestReceived",),
    ask.Resolve: ("Disclosed",),
    ask.Approve: ("Proposed", "RequestReceived", "Disclosed"),
    ask.Propose: (),
}


def _matter_needed(stored: queries.Stored, commands: set[type]) -> bool:
    """Must a stored event's targets be decrypted? Only where a line or index rows will be made from them."""
    if ask.Approve in commands and '"type":"Decision"' in stored.public:
        return False
    return any(stored.type in _TARGETS_FROM.get(command, ()) for command in commands)
