"""Sending what waits in the outbox: retried with growing pauses, never again once a server took it."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from sagwan.desk.mail.config import MailConfig, mail_config, mail_password
from sagwan.desk.mail.letter import message
from sagwan.desk.mail.models import Outgoing, Progress
from sagwan.desk.mail.outbox import Addressed, opened
from sagwan.desk.mail.smtp import Refused, connected, deliver
from sagwan.desk.setup import Desk

logger = logging.getLogger("sagwan.mail")

LEASE = timedelta(minutes=10)
"""How long one who sends may take; after that the mail is another's to send."""
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP = timedelta(days=5)
KEPT = timedelta(days=30)
"""How long it is kept that a mail was sent."""
AT_ONCE = 1000
"""Rows of one round."""


@dataclass(slots=True)
class Sent:
    """What a round did, in rows of the outbox: sent, put off, given up, of which nobody knows; in mails."""

    mails: int = 0
    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that go out as one mail."""

    rows: list[Outgoing] = field(default_factory=list)
    notes: list[Addressed] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.rows]


def waiting(now: datetime) -> int:
    """How many rows could be sent now."""
    return _due(now).count()


def send_due(desk: Desk, now: datetime, step: Callable[[str], None] = lambda name: None) -> Sent:
    """Send what waits; `step` is told each station, for tests.

    A mail server that does not answer puts mail off and is no error of the caller.
    """
    done = Sent()
    config = mail_config(desk.home)
    _settle_interrupted(now, done)
    if config.host:
        groups = _claimed(desk, now)
        step("claimed")
        if groups:
            _send_all(desk, config, groups, now, done, step)
    Outgoing.objects.filter(progress=Progress.SENT, settled_at__lt=now - KEPT).delete()
    return done


def _due(now: datetime) -> QuerySet[Outgoing]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Outgoing.objects.filter(free, progress=Progress.WAITING, next_at__lte=now).order_by("id")


def _settle_interrupted(now: datetime, done: Sent) -> None:
    """Mail in whose handing over somebody was killed: a server may have it, so it is not sent again."""
    left = Outgoing.objects.filter(progress=Progress.HANDING, lease_until__lt=now)
    done.unsure = left.update(progress=Progress.UNSURE, settled_at=now, lease_until=None)
    if done.unsure:
        logger.warning("%d mails were being handed over when Sagwan was stopped; not repeated", done.unsure)


def _claimed(desk: Desk, now: datetime) -> list[_Group]:
    """Rows that are now this one's to send, as the mails that they become."""
    groups: dict[tuple[str, str], _Group] = {}
    for row in _due(now)[:AT_ONCE]:
        if not _due(now).filter(pk=row.pk).update(lease_until=now + LEASE):
            continue  # another one sends it
        note = opened(desk, row)
        group = groups.setdefault((note.to, note.note.subject["en"]), _Group())
        group.rows.append(row)
        group.notes.append(note)
    return list(groups.values())


def _send_all(
    desk: Desk,
    config: MailConfig,
    groups: list[_Group],
    now: datetime,
    done: Sent,
    step: Callable[[str], None],
) -> None:
    left = list(groups)
    try:
        with connected(config, mail_password(desk.home, config)) as server:
            while left:
                _send(desk, config, server, left[0], now, done, step)
                left.pop(0)
    except (OSError, smtplib.SMTPException) as error:
        # No address in it: a log must not tell whom a request concerns.
        logger.error("mail could not be sent: %s", type(error).__name__)
        for group in left:
            _put_off(group, now, type(error).__name__, done)


def _send(
    desk: Desk,
    config: MailConfig,
    server: smtplib.SMTP,
    group: _Group,
    now: datetime,
    done: Sent,
    step: Callable[[str], None],
) -> None:
    """Send one mail; raise OSError or SMTPException where the line broke."""
    rows = Outgoing.objects.filter(pk__in=group.ids)
    mail = message(
        group.notes,
        home=desk.home.names["ko"],
        sender=config.sender,
        name=f"{desk.home.origin} {group.ids[0]}",
        at=now,
    )

    def handing() -> None:
        rows.update(progress=Progress.HANDING)
        step("handing")

    try:
        deliver(server, config.sender, group.notes[0].to, mail, handing)
    except Refused as error:
        logger.error("a mail was refused: %s", error)
        if error.forever:
            _give_up(group, now, str(error), done)
        else:
            _put_off(group, now, str(error), done)
        return
    # Killed here: the server has it, and it is not sent again (`unsure`).
    step("handed")
    rows.update(progress=Progress.SENT, settled_at=now, lease_until=None, why="")
    done.mails += 1
    done.sent += len(group.rows)
    step("sent")


def _put_off(group: _Group, now: datetime, why: str, done: Sent) -> None:
    """Try again later: after 1, 2, 4 … minutes, for some days."""
    for row in group.rows:
        if now - row.queued_at >= GIVE_UP:
            _settle([row.pk], Progress.GIVEN_UP, now, why)
            done.given_up += 1
            continue
        pause = min(timedelta(minutes=2 ** min(row.tries, 10)), LONGEST_PAUSE)
        Outgoing.objects.filter(pk=row.pk).update(
            progress=Progress.WAITING,
            tries=F("tries") + 1,
            next_at=now + pause,
            lease_until=None,
            why=why[:100],
        )
        done.put_off += 1


def _give_up(group: _Group, now: datetime, why: str, done: Sent) -> None:
    _settle(group.ids, Progress.GIVEN_UP, now, why)
    done.given_up += len(group.rows)


def _settle(ids: list[int], progress: str, now: datetime, why: str) -> None:
    Outgoing.objects.filter(pk__in=ids).update(
        progress=progress, settled_at=now, lease_until=None, tries=F("tries") + 1, why=why[:100]
    )
