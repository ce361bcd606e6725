"""What is said of a file that shall go out: whose data, of which category and time, in which columns."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target, clean
from sagwan.record.vocabulary import DataCategory

MAX_NAME = 200
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table says what; '' or () where none does.

    `target` says whose a row is, `time` when it was. For a conversation `sender` is who wrote (its rows are
    not the targets' alone, so `target` stays ''), `nick` the name they showed, `text` what was written; every
    other column must be in `keep` or `drop`. `members` are further ids that take part without writing.
    """

    target: str = ""
    time: str = ""
    sender: str = ""
    nick: str = ""
    text: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.target) == bool(self.sender):
            raise InvalidValue(
                "a table has either a target column or a sender column",
                hint="target: each row is one target's; sender: a conversation, others are blinded",
            )

    @property
    def named(self) -> tuple[str, ...]:
        """The columns of a conversation that go out."""
        one = (self.sender, self.nick, self.time)
        return tuple(name for name in (*one, *self.text, *self.keep) if name)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person or a connector says of one file. Without `columns` that is all there is to check, and who
    said so is recorded. The days are both included; None where the data have no time (subscriber data)."""

    name: str
    targets: tuple[Target, ...]
    data: DataCategory
    first: date | None = None
    last: date | None = None
    columns: Columns | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        if not self.targets or len(set(self.targets)) != len(self.targets):
            raise InvalidValue(f"{self.name}: name its targets, each once")
        if not isinstance(self.data, DataCategory):
            raise InvalidValue(
                f"{self.name}: {self.data!r} is no data category", hint=f"one of {', '.join(DataCategory)}"
            )
        if (self.first is None) != (self.last is None):
            raise InvalidValue(f"{self.name}: a period has a first and a last day")
        if self.first and self.last and self.last < self.first:
            raise InvalidValue(f"{self.name}: its period ends on {self.last}, before it begins")


def check_name(name: str) -> None:
    """Raise InvalidValue unless a file may be called so on every system that could unpack it."""
    if clean(name, "file's name", longest=MAX_NAME) != name or unicodedata.normalize("NFC", name) != name:
        raise InvalidValue(
            f"the file's name {name!r} is not plain", hint="no blanks around it; composed (NFC)"
        )
    if _NOT_IN_NAMES & set(name) or name.startswith((".", "-", "~")) or name.endswith("."):
        raise InvalidValue(
            f"a file cannot be called {name!r}", hint='no folder, no / \\ : * ? " < > |, no . - ~ in front'
        )


def from_members(name: str, members: Mapping[str, Any], targets: tuple[Target, ...] = ()) -> Declared:
    """A declaration from parsed JSON (docs/reference/production.md); raise InvalidValue naming what is odd.

    `targets` and the data category of a place are taken where the JSON names none.
    """
    try:
        return _from_members(name, members, targets)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise InvalidValue(
            f"what is declared of {name} is not understood: {error}",
            hint="docs/reference/production.md shows its members",
        ) from None


def _from_members(name: str, members: Mapping[str, Any], targets: tuple[Target, ...]) -> Declared:
    odd = set(members) - {field.name for field in fields(Declared)}
    if odd:
        raise ValueError(f"member {', '.join(sorted(odd))}")
    columns = members.get("columns")
    named = tuple(Target(str(each["kind"]), str(each["value"])) for each in members.get("targets", ()))
    return Declared(
        name=str(members.get("name", name)),
        targets=named or targets,
        data=DataCategory(members["data"]),
        first=_day(members.get("first")),
        last=_day(members.get("last")),
        columns=None if columns is None else _columns(columns),
    )


def _columns(members: Mapping[str, Any]) -> Columns:
    lists = ("text", "keep", "drop", "members")
    values = {name: tuple(map(str, each)) if name in lists else str(each) for name, each in members.items()}
    if any(isinstance(members.get(name), str) for name in lists):
        raise ValueError(f"{', '.join(lists)} are lists")
    return Columns(**values)  # type: ignore[arg-type]


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def to_members(declared: Declared) -> dict[str, Any]:
    """The JSON members that `from_members` reads."""
    return json.loads(json.dumps(asdict(declared), default=str))
