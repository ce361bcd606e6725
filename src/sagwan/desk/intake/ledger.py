"""A file of requests, CSV, workbook or JSON Lines, checked row by row without ever being held whole.

`open_ledger` finds what kind of file it is and which columns it has; `check` reads every row and says what is
wrong with which; `entries` reads the good ones again. The columns are told in docs/reference/intake-files.md.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import BinaryIO, Protocol

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger_cells import BAD_ROWS, MAX_FILE, MAX_ROWS, Fault, RawRow
from sagwan.desk.intake.ledger_csv import CsvTable
from sagwan.desk.intake.ledger_json import JsonTable
from sagwan.desk.intake.ledger_mapping import LedgerMapping
from sagwan.desk.intake.ledger_row import COLUMNS, PAPER, REQUIRED, Entry, columns_of, read_row
from sagwan.record.period import Period

MAX_FAULTS = 10_000
"""So many faults are kept one by one; all are counted."""

Judge = Callable[[Sequence[Entry]], Sequence[Fault | None]]
"""What only the home and the law of the day can say of some rows, one by one; columns by our names."""
BATCH = 250


@dataclass(frozen=True, slots=True)
class Report:
    """What a look at every row found. `bad` counts rows, of which one may have several `faults`.

    `earlier`: half-year → how many good rows say that they came in then, of those before the present one.
    """

    good: int = 0
    finished: int = 0
    bad: int = 0
    faults: tuple[Fault, ...] = ()
    bad_lines: frozenset[int] = frozenset()
    earlier: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.good + self.bad


class Table(Protocol):
    """What the three kinds of file offer; `header` is None where each row names its own columns."""

    header: list[str] | None

    def rows(self) -> Iterator[RawRow]: ...


class Ledger:
    """A file of requests, open: its rows can be read as often as needed."""

    def __init__(self, table: Table, mapping: LedgerMapping, jurisdiction: str, today: date) -> None:
        self._table, self._mapping = table, mapping
        self._jurisdiction, self._today = jurisdiction, today

    @property
    def header(self) -> list[str]:
        """The file's columns; [] for JSON Lines, whose rows name their own."""
        return list(self._table.header or ())

    def raw_rows(self) -> Iterator[RawRow]:
        """Every row as the file has it. Raises UnusableFile past MAX_ROWS, or where there is none."""
        number = 0
        for number, row in enumerate(self._table.rows(), 1):
            if number > MAX_ROWS:
                raise UnusableFile(f"the file has more than {MAX_ROWS:,} rows", hint="split it")
            yield row
        if not number:
            raise UnusableFile(
                "the file holds no request", hint="the first row below the columns' names is one"
            )

    def read(self) -> Iterator[Entry | list[Fault]]:
        """Every row as an entry, or what is wrong with it."""
        for row in self.raw_rows():
            yield read_row(row, self._mapping, self._jurisdiction, self._today)

    def check(
        self, judge: Judge = lambda rows: [None] * len(rows), *, allow_duplicates: bool = False
    ) -> Report:
        """Look at every row. A row of the same service, instrument, authority and case number as one before
        it is a fault unless `allow_duplicates`."""
        counts: Counter[str] = Counter()
        faults: list[Fault] = []
        bad_lines: set[int] = set()
        seen: dict[bytes, int] = {}
        earlier: Counter[str] = Counter()
        present = _half_year(self._today)
        for entry, fault in self._judged(judge):
            found = entry if isinstance(entry, list) else self._of_file(entry, fault, seen, allow_duplicates)
            if found:
                bad_lines.add(found[0].line)
                faults += found[: max(0, MAX_FAULTS - len(faults))]
            elif isinstance(entry, Entry):
                counts["good"] += 1
                counts["finished"] += entry.past is not None
                if entry.received_on and _half_year(entry.received_on) != present:
                    earlier[str(_half_year(entry.received_on))] += 1
        return Report(
            counts["good"], counts["finished"], len(bad_lines), tuple(faults), frozenset(bad_lines),
            dict(sorted(earlier.items())),
        )  # fmt: skip

    def entries(self, report: Report) -> Iterator[Entry]:
        """The rows that the report found good. Raises UnusableFile where the file has changed since."""
        count = 0
        for entry in self.read():
            if isinstance(entry, Entry) and entry.line not in report.bad_lines:
                count += 1
                yield entry
        if count != report.good:
            raise UnusableFile("the file changed while it was read", hint="try again")

    def _judged(self, judge: Judge) -> Iterator[tuple[Entry | list[Fault], Fault | None]]:
        rows = self.read()
        while batch := list(islice(rows, BATCH)):
            good = [row for row in batch if isinstance(row, Entry)]
            said = iter(judge(good))
            for row in batch:
                yield row, next(said) if isinstance(row, Entry) else None

    def _of_file(
        self, entry: Entry, fault: Fault | None, seen: dict[bytes, int], duplicates: bool
    ) -> list[Fault]:
        if fault is None and not duplicates:
            filing = entry.filing
            words = (filing.service, filing.instrument, filing.authority, filing.case_number)
            key = hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).digest()[:16]
            if key in seen:
                fault = Fault(
                    entry.line,
                    "case_number",
                    f"the same service, instrument, authority and case number as line {seen[key]}",
                    "take it out, or allow duplicates",
                )
            seen.setdefault(key, entry.line)
        if fault is None:
            return []
        named = self._mapping.named(fault.column) if fault.column else ""
        return [Fault(fault.line, named, fault.problem, fault.hint)]


