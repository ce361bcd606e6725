"""Our own table of claims, with its fourteen columns or all of them: taken as it is."""

import csv
import io

from sagwan.compare.claim import COLUMNS, Claim
from sagwan.compare.importers.csvs import separator
from sagwan.compare.importers.understood import Document, Spot, Unread
from sagwan.compare.load import parse
from sagwan.compare.value import Missing, MissingState

NAME = "claims"


def knows(document: Document) -> bool:
    """True for a table whose header holds what a claims table cannot do without."""
    return any(table.rows and is_header(table.rows[0].cells) for table in document.tables[:1])


def is_header(cells: tuple[str, ...]) -> bool:
    return set(COLUMNS) <= {cell.removeprefix("\ufeff") for cell in cells}


def read(document: Document) -> tuple[Claim, ...]:
    """The claims of a table. Raises ClaimsError where a row is not one."""
    return parse(_as_csv(document), document.name)


def _as_csv(document: Document) -> str:
    """The text itself; a workbook, or a table with another separator, written anew with commas."""
    if document.text and separator(document.text) == ",":
        return document.text
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    rows = document.tables[0].rows
    for row in rows:
        # The empty cells at the end of a workbook's row are not stored.
        writer.writerow([*row.cells, *[""] * (len(rows[0].cells) - len(row.cells))])
    return stream.getvalue()


def unread(claims: tuple[Claim, ...]) -> tuple[Unread, ...]:
    """The claims whose cells cannot be read."""
    return tuple(
        Unread(Spot(claim.file, claim.sheet, claim.line), claim.value, "cannot be read", claim.id)
        for claim in claims
        if isinstance(claim.read, Missing) and claim.read.state is MissingState.UNREADABLE
    )
