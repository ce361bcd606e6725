"""Cheats with corrections and restated rows.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

from dataclasses import replace

import pytest

from sagwan.formats.report import Restated
from sagwan.record.vocabulary import LineKind
from sagwan.verify import verify
from tests.support.folder import (
    H1,
    Half,
    build,
    corrected,
    first_half,
    follow_up,
    received,
    resolved,
    second_half,
)

from .helpers import OPENINGS, ROW, failed, failure


@pytest.mark.parametrize(
    ("lines", "index", "expected", "found"),
    [
        (
            [received("a"), corrected("a", 0), corrected("a", 0)],
            2,
            "entry 0 is superseded once",
            "superseded at 1 already",
        ),
        ([received("a"), corrected("a", 2), received("b")], 1, "an index below 1", "2"),
        ([received("a"), received("b"), corrected("b", 0)], 2, None, None),
        ([received("a"), corrected("a", 0, service="daum")], 1, None, None),
        (
            [received("a"), corrected("a", 0, outcome="complied")],
            1,
            "an outcome only if entry 0 has one",
            "complied",
        ),
        ([received("a"), resolved("a"), corrected("a", 1)], 2, "an outcome only if entry 1 has one", "-"),
    ],
    ids=["twice", "forward", "other-request", "other-row", "outcome-added", "outcome-taken"],
)
def test_a_correction_that_cannot_be(tmp_path, trust, lines, index, expected, found):
    build(tmp_path, Half(H1, list(lines)))
    verdict = verify(tmp_path, trust=trust)
    first = failure(verdict, 6)
    assert (first.file, first.index) == (OPENINGS, index)
    if expected:
        assert (first.expected, first.found) == (expected, found)
    assert first.expected != first.found


@pytest.mark.parametrize(
    ("was", "is_now", "holds"),
    [("complied", "refused", False), ("refused", "complied", True), ("complied", "complied", True)],
)
def test_a_follow_up_follows_what_its_request_was_corrected_to(tmp_path, trust, was, is_now, holds):
    others = [line for n in range(20) for line in (received(f"r{n}"), resolved(f"r{n}"))]
    now = replace(resolved("a", is_now), kind=LineKind.CORRECTED, supersedes=1)
    lines = [received("a"), resolved("a", was), *others, now, follow_up("a")]
    build(tmp_path, Half(H1, lines))
    verdict = verify(tmp_path, trust=trust)
    if holds:
        assert verdict.exit_code == 0, verdict.checks
    else:
        first = failure(verdict, 6)
        assert (first.index, first.found) == (len(lines) - 1, "resolved otherwise")


def test_a_correction_of_a_withheld_line(tmp_path, trust):
    build(tmp_path, first_half(withheld={11: "lost"}), second_half(corrected("d", 11, service="daum")))
    found = failure(verify(tmp_path, trust=trust), 6)
    assert (found.file, found.index) == ("openings/2016H2/12.tsv", 15)
    assert (found.expected, found.found) == ("entry 11 is opened", "it is withheld")


def test_a_restated_row_that_is_wrong(tmp_path, trust):
    def lie(report):
        (row,) = report.restated
        return replace(report, restated=(replace(row, after=row.before),))

    build(tmp_path, first_half(), second_half(corrected("a", 0, accounts=9), report=lie))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [7]
    found = failure(verdict, 7)
    assert found.file == "report/2016H2.json"
    assert found.expected.endswith("accounts-asked 5 11") and found.found.endswith("accounts-asked 5 5")
    assert verdict.checks[6].failures[1].file == "report/2016H2.restated.csv"


def test_a_restated_row_left_out(tmp_path, trust):
    silent = second_half(corrected("a", 0, accounts=9), report=lambda r: replace(r, restated=()))
    build(tmp_path, first_half(), silent)
    assert failure(verify(tmp_path, trust=trust), 7).found == "no row"


def test_a_restated_row_without_cause(tmp_path, trust):
    row = Restated("2016H1", ROW, "requested", 3, 2)
    build(tmp_path, first_half(), second_half(report=lambda r: replace(r, restated=(row,))))
    assert failure(verify(tmp_path, trust=trust), 7).expected == "no row"
