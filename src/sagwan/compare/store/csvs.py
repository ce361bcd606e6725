"""Claims as a CSV for people: every column as printed, and the id to cite a claim by."""

import re
from collections.abc import Iterable
from pathlib import Path

from sagwan.compare.claim import WIDE_COLUMNS, Claim

STORE_COLUMNS = ("id", *WIDE_COLUMNS)
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def write_csv(claims: Iterable[Claim], path: Path) -> None:
    """Write the table, in UTF-8 with LF; what was printed is not changed, be it a formula or HTML.

    The csv module leaves a carriage return unquoted that its own reader then takes for the end of a row.
    """
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.write(",".join(STORE_COLUMNS) + "\n")
        for claim in claims:
            sink.write(",".join(_quoted(str(getattr(claim, column))) for column in STORE_COLUMNS) + "\n")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
