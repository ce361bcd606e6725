"""Changing a report, and reading a verdict."""

import re
from dataclasses import replace

from sagwan.pages.refusals import known, told
from sagwan.verify import Failure, Status, Verdict

ROW = ("kakao", "KR", "search-and-seizure-warrant")
OPENINGS = "openings/2016H1/0.tsv"


def changed_rows(report, **counts):
    """The report with other counts in the row of Kakao's warrants."""
    rows = {key: dict(row) for key, row in report.rows.items()}
    rows[ROW].update(counts)
    return replace(report, rows=rows)


def failed(verdict: Verdict) -> list[int]:
    """The checks that failed; whatever they say, they say in Korean, too."""
    for check in verdict.checks:
        for failure in check.failures:
            assert_korean(failure.message)
            for value in (failure.expected, failure.found):
                assert not ENGLISH.search(told(value, "ko")), value
    return [check.number for check in verdict.checks if check.status is Status.FAILED]


ENGLISH = re.compile(r"\b(?:the|is|are|not|of|by|an|there|must|that|has|have|already)\b(?![-'])")
"""Words of sentences; names of fields, services and reasons are the folder's own."""


def assert_korean(text: str) -> None:
    """A failure's text has its Korean; what is quoted stays, and what Python itself says of JSON or UTF-8."""
    assert known(text), text
    said = re.sub(r"'[^']*'|JSON이 아닙니다: .*|UTF-8로 쓴 CSV가 아닙니다: .*", "", told(text, "ko"))
    assert not ENGLISH.search(said), said


def failure(verdict: Verdict, number: int) -> Failure:
    """The first failure of a check; that check must be the first one that failed."""
    assert verdict.exit_code == 1
    assert failed(verdict)[0] == number, verdict.checks
    return verdict.checks[number - 1].failures[0]


def status(verdict: Verdict, number: int) -> Status:
    return verdict.checks[number - 1].status
