"""Short ways to run time forward in a home, and to say what was done."""

from datetime import date, datetime, timedelta

from django.forms.models import model_to_dict

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal.models import Event
from sagwan.desk.mail.models import Outgoing
from sagwan.desk.mail.outbox import Addressed, opened
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.tick.models import Act, Destruction
from sagwan.desk.tick.run import Ticked, tick
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.vocabulary import Outcome
from tests.desk.casework.make import FIRST, LAST, TODAY, preservation, receive, work
from tests.support.home import CONTENT, check

MAIL = {"host": "127.0.0.1", "port": 1, "sender": "desk@example.kr", "security": "none"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REFUSED = Decision(Outcome.REFUSED, "no-legal-obligation")


def ran(desk: Desk, now: datetime) -> list[tuple[str, str, str]]:
    """Run once; (subject, kind, what) of what was done. Nothing may fail."""
    done: Ticked = tick(desk, now)
    assert done.failed == []
    return [(one.subject, str(one.item.kind), one.item.what) for one in done.done]


def acts() -> set[tuple[str, str, str, datetime]]:
    """All that was ever done, but for when."""
    return set(Act.objects.values_list("subject", "kind", "what", "due"))


def act_events() -> list[tuple[str, str]]:
    """(stream, type) of every event that time's duties wrote."""
    rows = Event.objects.filter(stream__startswith="system/tick/") | Event.objects.filter(
        stream__startswith="system/destruction/"
    )
    return sorted(rows.values_list("stream", "type"))


def reachable(*names: str) -> None:
    """Give people an address."""
    for name in names:
        Person.objects.filter(name=name).update(email=f"{name}@example.kr")


def mails(desk: Desk) -> list[tuple[str, str]]:
    """(address, English line) of everything that was ever put into the outbox, in order."""
    found: list[Addressed] = [opened(desk, row) for row in Outgoing.objects.order_by("id")]
    return [(one.to, one.note.line["en"]) for one in found]


def held(desk: Desk, *, first: date = FIRST, last: date = LAST, at: datetime = TODAY) -> str:
    """A preservation request under which data are kept, and which is resolved."""
    number = receive(desk, preservation(), at=at)
    work(
        desk,
        number,
        ("park", ask.PlaceHold("대화", first, last)),
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT))),
        ("lee", ask.Approve()),
        ("kim", ask.Resolve()),
        ("kim", ask.MeetDuty("report-result")),
        at=at,
    )
    return number


def assert_rebuilds() -> None:
    """The rows of time's duties are what the events say."""
    from sagwan.desk.setup import current  # noqa: PLC0415

    def rows() -> list[list[dict]]:
        acts = [
            model_to_dict(row, exclude=["id"])
            for row in Act.objects.order_by("subject", "kind", "due", "what")
        ]
        gone = [
            model_to_dict(row, exclude=["id"])
            for row in Destruction.objects.order_by("number", "record_class")
        ]
        return [acts, gone]

    before = rows()
    rebuild(current())
    assert rows() == before
    assert check(current()) == []
