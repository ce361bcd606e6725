"""Changing a report, and reading a verdict."""

from dataclasses import replace

from sagwan.verify import Failure, Status, Verdict

ROW = ("kakao", "KR", "search-and-seizure-warrant")
OPENINGS = "openings/2016H1/0.tsv"


def changed_rows(report, **counts):
    """The report with other counts in the row of Kakao's warrants."""
    rows = {key: dict(row) for key, row in report.rows.items()}
    rows[ROW].update(counts)
    return replace(report, rows=rows)


def failed(verdict: Verdict) -> list[int]:
    """The checks that failed, by number."""
    return [check.number for check in verdict.checks if check.status is Status.FAILED]


def failure(verdict: Verdict, number: int) -> Failure:
    """The first failure of a check; that check must be the first one that failed."""
    assert verdict.exit_code == 1
    assert failed(verdict)[0] == number, verdict.checks
    return verdict.checks[number - 1].failures[0]


def status(verdict: Verdict, number: int) -> Status:
    return verdict.checks[number - 1].status
