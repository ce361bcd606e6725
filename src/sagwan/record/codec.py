"""Events as text and back: one JSON text for the public part, one for each private record class.

The names and members written here are stored for ever; a new member needs a default.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from sagwan.record import events as happened
from sagwan.record.errors import SagwanError
from sagwan.record.private import Ledger, Matter, RecordClass
from sagwan.record.request import Document, Target
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

EVENT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(happened.Event)}
_PROPOSALS: dict[str, type] = {kind.__name__: kind for kind in get_args(happened.Proposal)}
_MEMBERS: dict[type, tuple[str, ...]] = {
    kind: tuple(member.name for member in fields(kind))
    for kind in (*EVENT_TYPES.values(), *_PROPOSALS.values())
}


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
    for name in _MEMBERS[type(event)]:
        value = getattr(event, name)
        if name == "ledger":
            if value is not None:
                private[RecordClass.LEDGER] = _dump(_ledger(value))
        elif name == "matter":
            if value is not None and (value.targets or value.text or value.documents):
                private[RecordClass.MATTER] = _dump(_matter(value))
        elif isinstance(value, tuple(_PROPOSALS.values())):
            public[name] = _plain(value)
        else:
            public[name] = value
    return Encoded(type(event).__name__, _dump(public), private)


def decode(kind: str, public: str, private: Mapping[RecordClass, str]) -> happened.Event:
    """Put an event together; a class that is absent (never written, or its key destroyed) reads as None.

    Raise UnreadableEvent for a type or a member that this version does not know.
    """
    event_type = EVENT_TYPES.get(kind)
    if event_type is None:
        raise UnreadableEvent(f"events of type {kind!r} are not known", hint="a newer sagwan wrote it")
    try:
        members = {name: _READERS.get(name, _same)(value) for name, value in json.loads(public).items()}
        if RecordClass.LEDGER in private:
            members["ledger"] = _read_ledger(json.loads(private[RecordClass.LEDGER]))
        if RecordClass.MATTER in private:
            members["matter"] = _read_matter(json.loads(private[RecordClass.MATTER]))
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


def _matter(matter: Matter) -> dict[str, Any]:
    members: dict[str, Any] = {"targets": [(t.kind, t.value) for t in matter.targets], "text": matter.text}
    if matter.documents:
        members["documents"] = [(d.name, d.digest, d.size) for d in matter.documents]
    return members


def _read_matter(document: dict[str, Any]) -> Matter:
    targets = tuple(Target(kind, value) for kind, value in document["targets"])
    attached = tuple(Document(*members) for members in document.get("documents", ()))
    return Matter(targets, document["text"], attached)


def _same(value: Any) -> Any:
    return value


def _data(words: list[str]) -> tuple[DataCategory, ...]:
    return tuple(map(DataCategory, words))


def _marks(words: list[str]) -> tuple[Mark, ...]:
    return tuple(map(Mark, words))


def _outcome(word: str | None) -> Outcome | None:
    return None if word is None else Outcome(word)


def _proposal(document: dict[str, Any]) -> Any:
    members = {name: _READERS.get(name, _same)(value) for name, value in document.items() if name != "type"}
    return _PROPOSALS[document["type"]](**members)


_READERS: dict[str, Callable[[Any], Any]] = {
    "data": _data,
    "marks": _marks,
    "outcome": _outcome,
    "findings": tuple,
    "proposal": _proposal,
    "correction": _proposal,
}
