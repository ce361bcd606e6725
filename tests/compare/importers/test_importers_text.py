import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare.importers import DEFAULT, BadEncoding, ImporterError, Limits, TooLarge
from sagwan.compare.importers.csvs import read_csv, separator
from sagwan.compare.importers.text import decode

KOREAN = "기관,요청\n경찰,1\n"


def rows(text: str, limits: Limits = DEFAULT) -> list[tuple[str, ...]]:
    return [row.cells for row in read_csv(text, "t.csv", limits).rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    text = "Country,Requests\nSouth Korea,12\n"
    assert decode(text.encode(encoding), "t").text == text


def test_cp949_is_known_by_its_hangul() -> None:
    read = decode(KOREAN.encode("cp949"), "t")
    assert (read.text, read.encoding) == (KOREAN, "cp949")


def test_western_bytes_are_windows_1252_or_else_latin_1() -> None:
    assert decode("Réunion".encode("cp1252"), "t").encoding == "cp1252"
    assert decode(b"R\xe9union\x81", "t").encoding == "latin-1"


def test_two_encodings_in_one_file_are_an_error_that_names_both_lines() -> None:
    data = b"Country,Requests\n" + "경찰,1\n".encode() + "검찰,2\n".encode("cp949")
    with pytest.raises(BadEncoding, match="line 2 is UTF-8, line 3 is not"):
        decode(data, "t.csv")
    with pytest.raises(BadEncoding, match="two encodings"):
        decode("Türkiye,1\n".encode() + "Réunion,2\n".encode("latin-1"), "t.csv")


def test_a_mark_that_lies_and_bytes_that_are_no_text_are_errors() -> None:
    with pytest.raises(BadEncoding, match="marked as UTF-8, but byte 3"):
        decode(b"\xef\xbb\xbfabc\xff", "t.csv")
    with pytest.raises(BadEncoding, match="NUL"):
        decode(b"abc\0\0\0def", "t.csv")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_always_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "t").text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_a_line_end(end: str) -> None:
    text = end.join(["a,b", '"1,024","x""y"', "3,4", ""])
    assert rows(text) == [("a", "b"), ("1,024", 'x"y'), ("3", "4")]


def test_rows_know_their_line_in_the_file() -> None:
    text = 'a,b\n"one\ntwo",1\n\n3,4\n'
    assert [(row.number, row.cells) for row in read_csv(text, "t", DEFAULT).rows] == [
        (1, ("a", "b")),
        (2, ("one\ntwo", "1")),
        (5, ("3", "4")),
    ]


@pytest.mark.parametrize(("line", "mark"), [("a;b;c", ";"), ("a\tb", "\t"), ("a|b", "|"), ('"a,b";c', ";")])
def test_separators(line: str, mark: str) -> None:
    assert separator(f"\n{line}\n") == mark


def test_an_open_quote_is_an_error_that_names_its_line() -> None:
    with pytest.raises(ImporterError, match="line 2"):
        rows('a,b\n"open,1\n2,3\n')


def test_limits_name_what_is_too_large() -> None:
    small = Limits(bytes=100, rows=2, columns=3, cell=5)
    with pytest.raises(TooLarge, match="more than 2 rows"):
        rows("a\nb\nc\n", small)
    with pytest.raises(TooLarge, match="row 1: 4 cells"):
        rows("a,b,c,d\n", small)
    with pytest.raises(TooLarge, match="a cell of 6 characters"):
        rows("abcdef\n", small)
    with pytest.raises(TooLarge, match="more than the 100 bytes"):
        small.check_bytes("t.csv", 101)


def test_a_megabyte_cell_is_refused() -> None:
    with pytest.raises(ImporterError, match="line 2"):
        rows("a,b\n" + "x" * 2**20 + ",1\n")
