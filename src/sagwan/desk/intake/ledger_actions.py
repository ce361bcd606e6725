"""Take a checked file of requests in: all rows in one transaction, through the doors of `casework`.

Nothing is back-dated. A finished request of before lives its whole life now: it is received, decided by the
one who brings the file, approved by a second person, and resolved, each event at the present instant and each
line sealed now; what the ledger says of its days and people stays in its private items. Findings that block
are answered `does-not-apply`, with the reason: today's law and form are not those under which it was decided.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.casework.intake import CHUNK, receive_all
from sagwan.desk.casework.packs import Packs
from sagwan.desk.intake.known import earlier_of
from sagwan.desk.intake.ledger import Judge, Ledger, Report
from sagwan.desk.intake.ledger_cells import Fault
from sagwan.desk.intake.ledger_row import Entry, Past
from sagwan.desk.journal.locks import writing
from sagwan.desk.setup import Desk
from sagwan.law.errors import NotInForce, ResolutionNotAllowed, UnknownInstrument
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, SagwanError
from sagwan.record.events import Decision
from sagwan.record.proposals import check_decision
from sagwan.record.state import State
from sagwan.record.vocabulary import FindingAnswer, Outcome

NOTE = "Decided before this desk: taken over from the old ledger."


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken in: its request's number and the codes found. `sealed`: its steps that sealed a
    line, their states without targets."""

    line: int
    request: str
    findings: tuple[str, ...]
    finished: bool
    sealed: tuple[Done, ...]


def judge_rows(desk: Desk, at: datetime, *, allow_duplicates: bool = False) -> Judge:
    """What this home, and the law of the day `at`, say of rows: service, instrument, reason and outcome; and
    whether the request is here already, unless `allow_duplicates`."""
    packs, day = Packs(desk.home), at.astimezone(desk.home.zone).date()

    def judge(rows: Sequence[Entry]) -> list[Fault | None]:
        known = [""] * len(rows) if allow_duplicates else earlier_of(desk, [row.filing for row in rows])
        return [
            _judged(desk, packs, row, day) or _repeated(row, number)
            for row, number in zip(rows, known, strict=True)
        ]

    return judge


def _repeated(entry: Entry, number: str) -> Fault | None:
    if not number:
        return None
    problem = f"the same service, instrument, authority and case number as request {number}"
    return Fault(entry.line, "case_number", problem, "it is here already: take it out, or allow duplicates")


def _judged(desk: Desk, packs: Packs, entry: Entry, day: date) -> Fault | None:
    filing, past = entry.filing, entry.past
    if filing.service not in desk.home.services:
        problem = f"{filing.service!r} is not a service of this provider"
        return Fault(entry.line, "service", problem, ", ".join(desk.home.services))
    try:
        pack = packs.current(filing.jurisdiction)
        pack.instrument_on(filing.instrument, day)
        if past is not None:
            pack.check_resolution(filing.instrument, past.outcome, past.reason or None, past.data, day)
            if past.outcome is not Outcome.WITHDRAWN:
                check_decision(_decision(past))
    except (UnknownInstrument, NotInForce) as error:
        return Fault(entry.line, "instrument", error.message, error.hint)
    except ResolutionNotAllowed as error:
        column = "reason" if past and past.outcome is not Outcome.COMPLIED else "outcome"
        return Fault(entry.line, column, error.message, error.hint)
    except SagwanError as error:
        return Fault(entry.line, "outcome" if past else "jurisdiction", error.message, error.hint)
    if past and past.outcome is Outcome.COMPLIED and past.accounts > filing.accounts:
        problem = f"{past.accounts:,} accounts were disclosed, {filing.accounts:,} asked for"
        return Fault(entry.line, "disclosed_accounts", problem, "mend one of the two")
    return None


def take_in(
    desk: Desk,
    ledger: Ledger,
    report: Report,
    *,
    actor: str,
    at: datetime,
    approved_by: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Taken]:
    """Take in every row that the report found good, in one transaction; raise and take in none where one may
    not be. `approved_by` must be a second person where rows are finished requests."""
    if report.finished and (not approved_by or approved_by == actor):
        raise IllegalStep(
            f"{report.finished:,} rows are finished requests, and nobody else approves them",
            hint="name a second person who looked at the file: what it decides takes four eyes",
        )
    taken: list[Taken] = []
    with writing():
        for chunk in _chunks(ledger.entries(report)):
            done = receive_all(desk, [entry.filing for entry in chunk], actor=actor, at=at)
            steps, owners = [], []
            for entry, one in zip(chunk, done, strict=True):
                if entry.past is not None:
                    life = _life(entry, entry.past, one.state)
                    people = (approved_by if isinstance(c, ask.Approve) else actor for c in life)
                    steps += [Step(one.request, c, who, at) for c, who in zip(life, people, strict=True)]
                    owners.append(one.request)
            ended = {one.request: one for one in execute(desk, steps) if one.line} if steps else {}
            for entry, one in zip(chunk, done, strict=True):
                sealed = [one, ended[one.request]] if one.request in ended else [one]
                findings = tuple(map(str, one.state.findings))
                taken.append(
                    Taken(
                        entry.line, one.request, findings, entry.past is not None, tuple(map(_light, sealed))
                    )
                )
            progress(len(taken), report.good)
    return taken


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rows = iter(entries)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _light(done: Done) -> Done:
    """Without what a file of many could not be held in memory with: a receipt is made from the database."""
    return replace(done, state=replace(done.state, asked_targets=(), disclosed_targets=(), ledger=None))


def _decision(past: Past) -> Decision:
    return Decision(past.outcome, past.reason, past.data, past.accounts, past.marks)


def _life(entry: Entry, past: Past, state: State) -> list[ask.Command]:
    """The steps from receipt to the end that the ledger tells."""
    if past.outcome is Outcome.WITHDRAWN:
        return [ask.Withdraw(past.reason)]
    steps: list[ask.Command] = [ask.StartReview()]
    if past.outcome.discloses:
        blocking = dict.fromkeys(state.blocking)
        steps += [ask.AnswerFinding(code, FindingAnswer.DOES_NOT_APPLY, NOTE) for code in blocking]
    steps += [ask.Propose(_decision(past), NOTE), ask.Approve(NOTE)]
    if past.outcome.discloses:
        # Whose data went out is known only where all did: the ledger counts, and names nobody.
        named = entry.filing.targets if len(entry.filing.targets) == past.accounts else ()
        steps.append(ask.Disclose(past.data, past.accounts, named))
    return [*steps, ask.Resolve()]
