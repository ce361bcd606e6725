"""A file of many requests in the browser: looked at first, then taken in, all rows or none, once.

Finished requests of before are decided anew, so they take two people: whoever brought the file hands it over,
and an approver takes it in. Files up to MAX_DOCUMENT_BYTES and MOST_ROWS rows; larger ones are for
`sagwan receive --file`, which shows how far it is.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from sagwan.desk.casework.roles import COUNSEL
from sagwan.desk.intake import models, rows
from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger import Ledger, Report, open_ledger
from sagwan.desk.intake.ledger_actions import judge_rows, take_in
from sagwan.desk.intake.ledger_mapping import LedgerMapping, parse_mapping
from sagwan.desk.intake.rows import File, Kind, NoDraft
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.record.errors import IllegalStep

MOST_ROWS = 5_000
"""Rows of one file in the browser: they are taken in well within a minute (docs/how-to)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one row: the request's number, how many findings, and whether it was finished before."""

    line: int
    request: str
    findings: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was brought. `waits`: an approver is to take it in; `only_good`: without its bad rows,
    which the one who brought it agreed to. `taken`: what its rows became, () while it is not taken in."""

    token: str
    person: str
    changed_at: datetime
    name: str
    mapping: str = ""
    allow_duplicates: bool = False
    waits: bool = False
    only_good: bool = False
    taken: tuple[Taken, ...] = ()
    bad: int = 0


def bring(
    desk: Desk,
    file: tuple[str, bytes],
    *,
    mapping: tuple[str, bytes] | None,
    allow_duplicates: bool,
    person: str,
    at: datetime,
) -> str:
    """Keep a file of requests to be looked at, and return its token.

    Raise UnusableFile or UnusableSettings where file or mapping cannot be read, InvalidValue where it is too
    large or the person has too many.
    """
    name, data = file
    words = parse_mapping(mapping[1], mapping[0]) if mapping else None
    text = mapping[1].decode("utf-8-sig") if mapping else ""
    ledger = _open(desk, name, data, words, at)
    if sum(1 for _ in ledger.raw_rows()) > MOST_ROWS:
        raise UnusableFile(
            f"{name} has more than {MOST_ROWS:,} rows",
            hint="split it, or let the administrator take it in with sagwan receive --file",
        )
    values = {"name": name, "mapping": text, "allow_duplicates": allow_duplicates}
    with writing():
        token = rows.begin(desk, Kind.LEDGER, values, person=person, at=at)
        rows.attach(desk, rows.row_of(Kind.LEDGER, token, person), name, data)
    return token


def brought(desk: Desk, token: str) -> Brought:
    """A file by its token; raise NoDraft."""
    return _brought(desk, _row(token))


def of(desk: Desk, person: str) -> list[Brought]:
    """The files that a person brought and that were not taken in yet, the last changed first."""
    return [_brought(desk, row) for row in rows.unsent(Kind.LEDGER, person)]


def waiting(desk: Desk) -> list[Brought]:
    """The files that wait for an approver, the oldest first."""
    found = models.Draft.objects.filter(kind=Kind.LEDGER).order_by("changed_at", "token")
    return [one for one in (_brought(desk, row) for row in found) if one.waits]


def looked_at(desk: Desk, one: Brought, at: datetime) -> tuple[Ledger, Report]:
    """Look at every row of a file that is not taken in yet."""
    ledger = _ledger(desk, one, at)
    judge = judge_rows(desk, at, allow_duplicates=one.allow_duplicates)
    return ledger, ledger.check(judge, allow_duplicates=one.allow_duplicates)


def hand_over(desk: Desk, token: str, *, seen: tuple[int, int], person: str, at: datetime) -> None:
    """Let an approver take a file with finished requests in; `seen` as for `take`."""
    Staff().require(person, (COUNSEL,), "decide requests of before, as a file of finished ones does")
    with writing():
        row = rows.row_of(Kind.LEDGER, token, person, lock=True)
        one = _brought(desk, row)
        _, report = looked_at(desk, one, at)
        _same(report, seen)
        rows.save(desk, row, _values(desk, row) | {"waits": True, "only_good": bool(report.bad)}, at=at)


def take_back(desk: Desk, token: str, *, person: str, at: datetime) -> None:
    """End the wait for an approver: theirs who brought it, or the approver's who sends it back."""
    with writing():
        row = rows.row_of(Kind.LEDGER, token, lock=True)
        if row.person != person:
            Staff().require(person, ("approver",), "send a file of finished requests back")
        rows.save(desk, row, _values(desk, row) | {"waits": False}, at=at)


