"""Bytes to text: byte order marks first, then UTF-8, then what else the bytes can only be."""

import re
from dataclasses import dataclass

from sagwan.compare.importers.errors import BadEncoding

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 4096
_HANGUL = re.compile("[\uac00-\ud7a3]")
# Byte sequences that are UTF-8 and hardly anything else: three bytes, or a Latin letter with an accent.
_SURELY_UTF8 = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_LIKELY_UTF8 = re.compile(rb"\xc3[\x80-\xbf](?![\x80-\xff])")


@dataclass(frozen=True, slots=True)
class Text:
    """Text and the encoding that it was read in."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Text:
    """Decode a file. Raises BadEncoding where it is no text, or in two encodings at once.

    Without a mark: UTF-16 where every second byte is NUL, UTF-8 where it is valid, CP949 where that gives
    Hangul, else Windows-1252 or Latin-1 (which never fail, so they come last).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Text(_strict(data[len(mark) :], encoding, name), encoding)
    if b"\0" in data[:_SAMPLE]:
        return _without_mark(data, name)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"{name} is marked as {encoding.upper()}, but byte {error.start} is not",
            hint="save the file anew as UTF-8",
        ) from None


def _without_mark(data: bytes, name: str) -> Text:
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if half and zeros > half * 0.4 and sample.count(0) - zeros < half * 0.05:
            return Text(_strict(data, encoding, name), encoding)
    raise BadEncoding(f"{name} holds NUL bytes: it is no text", hint="is it a workbook under another name?")


def _legacy(data: bytes, name: str) -> Text:
    cp949 = _decoded(data, "cp949")
    korean = cp949 is not None and _HANGUL.search(cp949) is not None
    _check_one_encoding(data, name, korean)
    if cp949 is not None and korean:
        return Text(cp949, "cp949")
    western = _decoded(data, "cp1252")
    return Text(western, "cp1252") if western is not None else Text(data.decode("latin-1"), "latin-1")


def _check_one_encoding(data: bytes, name: str, korean: bool) -> None:
    """Raise BadEncoding where some lines are surely UTF-8 and others surely not."""
    utf8 = other = 0
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", data), 1):
        if line.isascii():
            continue
        if _decoded(line, "utf-8") is None:
            other = other or number
        elif _SURELY_UTF8.search(line) or (not korean and _LIKELY_UTF8.search(line)):
            utf8 = utf8 or number
        if utf8 and other:
            raise BadEncoding(
                f"{name} is in two encodings: line {utf8} is UTF-8, line {other} is not",
                hint="save the file anew as UTF-8 and look at the names in it",
            )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
