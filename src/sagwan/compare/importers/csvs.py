"""Text to a table of printed cells: any line end, any of four separators, quoted or not."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

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
    """The separator that most lines have the same number of, outside quotes; a comma where none has any."""
    counts: dict[str, Counter[int]] = {sign: Counter() for sign in _SEPARATORS}
    for line in _lines(text[:65536]):
        for sign in _SEPARATORS:
            if found := line.count(sign):
                counts[sign][found] += 1
    best = max(_SEPARATORS, key=lambda sign: _weight(counts[sign]))
    return best if counts[best] else ","


def _weight(lines: Counter[int]) -> tuple[int, int]:
    """How many lines agree, and on how many separators."""
    return max(((times, number) for number, times in lines.items()), default=(0, 0))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text without what stands in quotes, which may run over several."""
    parts = text.split('"')
    return iter(re.split(r"[\r\n]+", "".join(parts[::2])))
