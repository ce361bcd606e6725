"""Providers' own files, saved anew in other ways: the same figures. They are no part of the project."""

import io
import re
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sagwan.compare.figure import Figure
from sagwan.compare.importers import Understood, read_bytes
from sagwan.compare.importers.csvs import read_csv
from sagwan.compare.importers.limits import DEFAULT
from sagwan.compare.importers.text import decode
from sagwan.compare.value import Value

from .mutate import CELL_MUTATIONS, FILE_MUTATIONS, Sheet, as_csv
from .test_importers_mutations import check, figures, original

pytestmark = [pytest.mark.extra, pytest.mark.slow]
MOST = 30
figures_of = cache(original)
NUMBER = re.compile(r"[0-9][0-9,]*|[0-9,]+ ?- ?[0-9,]+|-|")
LABELS = re.compile(r"year|half|month|period|date|country|code", re.IGNORECASE)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def sheets(raw: Path) -> list[Sheet]:
    return [_sheet(path) for path in sorted(raw.rglob("*.csv"))]


def _sheet(path: Path) -> Sheet:
    """The file's header and some of its rows, evenly taken, with its columns told apart."""
    table = read_csv(decode(path.read_bytes(), path.name).text, path.name, DEFAULT)
    head, *rest = (row.cells for row in table.rows)
    rows = tuple(islice(rest, 0, None, max(1, len(rest) // MOST)))
    columns = {at: [row[at].strip() for row in rows if at < len(row)] for at in range(len(head))}
    shares = {at for at in columns if "percent" in head[at].casefold()}
    days = {at for at, cells in columns.items() if all(map(DAY.fullmatch, cells))}
    numbers = {
        at
        for at, cells in columns.items()
        if at not in shares | days and not LABELS.search(head[at]) and all(map(NUMBER.fullmatch, cells))
    }
    return Sheet(path.name, (head, *rows), frozenset(numbers), frozenset(shares), frozenset(days))


@pytest.mark.parametrize("mutation", CELL_MUTATIONS)
def test_other_cells_and_heads(raw: Path, mutation: str) -> None:
    for one in sheets(raw):
        mutated = CELL_MUTATIONS[mutation](one)
        check(figures_of(one), as_csv(mutated).encode(), mutated)


@pytest.mark.parametrize("mutation", FILE_MUTATIONS)
def test_other_files(raw: Path, mutation: str) -> None:
    for one in sheets(raw):
        check(figures_of(one), FILE_MUTATIONS[mutation](one), one)


def moved(data: bytes) -> bytes:
    """A workbook with an empty column in front and an empty row below its title, of the stored values."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    for page in book:
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        page.insert_cols(1)
        page.insert_rows(2)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_workbooks_that_stand_elsewhere_in_their_sheets(raw: Path) -> None:
    paths = sorted(raw.rglob("*.xlsx"))
    assert paths
    for path in paths:
        before = counts(read_bytes(path.read_bytes(), path.name))
        assert counts(read_bytes(moved(path.read_bytes()), path.name)) == before


def counts(taken: Understood) -> dict[Figure, Value]:
    """Without the shares: whoever saves a workbook anew may store a fraction with a digit less."""
    return {own: value for own, value in figures(taken).items() if not own.metric.endswith("percent")}
