"""Destroying what the law's keeping time no longer asks for: proposed by time, done by two people.

Events of the stream `system/destruction/<number>`: DestructionProposed (by time), DestructionAsked (the
first person), DestructionPostponed (until a day, with a private reason). The destruction itself is
`KeyDestroyed` of `system/keys`, from which the certificate is made that remains.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.destruction import KEYS_STREAM, DestructionRefused, destroy
from sagwan.desk.casework.models import Case
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.journal.models import Event, Line, Place
from sagwan.desk.journal.queries import EVENT_COLUMNS, public, stored
from sagwan.desk.people.queries import Staff
from sagwan.desk.people.roles import Role
from sagwan.desk.setup import Desk
from sagwan.desk.tick.ledger import DESTRUCTIONS, project
from sagwan.desk.tick.models import Destruction
from sagwan.desk.tick.reading import Reader
from sagwan.desk.vault.models import StreamKey
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.private import RecordClass
from sagwan.record.request import clean
from sagwan.seal.keeper import Keeper

ASKERS = (Role.COUNSEL, Role.ADMINISTRATOR)
"""Who may be the first of two people."""
APPROVERS = (Role.APPROVER,)
POSTPONERS = (Role.COUNSEL, Role.APPROVER)
LONGEST = timedelta(days=3660)
"""The longest that a destruction can be put off at once."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A class of private parts that may be destroyed; `case` is its request."""

    row: Destruction
    case: Case


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a key was destroyed, and what is left. `event` is the number and `hash` the SHA-256 (hex) of the
    event that says so; `lines` are the request's sealed lines, `indexes` their places in the log."""

    number: str
    record_class: str
    at: datetime
    asked_by: str
    approved_by: str
    event: int
    hash: str
    lines: int
    indexes: tuple[int, ...]
    case: Case | None
    proposal: Destruction | None


def ask(desk: Desk, number: str, record_class: str, *, actor: str, at: datetime) -> None:
    """Be the first of two people; raise UnknownPerson, DestructionRefused."""
    Staff().require(actor, ASKERS, "have a key destroyed")
    with writing():
        row = _open(number, record_class)
        if row.asked_by:
            raise DestructionRefused(
                f"{row.asked_by} asked for it already", hint="another person must approve (four eyes)"
            )
        _check_over(desk, number, record_class, at)
        _note(desk, "DestructionAsked", {"number": number, "class": record_class}, actor, at)


def postpone(
    desk: Desk, number: str, record_class: str, *, until: date, reason: str, actor: str, at: datetime
) -> None:
    """Keep it until the end of a day, for a reason, such as a law suit; then it is proposed again."""
    Staff().require(actor, POSTPONERS, "put a destruction off")
    today = at.astimezone(desk.home.zone).date()
    if not today < until <= today + LONGEST:
        raise InvalidValue(
            f"{until} is not within the next ten years", hint="name the last day on which it is needed"
        )
    with writing():
        _open(number, record_class)
        facts = {"number": number, "class": record_class, "until": until.isoformat()}
        private = {"reason": clean(reason, "reason", longest=2000, lines=True)}
        _note(desk, "DestructionPostponed", facts, actor, at, private)


def approve(desk: Desk, keeper: Keeper, number: str, record_class: str, *, actor: str, at: datetime) -> None:
    """Be the second person: the key is destroyed, for ever. Raise UnknownPerson, DestructionRefused."""
    Staff().require(actor, APPROVERS, "approve that a key is destroyed")
    with writing():
        row = _open(number, record_class)
        if not row.asked_by:
            raise DestructionRefused("nobody asked for it yet", hint="another person must, first (four eyes)")
        _check_over(desk, number, record_class, at)
    destroy(
        desk,
        keeper,
        number=number,
        record_class=RecordClass(record_class),
        by=row.asked_by,
        approved_by=actor,
        at=at,
    )


