"""Mail goes to a real server: with what it tells of, once, again later where it was not taken."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime as Instant
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone

from sagwan.desk.home import HomeError
from sagwan.desk.mail import outbox, sending
from sagwan.desk.mail.models import Outgoing
from sagwan.desk.mail.outbox import Note, put
from sagwan.desk.mail.sending import send_due
from sagwan.desk.setup import Desk
from sagwan.desk.tick.run import tick
from tests.desk.casework.make import TODAY, emergency, receive
from tests.support.mailbox import Mailbox, mailbox

from .make import HOUR, reachable

MINUTE = timedelta(minutes=1)


def a_note(line: str = "Something fell due.", subject: str = "What falls due") -> Note:
    return Note(
        subject={"ko": "기한", "en": subject},
        line={"ko": "기한이 되었습니다.", "en": line},
        closing={"ko": "로그인하십시오.", "en": "Sign in."},
    )


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as running:
        yield running


@pytest.fixture
def mailing(make_desk: Callable[..., Desk], box: Mailbox) -> Desk:
    """A home whose mail goes to the box."""
    return make_desk(mail=box.config())


def states() -> list[str]:
    return list(Outgoing.objects.order_by("id").values_list("progress", flat=True))


def test_what_falls_due_reaches_people_once(mailing: Desk, box: Mailbox) -> None:
    reachable("kim", "lee", "park")
    number = receive(mailing, emergency(), at=TODAY)
    tick(mailing, TODAY + 1.5 * HOUR)
    assert sorted(to for to, _ in box.letters()) == ["kim@example.kr", "park@example.kr"]
    tick(mailing, TODAY + 1.6 * HOUR)
    assert len(box.mails) == 2
    done = tick(mailing, TODAY + 2 * HOUR)
    assert (done.mail.mails, done.mail.sent) == (3, 3)
    mail = box.mails[-1]
    assert str(mail["From"]) == "카카오 <desk@example.kr>"
    assert str(mail["Subject"]).startswith("[카카오] ") and str(mail["Subject"]).endswith("What falls due")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert f"Request {number[:8]}…: something fell due on 12 October 2026 11:00" in mail.get_content()
    assert "http" not in mail.get_content() and number not in mail.get_content()


def test_several_things_for_one_person_are_one_mail(mailing: Desk, box: Mailbox) -> None:
    for n in range(45):
        put(mailing, "kim@example.kr", a_note(f"Line {n}."))
    put(mailing, "lee@example.kr", a_note())
    put(mailing, "kim@example.kr", a_note(subject="Stop now"))
    done = send_due(mailing, timezone.now())
    assert (done.mails, done.sent) == (3, 47)
    text = box.mails[0].get_content()
    assert text.count("Line ") == 40 and "And 5 more." in text and text.count("Sign in.") == 1


def test_mail_is_written_with_what_it_tells_of_or_not_at_all(mailing: Desk, box: Mailbox) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        put(mailing, "kim@example.kr", a_note())
        raise RuntimeError
    assert send_due(mailing, timezone.now()).mails == 0 and box.mails == []


def test_an_outbox_tells_a_thief_nothing(mailing: Desk) -> None:
    put(mailing, "kim@example.kr", a_note("Something secret."))
    sealed = bytes(Outgoing.objects.get().sealed)
    assert b"kim" not in sealed and b"secret" not in sealed
    assert outbox.opened(mailing, Outgoing.objects.get()).note == a_note("Something secret.")


@pytest.mark.parametrize(
    "answers",
    [{"MAIL": ["451 later"]}, {"RCPT": ["450 busy"]}, {"DATA": ["451 no"]}, {".": ["452 full"]},
     {"EHLO": ["hang up"]}, {"RCPT": ["hang up"]}, {".": ["hang up"]}],
)  # fmt: skip
def test_what_was_not_taken_is_sent_again_after_a_while(
    answers: dict[str, list[str]], make_desk: Callable[..., Desk], box: Mailbox
) -> None:
    desk = make_desk(mail=box.config())
    put(desk, "kim@example.kr", a_note())
    box.answers = deepcopy(answers)
    now = timezone.now()
    assert send_due(desk, now).put_off == 1 and box.mails == []
    assert send_due(desk, now + 0.5 * MINUTE).mails == 0, "not at once"
    assert send_due(desk, now + MINUTE).mails == 1
    assert send_due(desk, now + 600 * MINUTE).mails == 0
    assert len(box.mails) == 1 and states() == ["sent"]


def test_the_same_mail_bears_the_same_name_at_every_attempt(mailing: Desk, box: Mailbox) -> None:
    put(mailing, "kim@example.kr", a_note())
    named: list[str] = []
    make = sending.message

    def noted(*values: object, **more: object) -> bytes:
        mail = make(*values, **more)
        named.append(next(line for line in mail.decode().splitlines() if line.startswith("Message-ID")))
        return mail

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "message", noted)
        box.answers = {".": ["452 full"]}
        now = timezone.now()
        send_due(mailing, now)
        send_due(mailing, now + MINUTE)
    assert len(named) == 2 and len(set(named)) == 1


def test_pauses_grow_and_end(mailing: Desk, box: Mailbox) -> None:
    put(mailing, "kim@example.kr", a_note())
    box.answers = {"RCPT": ["451 later"] * 1000}
    began = now = timezone.now()
    tries: list[Instant] = []
    while states() == ["waiting"]:
        now = max(now, Outgoing.objects.get().next_at)
        tries.append(now)
        send_due(mailing, now)
    pauses = [(after - before) / MINUTE for before, after in pairwise(tries)]
    assert pauses[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 240] and set(pauses[9:]) == {240}
    assert states() == ["given-up"] and timedelta(days=5) <= now - began < timedelta(days=6)


def test_an_address_that_is_refused_for_good_is_given_up_and_others_are_not(
    mailing: Desk, box: Mailbox
) -> None:
    for name in ("kim", "lee"):
        put(mailing, f"{name}@example.kr", a_note())
    box.answers = {"RCPT": ["550 no such person"]}
    done = send_due(mailing, timezone.now())
    assert (done.given_up, done.mails) == (1, 1)
    assert states() == ["given-up", "sent"] and box.letters()[0][0] == "lee@example.kr"
    assert Outgoing.objects.first().why == "the server said 550"


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("station", ["claimed", "handing", "handed", "sent"])
def test_killed_anywhere_no_mail_goes_twice(
    station: str, make_desk: Callable[..., Desk], box: Mailbox
) -> None:
    desk = make_desk(mail=box.config())
    put(desk, "kim@example.kr", a_note())
    now = timezone.now()

    def kill(name: str) -> None:
        if name == station:
            raise Killed

    with pytest.raises(Killed):
        send_due(desk, now, kill)
    assert send_due(desk, now).mails == 0, "whoever claimed it may still be at work"
    later = send_due(desk, now + sending.LEASE + MINUTE)
    if station == "claimed":
        assert later.mails == 1 and len(box.mails) == 1 and states() == ["sent"]
    elif station == "sent":
        assert later.mails == 0 and len(box.mails) == 1 and states() == ["sent"]
    else:
        assert later.unsure == 1 and states() == ["unsure"], "nobody can know; it is said, and not repeated"
        assert len(box.mails) == (1 if station == "handed" else 0)
    send_due(desk, now + timedelta(days=2))
    assert len(box.mails) <= 1


def test_a_server_that_is_not_there_stops_nothing(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(mail={"host": "127.0.0.1", "port": 1, "security": "none", "sender": "desk@example.kr"})
    reachable("kim")
    receive(desk, emergency(), at=TODAY)
    done = tick(desk, TODAY + 2 * HOUR)
    assert done.failed == [] and done.mail.put_off == 1


def test_a_server_without_tls_gets_no_mail_unless_that_was_said(
    make_desk: Callable[..., Desk], box: Mailbox
) -> None:
    desk = make_desk(mail=box.config(security="starttls"))
    put(desk, "kim@example.kr", a_note())
    assert send_due(desk, timezone.now()).put_off == 1 and box.mails == []


def test_what_was_sent_is_forgotten_after_a_month(mailing: Desk) -> None:
    put(mailing, "kim@example.kr", a_note())
    now = timezone.now()
    send_due(mailing, now)
    send_due(mailing, now + sending.KEPT)
    assert states() == ["sent"]
    send_due(mailing, now + sending.KEPT + MINUTE)
    assert states() == []


@pytest.mark.parametrize(
    ("mail", "says"),
    [
        ({"hots": "x"}, "'hots' is not a setting"),
        ({"port": "25"}, "wrong type"),
        ({"port": 0}, "from 1 to 65535"),
        ({"security": "ssl"}, "security"),
        ({"host": "mail.example.kr"}, "sender is no address"),
        ({"user": "desk", "security": "none"}, "goes over TLS only"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    mail: dict[str, object], says: str, make_desk: Callable[..., Desk]
) -> None:
    with pytest.raises(HomeError) as refused:
        make_desk(mail=mail)
    assert says in str(refused.value)