def open_ledger(
    stream: BinaryIO, name: str, *, jurisdiction: str, today: date, mapping: LedgerMapping | None = None
) -> Ledger:
    """Open a file of requests; raise UnusableFile where it is none, or its columns are not known.

    `stream` must be seekable and stay open. `name` tells JSON Lines from CSV by its end; a workbook is told
    by its first bytes. `jurisdiction` stands where a row names none; `today` is in the provider's zone.
    """
    mapping = mapping or LedgerMapping()
    stream.seek(0, 2)
    if stream.tell() > MAX_FILE:
        raise UnusableFile(f"{name} is larger than {MAX_FILE // 2**20} MiB", hint="split it")
    stream.seek(0)
    start, ending = stream.read(4), name.rpartition(".")[2].lower()
    table: Table
    if start == b"PK\x03\x04":
        from sagwan.desk.intake.ledger_xlsx import XlsxTable  # noqa: PLC0415 - openpyxl takes a while

        table = XlsxTable(stream, name, mapping.header_row, mapping.sheet)
    elif ending in ("jsonl", "ndjson"):
        table = JsonTable(stream, name)
    elif ending in ("csv", "tsv", "txt"):
        table = CsvTable(stream, name, mapping.header_row, mapping.encoding)
    else:
        raise UnusableFile(
            f"{name} is neither CSV, workbook (.xlsx) nor JSON Lines", hint="save it as one of them"
        )
    if table.header is not None:
        _check_header(table.header, mapping, f"{name}, line {mapping.header_row}")
    return Ledger(table, mapping, jurisdiction, today)


def _check_header(header: list[str], mapping: LedgerMapping, where: str) -> None:
    passed = (*mapping.ignore, *BAD_ROWS)
    twice = sorted({name for name in header if header.count(name) > 1})
    if mapping.columns:
        theirs = {name for names in mapping.columns.values() for name in names}
        missing = sorted(theirs - set(header))
        unknown = [name for name in header if name not in theirs and name not in passed]
        hint = "columns of the file: " + ", ".join(filter(None, header))
        unmapped = columns_of(mapping.columns)
        if unmapped:
            raise UnusableFile(f"the mapping fills {', '.join(map(repr, unmapped))}", hint=_known())
        missing += [n for n in REQUIRED if n not in mapping.columns and n not in mapping.defaults]
    else:
        missing = [name for name in REQUIRED if name not in header and name not in mapping.defaults]
        unknown = [name for name in columns_of(header) if name not in passed]
        hint = _known()
    problems = (
        ("lacks the column", missing),
        ("has an unknown column", unknown),
        ("repeats", twice),
    )
    for what, names in problems:
        if names:
            raise UnusableFile(f"{where}: {what} {', '.join(map(repr, names))}", hint=hint)


def _known() -> str:
    return f"columns: {', '.join(COLUMNS)}, {PAPER}SLUG"


def _half_year(day: date) -> Period:
    return Period(day.year, 1 if day.month <= 6 else 2)
