"""Files that hold tables, and are of a kind that is not read: said by name, with what to do."""

from sagwan.compare.importers.errors import ImporterError

_STARTS = (
    (b"\xd0\xcf\x11\xe0", "an old binary document (.xls, .doc, .hwp)", "save it as .xlsx or CSV"),
    (b"%PDF", "a PDF", "prepare its table as CSV: docs/reference/importers.md says how"),
    (b"{\\rtf", "an RTF document", "prepare its table as CSV: docs/reference/importers.md says how"),
)
_SHEET = b"application/vnd.oasis.opendocument"
_PAGES = (b"<!doctype html", b"<html", b"<table")
_BINARY_BOOK = b"xl/workbook.bin"


def check_kind(data: bytes, name: str) -> None:
    """Raise ImporterError for a file of a kind that is known and not read."""
    for start, what, hint in _STARTS:
        if data.startswith(start):
            raise ImporterError(f"{name} is {what}, which is not read", hint=hint)
    if _SHEET in data[:200]:
        raise ImporterError(
            f"{name} is an OpenDocument file, which is not read", hint="save it as .xlsx or CSV"
        )
    if data.startswith(b"PK") and _BINARY_BOOK in data[-4096:]:
        raise ImporterError(
            f"{name} is a binary workbook (.xlsb), which is not read", hint="save it as .xlsx"
        )
    if data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise ImporterError(
            f"{name} is a web page, not a table", hint="download the table itself, or prepare it as CSV"
        )
