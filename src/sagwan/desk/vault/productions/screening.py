"""Reading a file against the scope, row by row, and writing what goes out of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sagwan.desk.vault.blinding import Blinder
from sagwan.desk.vault.productions.declare import Columns, Declared
from sagwan.desk.vault.productions.errors import OutsideScope
from sagwan.desk.vault.productions.scope import MAX_LISTED, Scope
from sagwan.desk.vault.rows import Row, RowWriter, UnreadableRows, is_table, read_rows

_EPOCH = re.compile(r"[0-9]{9,11}")
_MILLISECONDS = re.compile(r"[0-9]{12,14}")


@dataclass(frozen=True, slots=True)
class Screened:
    """What was read of a file: how many rows, and how many people were blinded; None for an opaque file."""

    rows: int | None = None
    blinded: int | None = None


@dataclass(slots=True)
class _Found:
    """What lies outside, the first of it by name."""

    listed: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, what: str) -> None:
        self.count += 1
        if len(self.listed) < MAX_LISTED:
            self.listed.append(what)

    def check(self, name: str) -> None:
        if self.count:
            raise OutsideScope(name, tuple(self.listed), self.count - len(self.listed))


def screen(
    scope: Scope, declared: Declared, source: Path, result: Path, key: Callable[[], bytes]
) -> Screened:
    """Write to `result` what may go out of `source`; raise OutsideScope or UnreadableRows.

    A file without columns is opaque: what is declared is checked and it goes out as it is (moved). `key`
    gives the request's key of pseudonyms; it is asked for only where a conversation is blinded.
    """
    _check_declared(scope, declared)
    columns = declared.columns
    if columns is None:
        source.rename(result)
        return Screened()
    if not is_table(declared.name):
        raise UnreadableRows(
            f"{declared.name} has columns, but is no table", hint="CSV or JSON Lines, named .csv or .jsonl"
        )
    blinder = None if columns.target else _blinder(declared, columns, source, key())
    rows, found = 0, _Found()
    with result.open("x", encoding="utf-8", newline="") as sink:
        writer = RowWriter(sink, declared.name)
        for line, row in read_rows(source, declared.name):
            rows += 1
            for what in _outside(scope, declared, columns, row):
                found.add(f"line {line}: {what}")
            if not found.count:
                writer.write(row if blinder is None else _blinded(blinder, columns, row))
    found.check(declared.name)
    return Screened(rows, None if blinder is None else blinder.others)


def _check_declared(scope: Scope, declared: Declared) -> None:
    outside = scope.outside(declared)
    if outside:
        raise OutsideScope(declared.name, outside[:MAX_LISTED], len(outside[MAX_LISTED:]))
    timed = declared.columns is not None and not declared.columns.time
    if timed and scope.period is not None and declared.first is not None:
        raise OutsideScope(declared.name, ("no column says when a row was, so its time cannot be checked",))


def _outside(scope: Scope, declared: Declared, columns: Columns, row: Row) -> Iterator[str]:
    """What of a row was not declared; what is declared has been checked against the scope already."""
    if columns.target:
        value = _plain(row.get(columns.target))
        if value not in {target.value for target in declared.targets}:
            yield f"{columns.target} is {value[:100]!r}"
    else:
        strange = set(row) - set(columns.named) - set(columns.drop)
        if strange:
            yield f"column {', '.join(sorted(strange))[:200]} is neither kept nor dropped"
        if not isinstance(row.get(columns.sender), str | int):
            yield f"{columns.sender} names nobody"
    if columns.time and declared.first and declared.last:
        moment = read_moment(row.get(columns.time))
        if moment is None:
            yield f"{columns.time} is {str(row.get(columns.time))[:100]!r}, no instant"
        elif not declared.first <= scope.day_of(moment) <= declared.last:
            yield f"{columns.time} is {str(row.get(columns.time))[:100]}"


def read_moment(value: object) -> datetime | None:
    """An instant in ISO 8601 (naive where it has no zone), or in seconds or milliseconds since 1970."""
    text = _plain(value).strip()
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text), UTC)
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        return datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None


def _plain(value: object) -> str:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def _blinder(declared: Declared, columns: Columns, source: Path, key: bytes) -> Blinder:
    """Who takes part, from a first reading of the whole conversation."""
    members: dict[str, set[str]] = {member: set() for member in columns.members}
    for _, row in read_rows(source, declared.name):
        sender, nick = _plain(row.get(columns.sender)), _plain(row.get(columns.nick))
        if sender:
            members.setdefault(sender, set()).update({nick} - {""})
    return Blinder(key, {target.value for target in declared.targets}, members)


def _blinded(blinder: Blinder, columns: Columns, row: Row) -> Row:
    sender = _plain(row.get(columns.sender))
    going = {}
    for name, value in row.items():
        if name in columns.drop:
            continue
        if name == columns.sender or (name == columns.nick and not blinder.is_spared(sender)):
            going[name] = blinder.member(sender) if sender or name == columns.sender else ""
        elif name == columns.nick or (name == columns.time and read_moment(value)):
            going[name] = value
        else:
            going[name] = blinder.value(value)
    return going
