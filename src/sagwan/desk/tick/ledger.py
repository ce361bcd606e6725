"""What was done of what fell due: the event, and the row that follows from it, the same in a rebuild."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sagwan.desk.casework.roles import CLOCK
from sagwan.desk.journal import queries
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.tick.agenda import Item, Keep, Kind
from sagwan.desk.tick.models import Act, Destruction

ACTS, DESTRUCTIONS = "system/tick/", "system/destruction/"
"""The streams: of each request what fell due, and what became of its destruction."""
HOUSE = "authorities"
"""The one stream of what concerns no request."""
AUTHORITY = "authority/"

Key = tuple[str, str, datetime]


def stream_of(subject: str, kind: Kind) -> str:
    """Where an item of a request, or of an authority, is recorded."""
    if kind is Kind.DESTRUCTION:
        return DESTRUCTIONS + subject
    return ACTS + (HOUSE if subject.startswith(AUTHORITY) else subject)


def record(
    recorder: Recorder,
    subject: str,
    item: Item,
    people: Sequence[str],
    at: datetime,
    keep: Keep | None = None,
) -> None:
    """Write that an item was done: its event, with the recorder's next `flush`, and its row.

    Raise IntegrityError where another run did it meanwhile.
    """
    public: dict[str, Any] = {
        "subject": subject,
        "what": item.what,
        "due": item.due.isoformat(),
        "to": list(people),
    }
    if keep is not None:
        public |= {"kept_until": keep.until.isoformat(), "rules": list(keep.rules)}
    recorder.note(stream_of(subject, item.kind), str(item.kind), public, actor=CLOCK, at=at)
    project(str(item.kind), public, CLOCK, at)


def project(kind: str, public: Mapping[str, Any], actor: str, at: datetime) -> None:
    """The rows that follow from an event of these streams."""
    if kind == "DestructionAsked":
        _proposal(public).update(asked_by=actor, asked_at=at)
        return
    if kind == "DestructionPostponed":
        until = date.fromisoformat(public["until"])
        _proposal(public).update(postponed_until=until, postponed_by=actor, asked_by="", asked_at=None)
        return
    Act(
        subject=public["subject"],
        kind=kind,
        what=public["what"],
        due=datetime.fromisoformat(public["due"]),
        at=at,
        people=" ".join(public["to"]),
    ).save(force_insert=True)
    if kind == Kind.DESTRUCTION:
        Destruction.objects.update_or_create(
            number=public["subject"],
            record_class=public["what"],
            defaults={
                "kept_until": date.fromisoformat(public["kept_until"]),
                "rules": " ".join(public["rules"]),
                "proposed_at": at,
                "asked_by": "",
                "asked_at": None,
                "postponed_until": None,
                "postponed_by": "",
            },
        )


def _proposal(public: Mapping[str, Any]) -> Any:
    return Destruction.objects.filter(number=public["number"], record_class=public["class"])


def done(subjects: Iterable[str]) -> dict[str, set[Key]]:
    """What was done, by subject."""
    found: dict[str, set[Key]] = {}
    rows = Act.objects.filter(subject__in=list(subjects))
    for subject, kind, what, due in rows.values_list("subject", "kind", "what", "due"):
        found.setdefault(subject, set()).add((kind, what, due))
    return found


def rebuild_acts() -> None:
    """Make the rows anew from the events, in a transaction."""
    Act.objects.all().delete()
    Destruction.objects.all().delete()
    for prefix in (ACTS, DESTRUCTIONS):
        for stored in queries.all_events(prefix):
            project(stored.type, queries.public(stored), stored.actor, stored.at)
