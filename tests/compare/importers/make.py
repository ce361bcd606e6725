"""Small files to import, and short ways to look at what came out."""

import io
from collections.abc import Iterable, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from sagwan.compare import Claim
from sagwan.compare.check import check_claim
from sagwan.compare.importers import Origin, Understood, read_bytes


def take(text: str | bytes, name: str = "table.csv", **origin: str) -> Understood:
    """Import a text; each of its claims is one that a store takes."""
    data = text.encode() if isinstance(text, str) else text
    understood = read_bytes(data, name, origin=Origin(**origin))
    for claim in understood.claims:
        check_claim(claim)
    return understood


def the(claims: Iterable[Claim] | Understood, **fields: str) -> Claim:
    """The one claim with these fields."""
    found = some(claims, **fields)
    assert len(found) == 1, [str(claim.figure) for claim in found]
    return found[0]


def some(claims: Iterable[Claim] | Understood, **fields: str) -> list[Claim]:
    every = claims.claims if isinstance(claims, Understood) else claims
    return [one for one in every if all(getattr(one, name) == value for name, value in fields.items())]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook of these sheets, row by row."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**files: str | bytes) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()
