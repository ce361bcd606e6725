"""Files of requests as they are read: workbooks, CSV and JSON Lines, and what may be wrong with them."""

import contextlib
import io
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger_mapping import LedgerMapping, parse_mapping
from sagwan.desk.intake.ledger_row import Entry
from tests.desk.intake.ledgers import MAPPING, PLAIN, mapping, opened, plain, row, workbook


def only(stream: io.BytesIO) -> list[Entry]:
    read = list(opened(stream, words=mapping()).read())
    assert all(isinstance(one, Entry) for one in read), read
    return [one for one in read if isinstance(one, Entry)]


def fault(stream: io.BytesIO, line: int) -> tuple[str, str]:
    for one in opened(stream, words=mapping()).read():
        if isinstance(one, list) and one[0].line == line:
            return one[0].column, one[0].problem
    raise AssertionError(f"row {line} is taken for good")


def test_cells_merged_downwards_share_their_value() -> None:
    rows = [row(2), row(4), row(6)]
    rows[1][2] = rows[2][2] = None
    entries = only(workbook(rows, change=lambda sheet: sheet.merge_cells("C4:C6")))
    assert [one.filing.authority for one in entries] == ["가상경찰서 수사과"] * 3


SPOILT: dict[str, tuple[Callable[..., object], str, str]] = {
    "merged sideways": (lambda s: s.merge_cells("B5:C5"), "사건번호", "merged"),
    "formula": (lambda s: s.__setitem__("D5", "=C5"), "부서", "formula without a value"),
    "error": (lambda s: s.__setitem__("D5", "#REF!"), "부서", "#REF!"),
    "date for a text": (lambda s: s.__setitem__("B5", date(2016, 1, 1)), "사건번호", "made a date of it"),
    "beyond the columns": (lambda s: s.__setitem__("Z5", "x"), "", "beyond the 16 columns"),
    "future": (lambda s: s.__setitem__("I5", date(2027, 1, 1)), "접수일", "in the future"),
    "reason without outcome": (lambda s: s.__setitem__("M5", None), "결정일", "no outcome"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_a_workbook_may_hold_beside_values(case: str) -> None:
    spoil, column, problem = SPOILT[case]
    named, said = fault(workbook([row(2), row(4)], change=spoil), 5)
    assert named == column and problem in said


def test_numbers_of_a_workbook_are_read_as_written() -> None:
    one = row(2)
    one[1], one[14] = 2016123, 2.0
    (entry,) = only(workbook([one]))
    assert entry.filing.case_number == "2016123" and entry.past and entry.past.accounts == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda w: w.replace(b'sheet = "\xeb\x8c\x80\xec\x9e\xa5"', b""), "2 sheets"),
        (lambda w: w.replace(b'"\xec\x88\x9c\xeb\xb2\x88", ', b""), "unknown column"),
        (
            lambda w: w.replace(b'reason = "\xec\x82\xac\xec\x9c\xa0"', b'reason = "Z"'),
            "lacks the column 'Z'",
        ),
        (lambda w: w.replace(b'service = "kakao"', b""), "lacks the column 'service'"),
        (lambda w: w.replace(b"[columns]", b'[columns]\ncolour = "x"'), "fills 'colour'"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(change: Callable[[bytes], bytes], says: str) -> None:
    with pytest.raises(UnusableFile, match=says):
        opened(workbook([row(2)]), words=parse_mapping(change(MAPPING.encode()), "m.toml"))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 200])
def test_a_broken_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableFile, match="not a sound workbook"):
        opened(io.BytesIO(data))


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    one = row(2)
    one[15] = "가" * 32_000
    with pytest.raises(UnusableFile, match="unpacks to too much"):
        opened(workbook([[*one[:15], f"{'0' * 30_000}{n}"] for n in range(200)]), words=mapping())


def test_semicolons_and_cp949_are_understood() -> None:
    (entry,) = plain("kakao;subscriber-information;subscriber;가상, 경찰서;1;;2016. 3. 1.").read()
    assert isinstance(entry, Entry) and entry.filing.authority == "가상, 경찰서"
    assert entry.received_on == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("ymd", "20160203", date(2016, 2, 3)),
        ("ymd", "2016년 2월 3일", date(2016, 2, 3)),
        ("dmy", "03/02/2016", date(2016, 2, 3)),
        ("mdy", "2/3/2016", date(2016, 2, 3)),
        ("dmy", "2016-02-03", date(2016, 2, 3)),
        ("dmy", "3.2.16", None),
        ("ymd", "3/2/2016", None),
        ("mdy", "13/2/2016", None),
        ("ymd", "soon", None),
    ],
)
def test_days_are_read_in_the_order_that_the_mapping_says(order: str, text: str, day: date | None) -> None:
    stream = io.BytesIO(f"{PLAIN}\nkakao;subscriber-information;subscriber;가상;1;;{text}".encode())
    (read,) = opened(stream, "a.csv", LedgerMapping(date_order=order)).read()
    assert (read.received_on if isinstance(read, Entry) else None) == day


def test_every_fault_of_a_row_is_told_at_once() -> None:
    (faults,) = plain("kakao;;nothing;가상;;;2017-01-01").read()
    assert isinstance(faults, list)
    assert {one.column for one in faults} == {"instrument", "case_number", "data", "received_on"}


def test_the_rows_of_a_large_file_are_never_held_together() -> None:
    """20,000 rows of 1 kB: what is held of the file at once stays far below its size."""
    rows = "\n".join(f"kakao;subscriber-information;subscriber;가상{'a' * 480};{n};;" for n in range(20_000))
    stream = io.BytesIO(f"{PLAIN}\n{rows}".encode())
    watched = Watched(stream)
    report = opened(watched, "a.csv").check()
    assert report.good == 20_000 and watched.longest <= 2**20 < len(stream.getvalue()) / 8


class Watched(io.BytesIO):
    """A stream that remembers the most that was read of it at once."""

    longest = 0

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream.getvalue())

    def read(self, size: int | None = -1) -> bytes:
        return self._seen(super().read(size))

    def read1(self, size: int | None = -1) -> bytes:
        return self._seen(super().read1(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._seen(super().readline(size))

    def _seen(self, data: bytes) -> bytes:
        self.longest = max(self.longest, len(data))
        return data


@settings(max_examples=150)
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from([*PLAIN.split(";"), ";", ",", "\n", '"', "kakao", "가", "\t"])).map(
        lambda parts: "".join(parts).encode()
    ),
    st.sampled_from(["a.csv", "a.jsonl", "a.xlsx"]),
)
def test_no_bytes_make_the_reading_of_a_file_fail(data: bytes, name: str) -> None:
    for start in (b"", PLAIN.encode() + b"\n", b"PK\x03\x04"):
        with contextlib.suppress(UnusableFile):
            opened(io.BytesIO(start + data), name).check()
