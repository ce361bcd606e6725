"""A sheet that somebody laid out, as numbers with the words above and beside each; merged cells are spread.

Rows without a number are heads: those in a run stand above all numbers up to the next run. A head that stands
alone in its row is a title of everything below it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sagwan.compare.importers.table import Row, Table
from sagwan.compare.importers.written import is_dash, plain

_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(r"<? ?[0-9][0-9,' .]*%?(?: ?(?:건|개|명|[*\u2020\u2021]+))?(?: ?\([0-9,]+\))?")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number or dash, its row from 1, the heads above it, outermost first, and its labels."""

    row: int
    text: str
    titles: tuple[str, ...]
    above: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    titles: list[str] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    has_numbers: bool = False


def numbers(table: Table, counts: Callable[[tuple[str, ...]], bool]) -> Iterator[Number]:
    """The numbers of a sheet, row by row, and what stands for one in a row that has others.

    `counts` tells of heads that numbers are counted under them; elsewhere a year is a label.
    """
    block = _Block()
    for row in table.rows:
        if row.is_blank:
            continue
        above = {index: _above(block, index) for index, cell in enumerate(row.cells) if cell.strip()}
        found = [index for index in above if looks_like_number(row.cells[index])]
        if not any(counts(above[index]) or not _YEAR.fullmatch(plain(row.cells[index])) for index in found):
            block = _with_head(block, row)
            continue
        figures = [
            index
            for index in above
            if counts(above[index]) or (index in found and not _YEAR.fullmatch(plain(row.cells[index])))
        ]
        block.has_numbers = True
        _take_labels(block, row, set(figures))
        for index in figures:
            beside = tuple(text for at, text in sorted(block.labels.items()) if at < index)
            yield Number(row.number, row.cells[index], tuple(block.titles), above[index], beside)


def looks_like_number(cell: str) -> bool:
    return is_dash(cell) or _NUMBER.fullmatch(plain(cell)) is not None


def _with_head(block: _Block, row: Row) -> _Block:
    """The block with another head; a new one where numbers stood between, under its own title or the same."""
    texts = [cell.strip() for cell in row.cells if cell.strip()]
    if block.has_numbers:
        block = _Block(titles=list(block.titles) if len(texts) > 1 else [])
    if len(texts) == 1:
        block.titles.append(texts[0])
    else:
        block.heads.append(row)
    return block


def _above(block: _Block, index: int) -> tuple[str, ...]:
    """The heads over a column: outer ones are merged to the right, the last row's are not."""
    found = []
    for place, row in enumerate(block.heads):
        own = row.cells[index].strip() if index < len(row.cells) else ""
        if not own and place < len(block.heads) - 1:
            own = next((cell.strip() for cell in reversed(row.cells[:index]) if cell.strip()), "")
        if own:
            found.append(own)
    return tuple(found)


def _take_labels(block: _Block, row: Row, figures: set[int]) -> None:
    """The row's labels; a blank one goes on from the row above, unless a label left of it is new."""
    first = min(figures)
    for index, cell in enumerate(row.cells[:first]):
        if text := cell.strip():
            block.labels = {at: own for at, own in block.labels.items() if at < index}
            block.labels[index] = text
    block.labels = {at: own for at, own in block.labels.items() if at < first}
