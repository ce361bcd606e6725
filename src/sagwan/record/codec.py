"""Events as text and back: one JSON text for the public part, one for each private record class.

The names and members written here are stored for ever. A new member needs a default, and is written only
where it says something else (`_SPARE`): so an event reads, and is written, as it always was.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, get_args

from sagwan.record import events as happened
from sagwan.record.disposition import Disposition
from sagwan.record.errors import SagwanError
from sagwan.record.private import Check, Ledger, Matter, RecordClass
from sagwan.record.request import Document, Target
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    FindingAnswer,
    Grant,
    Mark,
    Outcome,
    Release,
    Sender,
    Teller,
)

EVENT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(happened.Event)}
_PROPOSALS: dict[str, type] = {kind.__name__: kind for kind in get_args(happened.Proposal)}
_MEMBERS: dict[type, tuple[str, ...]] = {
    kind: tuple(member.name for member in fields(kind))
    for kind in (*EVENT_TYPES.values(), *_PROPOSALS.values())
}
_SPARE: dict[type, dict[str, Any]] = {
    happened.RequestReceived: {
        member.name: member.default
        for member in fields(happened.RequestReceived)
        if member.name in ("sender", "blocking", "discloses") and member.default is not MISSING
    }
}
"""Members that were added later, with the default that is not written."""


class UnreadableEvent(SagwanError):
    """A stored event that this version cannot read."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """`type` names the event; `public` and the values of `private` are compact JSON."""

    type: str
    public: str
    private: Mapping[RecordClass, str]


def encode(event: happened.Event) -> Encoded:
    """Take an event apart; private classes with nothing in them are left out."""
    public: dict[str, Any] = {}
    private: dict[RecordClass, str] = {}
    spare = _SPARE.get(type(event), {})
    for name in _MEMBERS[type(event)]:
        value = getattr(event, name)
        if name in _PRIVATE:
            record_class, write, _ = _PRIVATE[name]
            if value is not None and value != Matter():
                private[record_class] = _dump(write(value))
        elif isinstance(value, tuple(_PROPOSALS.values())):
            public[name] = _plain(value)
        elif name not in spare or value != spare[name]:
            public[name] = value.isoformat() if isinstance(value, date) else value
    return Encoded(type(event).__name__, _dump(public), private)


def decode(kind: str, public: str, private: Mapping[RecordClass, str]) -> happened.Event:
    """Put an event together; a class that is absent (never written, or its key destroyed) reads as None.

    Raise UnreadableEvent for a type or a member that this version does not know.
    """
    event_type = EVENT_TYPES.get(kind)
    if event_type is None:
        raise UnreadableEvent(f"events of type {kind!r} are not known", hint="a newer sagwan wrote it")
    try:
        unread = dict(private)
        readers = _OWN_READERS.get(event_type, _READERS)
        members = {name: readers.get(name, _same)(value) for name, value in json.loads(public).items()}
        for name in _MEMBERS[event_type]:
            if name in _PRIVATE:
                record_class, _, read = _PRIVATE[name]
                if record_class in unread:
                    members[name] = read(json.loads(unread.pop(record_class)))
        if unread:
            raise TypeError(f"it has no part {str(next(iter(unread)))!r}")
        event: happened.Event = event_type(**members)
    except (SagwanError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableEvent(f"a stored {kind} cannot be read: {error}") from error
    return event


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(proposal: Any) -> dict[str, Any]:
    kind = type(proposal)
    return {"type": kind.__name__, **{name: getattr(proposal, name) for name in _MEMBERS[kind]}}


def _ledger(ledger: Ledger) -> dict[str, Any]:
    return {
        "authority": ledger.authority,
        "case": ledger.case_number,
        "officials": ledger.officials,
        "paper": dict(ledger.paper),
    }


def _read_ledger(document: dict[str, Any]) -> Ledger:
    officials = tuple(document["officials"])
    return Ledger(document["authority"], document["case"], officials, document["paper"])


def _check(check: Check) -> dict[str, str]:
    return dict(check.facts)


def _read_check(document: dict[str, str]) -> Check:
    return Check(dict(document))


def _matter(matter: Matter) -> dict[str, Any]:
    members: dict[str, Any] = {"targets": [(t.kind, t.value) for t in matter.targets], "text": matter.text}
    if matter.documents:
        members["documents"] = [(d.name, d.digest, d.size) for d in matter.documents]
    if matter.dispositions:
        members["dispositions"] = [_disposition(each) for each in matter.dispositions]
    if matter.period:
        members["period"] = [day.isoformat() for day in matter.period]
    return members


def _read_matter(document: dict[str, Any]) -> Matter:
    attached = tuple(Document(*members) for members in document.get("documents", ()))
    decided = tuple(_read_disposition(members) for members in document.get("dispositions", ()))
    period = _period(document["period"]) if "period" in document else None
    return Matter(_targets(document["targets"]), document["text"], attached, decided, period)


def _period(days: list[str]) -> tuple[date, date]:
    first, last = map(date.fromisoformat, days)
    return first, last


def _targets(pairs: list[list[str]]) -> tuple[Target, ...]:
    return tuple(Target(kind, value) for kind, value in pairs)


def _disposition(each: Disposition) -> dict[str, Any]:
    targets = [(target.kind, target.value) for target in each.targets]
    return {"grant": each.grant, "data": each.data, "reason": each.reason, "targets": targets}


def _read_disposition(document: dict[str, Any]) -> Disposition:
    data, targets = _data(document["data"]), _targets(document["targets"])
    return Disposition(Grant(document["grant"]), data, targets, document["reason"])


_PRIVATE: dict[str, tuple[RecordClass, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "ledger": (RecordClass.LEDGER, _ledger, _read_ledger),
    "check": (RecordClass.LEDGER, _check, _read_check),
    "matter": (RecordClass.MATTER, _matter, _read_matter),
}
"""Private members of events: their record class, how they are written and read. An event has at most one of
each class."""


def _same(value: Any) -> Any:
    return value


def _data(words: list[str]) -> tuple[DataCategory, ...]:
    return tuple(map(DataCategory, words))


def _marks(words: list[str]) -> tuple[Mark, ...]:
    return tuple(map(Mark, words))


def _outcome(word: str | None) -> Outcome | None:
    return None if word is None else Outcome(word)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _proposal(document: dict[str, Any]) -> Any:
    members = {name: _READERS.get(name, _same)(value) for name, value in document.items() if name != "type"}
    return _PROPOSALS[document["type"]](**members)


_READERS: dict[str, Callable[[Any], Any]] = {
    "answer": FindingAnswer,
    "blocking": tuple,
    "correction": _proposal,
    "data": _data,
    "findings": tuple,
    "marks": _marks,
    "on": _day,
    "outcome": _outcome,
    "proposal": _proposal,
    "result": CallResult,
    "sender": Sender,
    "start": _day,
    "until": _day,
    "who": Teller,
}
_OWN_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    happened.HoldReleased: {**_READERS, "reason": Release}
}
"""For events with a member that means something else than in the others."""