def _check_over(desk: Desk, number: str, record_class: str, at: datetime) -> None:
    """Something may have been recorded since it was proposed, which is kept for its own time."""
    found = Reader(desk).read([number])
    keep = next((k for one in found for k in one.keeps if str(k.record_class) == record_class), None)
    if keep is None:
        raise DestructionRefused(f"{number} is needed again: it is open, held, or suspected to be forged")
    if at.astimezone(desk.home.zone).date() <= keep.until:
        raise DestructionRefused(
            f"the keeping time of {number} runs until {keep.until}",
            hint="something was recorded since; it is proposed again when the time is over",
        )


def _note(
    desk: Desk,
    kind: str,
    facts: dict[str, str],
    actor: str,
    at: datetime,
    private: dict[str, str] | None = None,
) -> None:
    stream = DESTRUCTIONS + facts["number"]
    recorder = Recorder(desk)
    recorder.keys.load([stream])
    recorder.note(stream, kind, facts, actor=actor, at=at, private=private)
    recorder.flush()
    project(kind, facts, actor, at)


def _open(number: str, record_class: str) -> Destruction:
    row = Destruction.objects.select_for_update().filter(number=number, record_class=record_class).first()
    if row is None:
        raise IllegalStep(f"the destruction of {number} {record_class} is not proposed")
    if row.postponed_until is not None:
        raise DestructionRefused(f"it was put off until {row.postponed_until}, by {row.postponed_by}")
    if not _is_left(number, record_class):
        raise DestructionRefused(f"the {record_class} key of {number} is destroyed already")
    return row


def _is_left(number: str, record_class: str) -> bool:
    left = StreamKey.objects.filter(
        stream=STREAM + number, record_class=record_class, destroyed_at__isnull=True
    )
    return left.exists()


def proposals() -> list[Proposal]:
    """What may be destroyed, the longest overdue first; what was put off is not among it."""
    rows = list(Destruction.objects.filter(postponed_until__isnull=True).order_by("kept_until", "number"))
    gone = set(
        StreamKey.objects.filter(
            stream__in=[STREAM + row.number for row in rows], destroyed_at__isnull=False
        ).values_list("stream", "record_class")
    )
    left = [row for row in rows if (STREAM + row.number, row.record_class) not in gone]
    cases = Case.objects.in_bulk([row.number for row in left])
    return [Proposal(row, cases[row.number]) for row in left if row.number in cases]


def proposal(number: str, record_class: str) -> Proposal | None:
    """One that waits."""
    row = Destruction.objects.filter(
        number=number, record_class=record_class, postponed_until__isnull=True
    ).first()
    case = Case.objects.filter(number=number).first()
    if row is None or case is None or not _is_left(number, record_class):
        return None
    return Proposal(row, case)


def certificates(limit: int = 50) -> list[Certificate]:
    """The last keys that were destroyed, the newest first."""
    rows = Event.objects.filter(stream=KEYS_STREAM, type="KeyDestroyed").order_by("-seq")
    return [_certificate(row) for row in rows.values_list(*EVENT_COLUMNS)[:limit]]


def certificate(number: str, record_class: str) -> Certificate | None:
    """That the key of a class was destroyed; the first event counts, since a recovery destroys again."""
    rows = Event.objects.filter(
        stream=KEYS_STREAM, type="KeyDestroyed", public__contains=f'"{STREAM}{number}"'
    ).order_by("seq")
    found = [_certificate(row) for row in rows.values_list(*EVENT_COLUMNS)]
    return next((one for one in found if (one.number, one.record_class) == (number, record_class)), None)


def _certificate(row: tuple) -> Certificate:
    event = stored(row)
    facts = public(event)
    number = facts["stream"].removeprefix(STREAM)
    places = Place.objects.filter(line__stream=facts["stream"]).order_by("index")
    return Certificate(
        number=number,
        record_class=facts["class"],
        at=event.at,
        asked_by=event.actor,
        approved_by=facts.get("approved_by", ""),
        event=event.seq,
        hash=event.hash.hex(),
        lines=Line.objects.filter(stream=facts["stream"]).count(),
        indexes=tuple(places.values_list("index", flat=True)),
        case=Case.objects.filter(number=number).first(),
        proposal=Destruction.objects.filter(number=number, record_class=facts["class"]).first(),
    )
