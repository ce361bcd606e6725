"""The opening line: round trip, and every field that must be refused."""

import dataclasses
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import FIELD_NAMES, commitment, parse
from sagwan.record.period import Period

from .strategies import openings

RECEIVED = (
    b"sagwan/1\t0123456789abcdef0123456789abcdef\treceived\t00000000000000aa\t2016H1\tkakao\tKR\t"
    b"search-and-seizure-warrant\t-\t-\taccess,content\t12\temergency\t" + b"ab" * 32 + b"\t-"
)
RESOLVED = RECEIVED.replace(b"received", b"resolved").replace(
    b"warrant\t-\t-", b"warrant\tpartial\tscope-narrowed"
)


def with_field(line: bytes, name: str, value: str) -> bytes:
    fields = line.split(b"\t")
    fields[FIELD_NAMES.index(name)] = value.encode()
    return b"\t".join(fields)


@given(openings())
def test_a_line_gives_back_its_opening_and_an_opening_its_line(opening):
    line = opening.line()
    assert parse(line) == opening
    assert parse(line).line() == line
    assert line.count(b"\t") == 14


@given(openings(), st.data())
def test_whatever_parse_accepts_it_gives_back_byte_for_byte(opening, data):
    line = bytearray(opening.line())
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] = data.draw(st.integers(0, 255))
    try:
        parsed = parse(bytes(line))
    except FormatError:
        return
    assert parsed.line() == bytes(line)


def test_the_commitment_is_the_sha256_of_the_line():
    assert commitment(RECEIVED) == hashlib.sha256(RECEIVED).digest()
    assert parse(RECEIVED).row == ("kakao", "KR", "search-and-seizure-warrant")


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (RECEIVED, "format", "sagwan/2"),
        (RECEIVED, "salt", "0123456789ABCDEF0123456789abcdef"),
        (RECEIVED, "salt", "00"),
        (RECEIVED, "kind", "arrived"),
        (RECEIVED, "request", "00000000000000a"),
        (RECEIVED, "period", "2016H3"),
        (RECEIVED, "period", "2016h1"),
        (RECEIVED, "service", "Kakao"),
        (RECEIVED, "service", "-"),
        (RECEIVED, "jurisdiction", "KOR"),
        (RECEIVED, "jurisdiction", "-"),
        (RECEIVED, "instrument", "-"),
        (RECEIVED, "instrument", ""),
        (RECEIVED, "outcome", "complied"),
        (RECEIVED, "reason", "retention-expired"),
        (RECEIVED, "data", "content,access"),
        (RECEIVED, "data", "access,access"),
        (RECEIVED, "data", "everything"),
        (RECEIVED, "accounts", "012"),
        (RECEIVED, "accounts", "-1"),
        (RECEIVED, "accounts", "1,2"),
        (RECEIVED, "marks", "urgent"),
        (RECEIVED, "marks", "notified,emergency"),
        (RECEIVED, "private", "ab" * 31),
        (RECEIVED, "supersedes", "4"),
        (RESOLVED, "outcome", "-"),
        (RESOLVED, "outcome", "PARTIAL"),
        (RESOLVED, "reason", "-"),
        (RESOLVED, "data", "-"),
    ],
)
def test_a_field_that_breaks_the_grammar_is_named(line, field, value):
    with pytest.raises(FormatError, match=f"field {field}|field reason"):
        parse(with_field(line, field, value))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        RECEIVED + b"\n",
        RECEIVED + b"\r",
        RECEIVED + b"\t-",
        RECEIVED.replace(b"\t", b" "),
        b"\xff" + RECEIVED,
    ],
)
def test_a_line_of_another_shape_is_refused(line):
    with pytest.raises(FormatError):
        parse(line)


@pytest.mark.parametrize("outcome", ["refused", "no-data", "withdrawn"])
def test_nothing_is_disclosed_where_nothing_went_out(outcome):
    line = with_field(RESOLVED, "outcome", outcome)
    with pytest.raises(FormatError, match="field data"):
        parse(line)
    line = with_field(line, "data", "-")
    with pytest.raises(FormatError, match="field accounts"):
        parse(line)
    assert parse(with_field(line, "accounts", "0")).outcome == outcome


def test_complied_gives_no_reason():
    line = with_field(RESOLVED, "outcome", "complied")
    with pytest.raises(FormatError, match="field reason"):
        parse(line)
    parse(with_field(line, "reason", "-"))


def test_a_corrected_line_names_what_it_replaces():
    with pytest.raises(FormatError, match="supersedes"):
        parse(with_field(RESOLVED, "kind", "corrected"))
    parse(with_field(with_field(RESOLVED, "kind", "corrected"), "supersedes", "0"))


@given(openings().filter(lambda o: o.kind in ("cover", "report")))
def test_cover_and_report_lines_count_nothing(opening):
    for change in ({"accounts": 1}, {"data": ("access",)}, {"service": "kakao"}, {"marks": ("blinded",)}):
        with pytest.raises(FormatError):
            parse(dataclasses.replace(opening, **change).line())


def test_a_report_line_names_the_half_year_it_reports():
    line = with_field(with_field(RECEIVED, "kind", "report"), "instrument", "2016h1")
    for name, value in {
        "service": "-",
        "jurisdiction": "-",
        "data": "-",
        "accounts": "0",
        "marks": "-",
    }.items():
        line = with_field(line, name, value)
    line = with_field(line, "period", "2016H2")
    assert parse(line).reported == Period(2016, 1)
    with pytest.raises(FormatError, match="instrument"):
        parse(line.replace(b"2016h1", b"2016h3"))
