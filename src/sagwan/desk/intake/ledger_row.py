"""One row of a file of requests as a filing, and, where the request is long finished, how it ended.

A row with an `outcome` is a finished request of before. Its days lie in the past, but the log cannot be
back-dated: it is sealed when it is taken in, and its days and names are kept as what the ledger says of them,
in document items of their own (`said-received-on`, `said-decided-by`, …), private as the case number is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sagwan.desk.intake.ledger_cells import MAX_CELL, BadCell, Fault, RawRow
from sagwan.desk.intake.ledger_mapping import LedgerMapping, read_date
from sagwan.desk.intake.target_rules import WORDS
from sagwan.desk.intake.targets import read_target
from sagwan.record.errors import SagwanError
from sagwan.record.request import SAID, Filing, Target
from sagwan.record.vocabulary import SLUG, DataCategory, Mark, Outcome

REQUIRED = ("service", "instrument", "data", "authority", "case_number")
OPTIONAL = ("accounts", "jurisdiction", "officials", "targets", "text", "emergency", "channel")
SAID_DAYS = ("received_on", "decided_on", "resolved_on")
SAID_NAMES = ("decided_by", "approved_by")
ENDING = ("outcome", "reason", "disclosed_data", "disclosed_accounts", "marks")
PAST = (*SAID_DAYS, *SAID_NAMES, *ENDING)
COLUMNS = REQUIRED + OPTIONAL + PAST
PAPER = "paper."
_YES = {"yes", "true", "1", "y", "o", "예", "긴급"}
_NO = {"no", "false", "0", "n", "x", "아니오", "", "-"}
_DIVIDER = {"data": ",", "disclosed_data": ",", "marks": ","}

V = TypeVar("V")
W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Past:
    """How a finished request ended, as the old ledger has it."""

    outcome: Outcome
    reason: str = ""
    data: tuple[DataCategory, ...] = ()
    accounts: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be used: the filing; how it ended, or None for an open one; when it came in, as the
    ledger says, or None."""

    line: int
    filing: Filing
    past: Past | None = None
    received_on: date | None = None


class _Cells:
    """A row's values by our columns; every reading that fails is noted, so that one look finds them all."""

    def __init__(self, row: RawRow, mapping: LedgerMapping) -> None:
        self.line = row.line
        self.values = mapping.applied(row.cells)
        self.faults: list[Fault] = []
        self.mapping = mapping
        self.numbers_are_text = row.from_workbook

    def read(self, column: str, reading: Callable[[str], V], otherwise: V) -> V:
        try:
            return reading(column)
        except BadCell as error:
            self.note(error.column, error.message, error.hint)
        except SagwanError as error:
            self.note(column, error.message, error.hint)
        return otherwise

    def note(self, column: str, problem: str, hint: str = "") -> None:
        self.faults.append(Fault(self.line, self.mapping.named(column) if column else "", problem, hint))

    def text(self, column: str) -> str:
        value = self.values.get(column)
        if value is None:
            return ""
        if isinstance(value, date):
            raise BadCell(
                column, f"the workbook made a date of it ({value})", "give the column the format text"
            )
        if type(value) is int and self.numbers_are_text:
            value = str(value)
        if not isinstance(value, str):
            raise BadCell(column, f"is {value!r:.60}, not a text")
        if len(value) > MAX_CELL:
            raise BadCell(column, f"has more than {MAX_CELL:,} characters")
        return value.strip()

    def slug(self, column: str) -> str:
        word = self.text(column)
        if word and not SLUG.match(word):
            hint = f"lower-case letters, digits and -; or give it one under [values.{column}] of a mapping"
            raise BadCell(column, f"{word!r:.60} is not a slug", hint)
        return word

    def words(self, column: str) -> list[str]:
        value = self.values.get(column)
        if isinstance(value, list):
            if not all(isinstance(word, str) for word in value):
                raise BadCell(column, "holds something that is not a text")
            return [word.strip() for word in value if word.strip()]
        divider = self.mapping.dividers.get(column, _DIVIDER.get(column, ";"))
        return [word.strip() for word in self.text(column).split(divider) if word.strip()]

    def count(self, column: str) -> int | None:
        value = self.values.get(column)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            text = value.strip().replace(",", "")
            if not text.isascii() or not text.isdigit() or len(text) > 15:
                raise BadCell(column, f"{value.strip()!r:.60} is not a number", "write a whole number")
            return int(text)
        if type(value) is not int:
            raise BadCell(column, f"{value!r:.60} is not a whole number")
        return value

    def flag(self, column: str) -> bool:
        value = self.values.get(column)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise BadCell(column, f"{word!r:.60} is neither yes nor no", "write yes or no")

    def day(self, column: str) -> date | None:
        return read_date(self.values.get(column), column, self.mapping.date_order)

    def some(self, column: str, kind: type[W]) -> tuple[W, ...]:
        """Words of a vocabulary, alphabetical, each once."""
        found = set()
        for word in self.words(column):
            if word not in set(map(str, kind)):
                what = "data category" if kind is DataCategory else "mark"
                raise BadCell(column, f"{what} {word!r:.60} is not known", f"one of {', '.join(kind)}")
            found.add(kind(word))
        return tuple(sorted(found))


