"""The part of `sagwan receive` that takes a file of many requests in."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.output import progress, say, say_json, say_table
from sagwan.cli.queue import tally
from sagwan.cli.receipt import write_receipts
from sagwan.cli.wiring import Office
from sagwan.desk.intake.ledger import Ledger, Report, open_ledger
from sagwan.desk.intake.ledger_bad import write_bad_rows
from sagwan.desk.intake.ledger_mapping import LedgerMapping, parse_mapping

if TYPE_CHECKING:
    from sagwan.desk.intake.ledger_actions import Taken
FileOfMany = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="Many requests: .csv, .xlsx or .jsonl.")
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="The file's own columns, mapped to ours, in TOML."),
]
SkipBad = Annotated[
    bool,
    typer.Option("--skip-bad", help="Take the rows that are right; write the others to a file beside it."),
]
FileApprovedBy = Annotated[
    str,
    typer.Option(
        "--approved-by", metavar="NAME", help="Who else looked at a file of finished requests (four eyes)."
    ),
]
AllowDuplicates = Annotated[
    bool, typer.Option("--allow-duplicates", help="Take rows of one authority and case number twice.")
]


@dataclass(frozen=True, slots=True)
class FileIntake:
    """One call of `receive --file`."""

    office: Office
    by: str
    approved_by: str
    at: str | None
    as_json: bool

    def take(self, file: Path, mapping: Path | None, skip_bad: bool, duplicates: bool) -> None:
        """All rows, or with `skip_bad` the good ones, the others written beside the file. Exits with 1 where
        rows are bad."""
        from sagwan.desk.intake.ledger_actions import judge_rows

        moment = self.office.now(self.at)
        today = moment.astimezone(self.office.home.zone).date()
        words = _mapping(mapping)
        with _opened(file) as stream:
            ledger = open_ledger(
                stream, file.name, jurisdiction=self.office.home.jurisdiction, today=today, mapping=words
            )
            judge = judge_rows(self.office.desk, moment, allow_duplicates=duplicates)
            report = ledger.check(judge, allow_duplicates=duplicates)
            bad_file = _bad_file(file) if report.bad and skip_bad else None
            if bad_file:
                _write_bad(ledger, report, bad_file)
            taken: list[Taken] = []
            if report.good and (skip_bad or not report.bad):
                try:
                    taken = self._take_in(ledger, report, moment)
                except BaseException:
                    if bad_file:
                        bad_file.unlink(missing_ok=True)  # nothing was taken: all rows are still in the file
                    raise
        with progress("receipts") as tick:
            receipts = write_receipts(self.office, [one for row in taken for one in row.sealed], tick)
        self._tell(file, report, taken, receipts, bad_file)
        if report.bad:
            raise typer.Exit(1)

    def _take_in(self, ledger: Ledger, report: Report, moment: datetime) -> "list[Taken]":
        from sagwan.desk.intake.ledger_actions import take_in

        with progress("receiving") as tick:
            return take_in(
                self.office.desk, ledger, report,
                actor=self.by, approved_by=self.approved_by, at=moment, progress=tick,
            )  # fmt: skip

    def _tell(
        self, file: Path, report: Report, taken: "list[Taken]", receipts: list[Path], bad: Path | None
    ) -> None:
        if self.as_json:
            say_json(_document(report, taken, receipts, bad))
            return
        for fault in report.faults:
            where = f"{file}, line {fault.line}" + (f", column {fault.column}" if fault.column else "")
            say(f"{where}: {fault.problem}" + (f" ({fault.hint})" if fault.hint else ""))
        if taken:
            say_table(
                ("line", "number", "findings"),
                [(row.line, row.request, ", ".join(tally(row.findings))) for row in taken],
            )
        say(f"{len(taken):,} received, {report.bad:,} refused")
        for line in _notes(report, taken, bad):
            say(line)


def _notes(report: Report, taken: "list[Taken]", bad: Path | None) -> Iterable[str]:
    finished = sum(row.finished for row in taken)
    if finished:
        yield f"{finished:,} of them are finished requests of before: received, decided and sealed now."
    if taken and report.earlier:
        counts = ", ".join(f"{count:,} in {period}" for period, count in report.earlier.items())
        yield f"By the file's own dates some came in earlier ({counts}); the log counts them now."
    if bad:
        yield f"The rows that were refused are in {bad}: mend them there and take that file."
    elif report.bad and not taken:
        yield "Nothing was taken: mend the rows, or take the others with --skip-bad."


def _document(
    report: Report, taken: "list[Taken]", receipts: list[Path], bad: Path | None
) -> dict[str, object]:
    by_number: dict[str, list[str]] = {}
    sealed = [row.request for row in taken for _ in row.sealed]
    for number, path in zip(sealed, receipts, strict=True):
        by_number.setdefault(number, []).append(str(path))
    return {
        "received": [
            {
                "line": row.line,
                "number": row.request,
                "finished": row.finished,
                "receipt": by_number[row.request][0],
                "receipts": by_number[row.request],
                "findings": list(row.findings),
            }
            for row in taken
        ],
        "refused": [
            {"line": f.line, "column": f.column, "problem": f.problem, "hint": f.hint} for f in report.faults
        ],
        "rows": {"good": report.good, "bad": report.bad, "finished": report.finished},
        "earlier": dict(report.earlier),
        "bad_rows": str(bad) if bad else None,
    }


def _mapping(file: Path | None) -> LedgerMapping | None:
    return None if file is None else parse_mapping(parsing.read_bytes(file), str(file))


def _opened(file: Path):  # type: ignore[no-untyped-def]
    if not file.is_file():
        raise Unusable(f"{file} is not a file" if file.exists() else f"{file} is not there")
    return file.open("rb")


def _bad_file(file: Path) -> Path:
    target = file.with_name(f"{file.stem}-bad-rows.csv")
    if target.exists():
        raise Unusable(f"{target} exists already", hint="move it: the rows that are refused go there")
    return target


def _write_bad(ledger: Ledger, report: Report, file: Path) -> None:
    """Readable by its owner only: it holds what the file held."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8-sig", newline="") as out:  # noqa: PTH123 - a handle has no path
        write_bad_rows(ledger, report, out)