def take(desk: Desk, token: str, *, seen: tuple[int, int], person: str, at: datetime) -> int:
    """Take a file's good rows in, in one transaction, and return how many; again, and nothing is done.

    `seen` are how many rows the page showed as good and bad: were they other ones by now, nothing is done.
    `person` brought the file, or, where it waits for an approver, is one who did not bring it.
    """
    with writing():
        row = _row(token, lock=True)
        one = _brought(desk, row)
        if one.taken:
            return len(one.taken)
        if one.waits == (person == one.person):
            raise IllegalStep(
                "whoever brought a file of finished requests does not take it in",
                hint="another person does, as approver",
            )
        if one.waits:
            Staff().require(person, ("approver",), "take in what somebody decided before")
        ledger, report = looked_at(desk, one, at)
        _same(report, seen)
        done = take_in(desk, ledger, report, actor=one.person, at=at, approved_by=person if one.waits else "")
        found = [[t.line, t.request, len(t.findings), t.finished] for t in done]
        rows.save(desk, row, _values(desk, row) | {"taken": found, "bad": report.bad}, at=at)
        models.DraftFile.objects.filter(draft=row).delete()
        models.Draft.objects.filter(pk=row.pk).update(kind=Kind.TAKEN)
    return len(done)


def discard(token: str, *, person: str) -> None:
    """Throw one's own file away."""
    rows.row_of(Kind.LEDGER, token, person).delete()


def _same(report: Report, seen: tuple[int, int]) -> None:
    if (report.good, report.bad) != seen:
        raise IllegalStep(
            f"{report.good:,} rows can be taken in by now, {report.bad:,} cannot; nothing was done",
            hint="look at the report again: a request of the file may have come in meanwhile",
        )


def _row(token: str, *, lock: bool = False) -> models.Draft:
    try:
        return rows.row_of(Kind.LEDGER, token, lock=lock)
    except NoDraft:
        return rows.row_of(Kind.TAKEN, token, lock=lock)


def _values(desk: Desk, row: models.Draft) -> dict[str, Any]:
    return rows.opened(desk, row)


def _brought(desk: Desk, row: models.Draft) -> Brought:
    values = _values(desk, row)
    taken = tuple(Taken(*one) for one in values.pop("taken", ()))
    return Brought(token=row.token, person=row.person, changed_at=row.changed_at, taken=taken, **values)


def _ledger(desk: Desk, one: Brought, at: datetime) -> Ledger:
    file = file_of(desk, one)
    words = parse_mapping(one.mapping.encode(), "mapping") if one.mapping else None
    return _open(desk, file.name, file.data, words, at)


def file_of(desk: Desk, one: Brought) -> File:
    """The bytes as they were brought; raise NoDraft once they were taken in."""
    for file in rows.files(desk, rows.row_of(Kind.LEDGER, one.token)):
        return file
    raise NoDraft("the file was taken in")


def _open(desk: Desk, name: str, data: bytes, words: LedgerMapping | None, at: datetime) -> Ledger:
    today = at.astimezone(desk.home.zone).date()
    return open_ledger(BytesIO(data), name, jurisdiction=desk.home.jurisdiction, today=today, mapping=words)
