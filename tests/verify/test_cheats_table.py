"""Cheats in the totals: caught by the recount (check 7), or by the manifest (check 4) if done after sealing.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

from dataclasses import replace

from sagwan.formats.manifest import digest
from sagwan.verify import verify
from tests.support.folder import (
    build,
    first_half,
)

from .helpers import ROW, changed_rows, failed, failure


def test_a_changed_total(tmp_path, trust):
    build(tmp_path, first_half(report=lambda r: changed_rows(r, processed=3)))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 7)
    assert failed(verdict) == [7]
    assert (found.file, found.expected, found.found) == ("report/2016H1.json", "2", "3")
    assert "column processed" in found.message and "kakao" in found.message
    assert verdict.checks[6].failures[1].file == "report/2016H1.csv"


def test_a_total_changed_in_the_csv_only(tmp_path, trust):
    old, new = b"warrant,3,2,", b"warrant,3,1,"
    build(tmp_path, first_half(csv=lambda data: data.replace(old, new)))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 7)
    assert failed(verdict) == [7]
    assert (found.file, found.expected, found.found) == ("report/2016H1.csv", "2", "1")


def test_a_total_changed_after_sealing(tmp_path, trust):
    build(tmp_path, first_half())
    file = tmp_path / "report/2016H1.csv"
    before = file.read_bytes()
    file.write_bytes(before.replace(b"warrant,3,2,", b"warrant,3,1,"))
    found = failure(verify(tmp_path, trust=trust), 4)
    assert (found.file, found.expected) == ("report/2016H1.csv", digest(before))
    assert found.found == digest(file.read_bytes())


def test_a_row_left_out(tmp_path, trust):
    build(tmp_path, first_half(report=lambda r: replace(r, rows={ROW: r.rows[ROW]})))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 7)
    assert failed(verdict) == [7]
    assert (found.file, found.found) == ("report/2016H1.json", "no row")
    assert "requested 1" in found.expected and "daum KR search-and-seizure-warrant" in found.message


def test_a_row_too_many(tmp_path, trust):
    extra = ("kakao", "KR", "zeal")
    build(tmp_path, first_half(report=lambda r: replace(r, rows={**r.rows, extra: r.rows[ROW]})))
    found = failure(verify(tmp_path, trust=trust), 7)
    assert found.expected == "no row" and "zeal" in found.message


def test_rows_in_another_order(tmp_path, trust):
    build(tmp_path, first_half(report=lambda r: replace(r, rows=dict(reversed(r.rows.items())))))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [7]
    assert "form" in failure(verdict, 7).message


def test_withheld_entries_printed_as_another_number(tmp_path, trust):
    half = first_half(
        withheld={10: "banded"}, report=lambda r: replace(r, withheld={**r.withheld, "banded": 0})
    )
    build(tmp_path, half)
    found = failure(verify(tmp_path, trust=trust), 7)
    assert (found.file, found.expected, found.found) == ("report/2016H1.json", "1", "0")
