"""Check 7: the report's tables against the recounted ones, cell by cell and then byte by byte."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.report import (
    Report,
    Restated,
    Rows,
    decode_csv,
    decode_json,
    encode_csv,
    encode_json,
    encode_restated_csv,
)
from sagwan.formats.tally import Table, differences
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason
from sagwan.verify.errors import Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.source import REPORT_LIMIT, read_file
from sagwan.verify.verdict import PeriodVerdict


def read_report(root: Path, period: Period) -> tuple[Report | None, str]:
    """The half-year's decoded report, or None and what is wrong with it."""
    try:
        return decode_json(read_file(root, paths.report_json(period), REPORT_LIMIT)), ""
    except (Unreadable, FormatError) as error:
        return None, error.message


def restate(tables: Mapping[Period, Table], stated: dict[Period, Rows], now: Period) -> tuple[Restated, ...]:
    """What has changed in the tables of half-years before `now` since they were last stated.

    `stated` is brought up to date: what is restated now is the next report's `before`.
    """
    changes = []
    for period in sorted(stated):
        if period < now:
            counts = tables[period].counts()
            changes += [
                Restated(str(period), row, measure, before, after)
                for row, measure, before, after in differences(stated[period], counts)
            ]
            stated[period] = counts
    return tuple(changes)


def check_json(root: Path, period: Period, report: Report, recounted: Report, findings: Findings) -> None:
    """The report's JSON against `recounted`, the same report with the verifier's own counts in it."""
    file = paths.report_json(period)
    before = findings.count(7)
    _check_rows(file, report.rows, recounted.rows, findings)
    for reason in map(str, WithheldReason):
        wanted, found = recounted.withheld.get(reason, 0), report.withheld.get(reason, 0)
        if wanted != found:
            findings.add(7, file, f"withheld for {reason}", wanted, found)
    if report.period != recounted.period:
        findings.add(7, file, "the report is of another half-year", recounted.period, report.period)
    if report.origin != recounted.origin:
        findings.add(7, file, "the report is of another log", recounted.origin, report.origin)
    _check_restated(file, report.restated, recounted.restated, findings)
    if findings.count(7) == before:
        _check_bytes(root, file, encode_json(recounted), findings)


def check_csv(root: Path, period: Period, rows: Rows, findings: Findings) -> None:
    """The report's CSV against the recounted rows."""
    file = paths.report_csv(period)
    try:
        found = decode_csv(read_file(root, file, REPORT_LIMIT))
    except (Unreadable, FormatError) as error:
        findings.add(7, file, error.message, "the recounted table", "no table")
        return
    if not _check_rows(file, found, rows, findings):
        _check_bytes(root, file, encode_csv(rows), findings)


def check_restated_csv(
    root: Path, period: Period, restated: tuple[Restated, ...], findings: Findings
) -> None:
    """The restated rows' CSV, line by line."""
    file = paths.restated_csv(period)
    try:
        found = read_file(root, file, REPORT_LIMIT)
    except Unreadable as error:
        findings.add(7, file, error.message, "the restated rows", "none")
        return
    wanted = encode_restated_csv(restated)
    if found == wanted:
        return
    wanted_lines, found_lines = wanted.decode().split("\n"), found.decode("utf-8", "replace").split("\n")
    length = max(len(wanted_lines), len(found_lines))
    pairs = zip(_padded(wanted_lines, length), _padded(found_lines, length), strict=True)
    for number, (want, have) in enumerate(pairs, 1):
        if want != have:
            findings.add(7, file, f"line {number} of the restated rows", want or "none", have or "none")


def recounted_report(report: Report, origin: str, result: PeriodVerdict) -> Report:
    """The report as it must be: the provider's words and what it merely states, with the verifier's counts.

    Where its entries begin and end is for checks 2 and 3 to say.
    """
    return replace(
        report,
        origin=origin,
        period=result.period,
        rows=result.rows,
        withheld=result.withheld,
        restated=result.restated,
    )


def _check_rows(file: str, printed: Rows, recounted: Rows, findings: Findings) -> bool:
    """True if something failed."""
    failed = False
    for key in sorted(recounted.keys() - printed.keys()):
        findings.add(7, file, f"the row {' '.join(key)} is missing", _shown(recounted[key]), "no row")
        failed = True
    for key in sorted(printed.keys() - recounted.keys()):
        findings.add(7, file, f"the row {' '.join(key)} has no line", "no row", _shown(printed[key]))
        failed = True
    both = printed.keys() & recounted.keys()
    cells = differences({key: recounted[key] for key in both}, {key: printed[key] for key in both})
    for key, measure, wanted, found in cells:
        findings.add(7, file, f"row {' '.join(key)}, column {measure}", wanted, found)
        failed = True
    return failed


def _check_restated(
    file: str, printed: tuple[Restated, ...], recounted: tuple[Restated, ...], findings: Findings
) -> None:
    for row in recounted:
        if row not in printed:
            findings.add(7, file, "a restated row is missing or different", _cells(row), _like(row, printed))
    for row in printed:
        if row not in recounted and not any(_same_cell(row, other) for other in recounted):
            findings.add(7, file, "nothing restates this", "no row", _cells(row))


def _like(row: Restated, printed: tuple[Restated, ...]) -> str:
    return next((_cells(other) for other in printed if _same_cell(row, other)), "no row")


def _same_cell(one: Restated, other: Restated) -> bool:
    return (one.period, one.row, one.measure) == (other.period, other.row, other.measure)


def _cells(row: Restated) -> str:
    return " ".join(map(str, row.cells()))


def _check_bytes(root: Path, file: str, wanted: bytes, findings: Findings) -> None:
    """All cells agree; then the file has only one form: the order of rows and columns too is fixed."""
    found = read_file(root, file, REPORT_LIMIT)
    if found == wanted:
        return
    lines = zip(wanted.split(b"\n"), found.split(b"\n"), strict=False)  # one may be longer
    number, want, have = next(
        ((n, w, h) for n, (w, h) in enumerate(lines, 1) if w != h),
        (0, b"%d bytes" % len(wanted), b"%d bytes" % len(found)),
    )
    where = f"line {number}" if number else "the end"
    findings.add(
        7,
        file,
        f"{where} is not in the form that reports have",
        want.decode(),
        have.decode("utf-8", "replace"),
    )


def _shown(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count) or "all 0"


def _padded(lines: list[str], length: int) -> list[str]:
    return [*lines, *[""] * (length - len(lines))]
