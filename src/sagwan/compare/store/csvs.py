"""Tables as CSV for people: every cell as printed; of claims, all columns and the id to cite each by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sagwan.compare.claim import WIDE_COLUMNS, Claim

STORE_COLUMNS = ("id", *WIDE_COLUMNS)
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def write_csv(claims: Iterable[Claim], path: Path) -> None:
    """Write a table of claims, in UTF-8 with LF; what was printed is not changed, be it a formula or HTML."""
    rows = ([getattr(claim, column) for column in STORE_COLUMNS] for claim in claims)
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.writelines(csv_lines(STORE_COLUMNS, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The header and each row as a line of CSV; None is an empty cell.

    The csv module leaves a carriage return unquoted that its own reader then takes for the end of a row.
    """
    yield ",".join(columns) + "\n"
    for row in rows:
        yield ",".join(_quoted("" if cell is None else str(cell)) for cell in row) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