def read_row(row: RawRow, mapping: LedgerMapping, jurisdiction: str, today: date) -> Entry | list[Fault]:
    """A row as an entry, or everything that is wrong with it. `jurisdiction` stands where it names none."""
    if row.bad is not None:
        return [Fault(row.line, row.bad.column, row.bad.message, row.bad.hint)]
    cells = _Cells(row, mapping)
    for name in REQUIRED:
        if cells.values.get(name) in (None, "", []):
            cells.note(name, "is empty", f"give the {name.replace('_', ' ')}")
    for name in cells.values:
        if name not in COLUMNS and not name.startswith(PAPER):
            cells.note(name, "is not a column", f"columns: {', '.join(COLUMNS)}, {PAPER}SLUG")
    fields = _fields(cells, jurisdiction)
    past = _past(cells, fields)
    days = {name: cells.read(name, cells.day, None) for name in SAID_DAYS}
    _check_days(cells, days, today)
    paper = _paper(cells) | _said(cells, days)
    if not cells.faults:
        try:
            return Entry(row.line, Filing(**fields, paper=paper), past, days["received_on"])
        except SagwanError as error:
            cells.note("", error.message, error.hint)
    return cells.faults


def _fields(cells: _Cells, jurisdiction: str) -> dict[str, Any]:
    no_targets: tuple[Target, ...] = ()
    no_data: tuple[DataCategory, ...] = ()
    targets = cells.read("targets", lambda c: _targets(cells, c), no_targets)
    accounts = cells.read("accounts", cells.count, None)
    return {
        "service": cells.read("service", cells.slug, ""),
        "jurisdiction": cells.read("jurisdiction", cells.text, "") or jurisdiction,
        "instrument": cells.read("instrument", cells.slug, ""),
        "data": cells.read("data", lambda c: cells.some(c, DataCategory), no_data),
        "accounts": len(targets) if accounts is None else accounts,
        "authority": cells.read("authority", cells.text, ""),
        "case_number": cells.read("case_number", cells.text, ""),
        "officials": tuple(cells.read("officials", cells.words, [])),
        "targets": targets,
        "text": cells.read("text", cells.text, ""),
        "emergency": cells.read("emergency", cells.flag, False),
        "channel": cells.read("channel", cells.slug, "") or "file",
    }


def _targets(cells: _Cells, column: str) -> tuple[Target, ...]:
    """Targets as the file writes them, each once. What an old ledger holds is kept as it stands there, also
    where it is no sound address or number: it is what was asked for."""
    found: dict[Target, None] = {}
    for word in cells.words(column):
        found[_target(word, cells.mapping.target_kind)] = None
    return tuple(found)


def _target(word: str, kind: str) -> Target:
    name, colon, value = word.partition(":")
    stated = WORDS.get(name.strip().lower()) if colon else None
    if stated:
        return Target(stated[0], value.strip())
    if kind:
        return Target(kind, word)
    try:
        return read_target(word)
    except SagwanError:
        hint = "write KIND:VALUE, such as account:abc, or say target_kind in the mapping"
        raise BadCell("targets", f"target {word!r:.80} names no kind", hint) from None


def _paper(cells: _Cells) -> dict[str, str]:
    named = [column for column in cells.values if column.startswith(PAPER)]
    found = {column.removeprefix(PAPER): cells.read(column, cells.text, "") for column in named}
    return {slug: value for slug, value in found.items() if value}


def _said(cells: _Cells, days: Mapping[str, date | None]) -> dict[str, str]:
    """What the ledger says of days and names, as private document items."""
    said = {name: str(day) for name, day in days.items() if day is not None}
    said |= {name: cells.read(name, cells.text, "") for name in SAID_NAMES}
    return {SAID + name.replace("_", "-"): value for name, value in said.items() if value}


def _check_days(cells: _Cells, days: Mapping[str, date | None], today: date) -> None:
    before: tuple[str, date] | None = None
    for name in SAID_DAYS:
        day = days[name]
        if day is None:
            continue
        if day > today:
            cells.note(name, f"{day} lies in the future", "check the year, and the order of day and month")
        if before and day < before[1]:
            cells.note(name, f"{day} is before {before[0]}, {before[1]}", "check the order of day and month")
        before = (name, day)


def _past(cells: _Cells, fields: Mapping[str, Any]) -> Past | None:
    """How it ended. With `complied`, data and accounts are those asked for unless the row says others."""
    word = cells.read("outcome", cells.text, "")
    given = [
        name
        for name in PAST
        if name not in ("outcome", "received_on") and cells.values.get(name) not in (None, "")
    ]
    if not word:
        for name in given:
            cells.note(name, "is given, but there is no outcome", "give the outcome, or leave it empty")
        return None
    if word not in set(Outcome):
        cells.note("outcome", f"{word!r:.60} is not an outcome", f"one of {', '.join(Outcome)}")
        return None
    outcome = Outcome(word)
    past = Past(
        outcome,
        cells.read("reason", cells.text, ""),
        cells.read("disclosed_data", lambda c: cells.some(c, DataCategory), ()),
        cells.read("disclosed_accounts", cells.count, None) or 0,
        cells.read("marks", lambda c: cells.some(c, Mark), ()),
    )
    if outcome is Outcome.COMPLIED:
        said = cells.values.get("disclosed_accounts") not in (None, "")
        past = replace(
            past, data=past.data or fields["data"], accounts=past.accounts if said else fields["accounts"]
        )
    return past


def columns_of(names: Iterable[str]) -> list[str]:
    """Which of a file's own column names are not ours."""
    return [name for name in names if name not in COLUMNS and not name.startswith(PAPER)]
