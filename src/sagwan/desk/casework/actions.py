"""Everything that may be done with requests, one or many at a time, in one transaction.

Every door (command line, file, API, demo) calls `execute`; there is no other writer of request events.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.duties import Clocks
from sagwan.desk.casework.judgement import Judge
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.progress import Progress, advance
from sagwan.desk.casework.projection import case_of, save
from sagwan.desk.casework.roles import TEAM, check_own, check_role
from sagwan.desk.journal import queries
from sagwan.desk.journal.actions import Recorder, new_number, new_salt, new_seed
from sagwan.desk.journal.chain import instant
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.formats.items import private_root
from sagwan.record import commands as ask
from sagwan.record import events as happened
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.lifecycle import IllegalStep, decide
from sagwan.record.request import Document
from sagwan.record.state import State
from sagwan.seal.lines import facts_of, opening_of

STREAM = queries.REQUESTS
NUMBER = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one request; `at` is aware.

    `request` is its number. A new request gets one by itself where it is '', or bears the given one, which
    must be fresh from `new_number`, so that later steps of the same call can name it. `contents` are the
    bytes of the documents that the command names (a filing's, a message's, a paper's), in its order.
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
        packs = Packs(desk.home)
        self._clocks = Clocks(desk, packs)
        self._judge = Judge(desk, packs, self._clocks)
        self._progress: dict[str, Progress] = {}
        self._changed: set[str] = set()
        wanted: dict[str, list[ask.Command]] = {}
        for step in steps:
            if step.request:
                wanted.setdefault(STREAM + step.request, []).append(step.command)
        for stream, history in self._recorder.load(wanted).items():
            self._progress[stream] = self._replay(history, wanted[stream])

    def _replay(self, history: list[queries.Stored], commands: list[ask.Command]) -> Progress:
        progress: Progress | None = None
        needed = _matter_needed(commands)
        for stored in history:
            event = queries.read(stored, self._recorder.keys, matter=_kind(stored) in needed)
            progress = advance(progress, event, stored.at, stored.actor)
        if progress is None:
            raise IllegalStep("a request without events")
        return progress

    def do(self, step: Step) -> Done:
        check_role(self._staff, step.command, step.actor)
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
        if progress is not None:
            check_own(self._staff, step.actor, progress)
        command = self._judged(step, progress)
        line = None
        for event in decide(progress.state if progress else None, command, actor=step.actor):
            known = progress.state.asked_targets if progress else ()
            head = self._recorder.append(stream, event, actor=step.actor, at=step.at, known=known)
            progress = self._progress[stream] = advance(progress, event, step.at, step.actor)
            if type(event) in happened.SEALED:
                line = self._seal(stream, progress.state, step.at, head.hash)
        documents.keep(self._recorder.keys, stream, _documents(command), step.contents)
        self._changed.add(stream)
        return Done(request, self._progress[stream].state, line)

    def _judged(self, step: Step, progress: Progress | None) -> ask.Command:
        """The command with what the law says of it; raise where the law does not allow it."""
        command, day = step.command, step.at.astimezone(self._zone).date()
        if isinstance(command, ask.Receive):
            return self._judge.received(command, day)
        if progress is None:
            return command
        if isinstance(command, ask.Assign):
            self._staff.require(command.to, TEAM, "work on a request")
        return self._judge.judge(command, progress, day)

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
        return self._recorder.seal_line(stream, opening, seed, self._behind(stream, at))

    def _behind(self, stream: str, at: datetime) -> int | None:
        """A number where the law of the request's first day allows only bands: see `Recorder.queue`."""
        if not self._judge.is_banded(self._progress[stream]):
            return None
        return self._recorder.queue(self._recorder.period(at))

    def _index(self, stream: str, number: int) -> int:
        found = queries.line_indexes(stream, [number])
        if number not in found:
            raise IllegalStep(
                f"line {number} of the request is not in the log yet", hint="seal first: sagwan seal"
            )
        return found[number]

    def finish(self) -> None:
        self._recorder.flush()
        save(
            case_of(stream.removeprefix(STREAM), self._progress[stream], self._clocks)
            for stream in self._changed
        )


_DECISION = "Proposed Decision"
_TARGETS_FROM: dict[type, tuple[str, ...]] = {
    ask.Disclose: ("RequestReceived", _DECISION, "Disclosed"),
    ask.Resolve: ("Disclosed",),
    ask.Approve: ("Proposed", "RequestReceived", "Disclosed"),
    ask.SupplyPaper: ("RequestReceived",),
}
"""For which commands the targets in which events must be decrypted: lines, index rows, or the check of what
was granted to each target are made from them. A decision's own targets are its dispositions."""


def _kind(stored: queries.Stored) -> str:
    if stored.type == "Proposed" and '"type":"Decision"' in stored.public:
        return _DECISION
    return stored.type


def _matter_needed(commands: Iterable[ask.Command]) -> set[str]:
    needed: set[str] = set()
    for command in commands:
        needed.update(_TARGETS_FROM.get(type(command), ()))
        if isinstance(command, ask.Propose) and command.dispositions:
            needed.update(("RequestReceived", "Disclosed"))
    return needed


def _documents(command: ask.Command) -> tuple[Document, ...]:
    """The files that a command brings."""
    if isinstance(command, ask.Receive):
        return command.filing.documents
    if isinstance(command, ask.SendMessage | ask.ReceiveMessage | ask.SupplyPaper):
        return command.documents
    return ()
