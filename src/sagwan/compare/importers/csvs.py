"""Text to a table of printed cells: any line end, any of four separators, quoted or not."""

import csv
import io

from sagwan.compare.importers.errors import ImporterError
from sagwan.compare.importers.limits import Limits
from sagwan.compare.importers.table import Row, Table

_SEPARATORS = ",;\t|"


def read_csv(text: str, name: str, limits: Limits) -> Table:
    """The rows of a CSV text. Raises ImporterError where quotes do not close, TooLarge past a limit.

    The csv module itself allows 131,072 characters a cell, whatever the limit.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    rows: list[Row] = []
    first = 1
    try:
        for cells in reader:
            limits.check_row(name, len(rows) + 1, len(cells), max(map(len, cells), default=0))
            if cells:
                rows.append(Row(first, tuple(cells)))
            first = reader.line_num + 1
    except csv.Error as error:
        raise ImporterError(
            f"{name}, line {first}: {error}", hint="a quote that does not close, or a cell that is too long"
        ) from None
    return Table(tuple(rows))


def separator(text: str) -> str:
    """The separator that occurs most, outside quotes, in the first line that has any; else a comma."""
    for line in io.StringIO(text[:65536]):
        counts = dict.fromkeys(_SEPARATORS, 0)
        quoted = False
        for mark in line:
            if mark == '"':
                quoted = not quoted
            elif not quoted and mark in counts:
                counts[mark] += 1
        best = max(counts, key=lambda one: counts[one])
        if counts[best]:
            return best
    return ","
