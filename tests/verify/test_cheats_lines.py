"""Cheats in the openings: lines dropped, added, changed, swapped, misdated, malformed or withheld.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

import hashlib
from dataclasses import replace

from sagwan.verify import verify
from tests.support.folder import (
    H1,
    Keys,
    build,
    first_half,
    received,
)

from .helpers import OPENINGS, ROW, changed_rows, failed, failure


def test_a_dropped_opening(tmp_path, trust):
    publisher = build(tmp_path, first_half(published=lambda lines: lines[:4] + lines[5:]))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 5)
    assert (found.file, found.index) == (OPENINGS, 4)
    assert found.expected == publisher.entries[4].hex() and found.found == publisher.entries[5].hex()
    missing = verdict.checks[5].failures[0]
    assert (missing.file, missing.expected, missing.found) == (OPENINGS, "12 lines", "11 lines")


def test_the_last_opening_dropped_and_not_counted(tmp_path, trust):
    keys = Keys()
    honest = build(tmp_path / "honest", first_half(), keys=keys)
    rows = {key: dict(row) for key, row in honest.stated[H1].items()}
    rows[("daum", *ROW[1:])].update({"withdrawn": 0})
    del rows[("daum", *ROW[1:])]["reason.withdrawn-by-authority"]
    half = first_half(published=lambda lines: lines[:-1], report=lambda r: replace(r, rows=rows))
    build(tmp_path / "cheat", half, keys=keys)
    verdict = verify(tmp_path / "cheat", trust=trust)
    assert failed(verdict) == [6]
    found = failure(verdict, 6)
    assert (found.file, found.index, found.expected, found.found) == (OPENINGS, 11, "12 lines", "11 lines")


def test_an_opening_added(tmp_path, trust):
    extra = replace(received("ghost"), period="2016H1").line()
    half = first_half(
        published=lambda lines: [*lines, extra],
        report=lambda r: changed_rows(r, requested=4, **{"accounts-asked": 6}),
    )
    build(tmp_path, half)
    found = failure(verify(tmp_path, trust=trust), 6)
    assert (found.file, found.index, found.expected, found.found) == (OPENINGS, 12, "12 lines", "13 lines")


def test_a_changed_line(tmp_path, trust):
    def change(lines):
        lines[2] = lines[2].replace(b"content\t2\t", b"content\t1\t")
        return lines

    lie = {"accounts-disclosed": 2}
    publisher = build(tmp_path, first_half(published=change, report=lambda r: changed_rows(r, **lie)))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [5]
    found = failure(verdict, 5)
    line = (tmp_path / OPENINGS).read_bytes().split(b"\n")[2]
    assert (found.file, found.index) == (OPENINGS, 2)
    assert found.expected == publisher.entries[2].hex()
    assert found.found == hashlib.sha256(line).hexdigest()


def test_two_lines_swapped(tmp_path, trust):
    def swap(lines):
        lines[0], lines[1] = lines[1], lines[0]
        return lines

    publisher = build(tmp_path, first_half(published=swap))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [5]
    found = failure(verdict, 5)
    assert (found.file, found.index) == (OPENINGS, 0)
    assert (found.expected, found.found) == (publisher.entries[0].hex(), publisher.entries[1].hex())


def test_a_line_of_another_half_year(tmp_path, trust):
    half = first_half()
    half.lines[1] = replace(half.lines[1], period="2015H2")
    build(tmp_path, half)
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [5]
    found = failure(verdict, 5)
    assert (found.file, found.index, found.expected, found.found) == (OPENINGS, 1, "2016H1", "2015H2")


def test_an_outcome_in_capitals(tmp_path, trust):
    def shout(lines):
        lines[2] = lines[2].replace(b"complied", b"COMPLIED")
        return lines

    half = first_half(
        sealed=shout,
        report=lambda r: changed_rows(r, processed=1, complied=0, **{"accounts-disclosed": 1}),
    )
    build(tmp_path, half)
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 5)
    assert (found.file, found.index) == (OPENINGS, 2)
    assert "outcome" in found.message and "COMPLIED" in found.found


def test_withheld_without_a_reason(tmp_path, trust):
    def silence(lines):
        lines[10] = b"withheld\t\t" + hashlib.sha256(lines[10]).hexdigest().encode()
        return lines

    build(tmp_path, first_half(published=silence))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [5]
    found = failure(verdict, 5)
    assert (found.file, found.index) == (OPENINGS, 10)
    assert found.found.startswith("withheld\\t\\t")


def test_withheld_for_a_reason_of_ones_own(tmp_path, trust):
    def excuse(lines):
        lines[10] = b"withheld\tprivacy\t" + hashlib.sha256(lines[10]).hexdigest().encode()
        return lines

    build(tmp_path, first_half(published=excuse))
    assert "privacy" in failure(verify(tmp_path, trust=trust), 5).message


def test_withheld_under_another_commitment(tmp_path, trust):
    def forge(lines):
        lines[10] = b"withheld\tlost\t" + b"ab" * 32
        return lines

    half = first_half(withheld={10: "lost"}, published=forge)
    publisher = build(tmp_path, half)
    found = failure(verify(tmp_path, trust=trust), 5)
    assert (found.index, found.expected, found.found) == (10, publisher.entries[10].hex(), "ab" * 32)
