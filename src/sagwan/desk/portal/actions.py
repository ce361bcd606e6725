"""What an official does: send a draft once, write, take a request back. Each is a request's event."""

from collections.abc import Mapping
from datetime import datetime

from sagwan.desk.casework import queries as casework
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import Story, thread
from sagwan.desk.casework.taking_in_paper import Begun, command, looked_at
from sagwan.desk.intake import drafts, rows
from sagwan.desk.intake.checking import Checked
from sagwan.desk.intake.rows import File
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.records import Vetting
from sagwan.desk.people.standing import Standing
from sagwan.desk.portal.check import checked, sender_of
from sagwan.desk.setup import Desk
from sagwan.desk.vault.documents import described
from sagwan.record import commands as ask
from sagwan.record.errors import SagwanError
from sagwan.record.request import Document
from sagwan.record.state import Stage

CAN_FILE = (Vetting.VETTED, Vetting.OVERDUE)
"""How far the vetting of an authority must have come before its officials file."""


class MayNotFile(SagwanError):
    """The official or their authority may not file now."""


def send(desk: Desk, token: str, *, person: str, at: datetime) -> str:
    """File a draft and return the request's number; the same number however often it is sent.

    Raise NoDraft, MayNotFile, or what the desk says of a filing that cannot be taken.
    """
    row = drafts.row_of(token, person)
    if row.about:
        return row.about
    # Documents are looked at before the transaction: that may take seconds.
    made = checked(desk, drafts.opened(desk, row), drafts.files(desk, row), person=person, at=at)
    with writing():
        row = drafts.row_of(token, person, lock=True)
        if row.about:
            return row.about
        number = receive(desk, made, person=person, at=at)
        rows.close(row, number)
    return number


def receive(desk: Desk, made: Checked, *, person: str, at: datetime) -> str:
    """File what was looked at, within the caller's transaction, and return the request's number.

    Raise MayNotFile, or what the desk says of a filing that cannot be taken.
    """
    if made.sender.standing is Standing.BLOCKED or not may_file(person, at):
        raise MayNotFile("you cannot file now", hint="call the provider")
    return execute(desk, [Step("", made.command(), person, at, made.contents)])[0].request


def may_file(person: str, at: datetime) -> bool:
    """Was the official's authority vetted, and is it not suspended?"""
    return sender_of(person)[1].vetting(at) in CAN_FILE


def write(
    desk: Desk, story: Story, text: str, files: tuple[tuple[str, bytes], ...], *, person: str, at: datetime
) -> None:
    """Answer what was asked, or add to the thread. What stands there last already is not said twice."""
    documents = tuple(described(name, data) for name, data in files)
    if _said_already(story, text, documents, person):
        return
    clarifies = story.progress.state.stage is Stage.CLARIFICATION_ASKED
    steps: list[Step] = []
    if documents or not clarifies:
        contents = tuple(data for _, data in files)
        command = ask.ReceiveMessage("" if clarifies else text, documents)
        steps.append(Step(story.number, command, person, at, contents))
    if clarifies:
        steps.append(Step(story.number, ask.AnswerClarification(text), person, at))
    execute(desk, steps)


def say(
    desk: Desk, story: Story, text: str, files: tuple[tuple[str, bytes], ...], *, person: str, at: datetime
) -> None:
    """Add to the thread; what stands there last already is not said twice. No answer to a question."""
    documents = tuple(described(name, data) for name, data in files)
    if not _said_already(story, text, documents, person):
        contents = tuple(data for _, data in files)
        execute(desk, [Step(story.number, ask.ReceiveMessage(text, documents), person, at, contents)])


def _said_already(story: Story, text: str, documents: tuple[Document, ...], person: str) -> bool:
    """Does the thread end with just this, from this person? An answer to a question follows its files."""
    said = thread(story)
    if not said or said[-1].by != person or said[-1].text != text.strip().replace("\r\n", "\n"):
        return False
    return said[-1].clarifies or said[-1].documents == documents


def supply(
    desk: Desk,
    number: str,
    paper: Mapping[str, str],
    files: tuple[tuple[str, bytes], ...],
    *,
    person: str,
    at: datetime,
) -> None:
    """Bring the paper that must follow, or a better one; the desk looks at it and judges the request anew."""
    what = Begun(paper, tuple(File(name, described(name, data).digest, data) for name, data in files))
    looked = looked_at(desk, casework.story(desk, number), what, at)
    execute(desk, [Step(number, command(what, looked), person, at, what.contents)])


def withdraw(desk: Desk, number: str, reason: str, *, person: str, at: datetime) -> None:
    """Take a request back, for a reason of the law pack's."""
    execute(desk, [Step(number, ask.Withdraw(reason), person, at)])


def record_view(desk: Desk, *, person: str, what: str, number: str, at: datetime) -> None:
    """Record that an official looked at a request of theirs, before it is shown."""
    Staff().require(person, ("official",), "look at a request of theirs")
    with writing():
        recorder = Recorder(desk)
        recorder.note(f"access/{person}", what, {"request": number}, actor=person, at=at)
        recorder.flush()
