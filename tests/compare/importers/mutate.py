"""Tables as providers might save them anew: the same figures in another file.

A `Sheet` is rows of printed cells, the first of them the header. Cell mutations return another Sheet, file
mutations bytes. `numbers` are the columns of counts, `shares` those of whole percentages.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from openpyxl import Workbook

Rows = tuple[tuple[str, ...], ...]
_GROUPED = re.compile(r"[0-9]{4,}|[0-9]{1,3}(?:,[0-9]{3})+")
_WHOLE = re.compile(r"[0-9]+(?:,[0-9]{3})*")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: Rows
    numbers: frozenset[int]
    shares: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    def cells(self, columns: frozenset[int], change: Callable[[str], str]) -> "Sheet":
        """With the cells of these columns, below the header, changed."""
        rows = [
            tuple(change(cell) if at in columns else cell for at, cell in enumerate(row))
            for row in self.rows[1:]
        ]
        return replace(self, rows=(self.rows[0], *rows))

    def heads(self, change: Callable[[str], str]) -> "Sheet":
        return replace(self, rows=(tuple(map(change, self.rows[0])), *self.rows[1:]))


def grouped(sign: str) -> Callable[[Sheet], Sheet]:
    def one(cell: str) -> str:
        text = cell.strip()
        if not _GROUPED.fullmatch(text):
            return cell
        return f"{int(text.replace(',', '')):,}".replace(",", sign)

    return lambda sheet: sheet.cells(sheet.numbers, one)


def on_numbers(pattern: str, put: str) -> Callable[[Sheet], Sheet]:
    """With a regular expression replaced in every count."""

    def one(cell: str) -> str:
        return re.sub(pattern, put, cell) if _WHOLE.fullmatch(cell.strip()) else cell

    return lambda sheet: sheet.cells(sheet.numbers, one)


def wide(cell: str) -> str:
    return cell.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def dashes(dash: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: sheet.cells(
        sheet.numbers | sheet.shares, lambda cell: dash if cell.strip() in ("", "-") else cell
    )


def as_fractions(sheet: Sheet) -> Sheet:
    """Shares as parts of 1, as a workbook stores them."""

    def one(cell: str) -> str:
        text = cell.strip().rstrip("%")
        return f"{int(text) / 100:.2f}" if text.isdigit() else cell

    mutated = sheet.cells(sheet.shares, one)
    return mutated if all(_has_part(mutated, at) for at in sheet.shares) else sheet


def _has_part(sheet: Sheet, at: int) -> bool:
    """0 and 1 alone do not tell fractions from percentages."""
    return any(
        re.fullmatch(r"0\.[0-9]*[1-9][0-9]*", row[at].strip()) for row in sheet.rows[1:] if at < len(row)
    )


def days_as(form: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: sheet.cells(sheet.days, lambda cell: _DAY.sub(form, cell))


def blank_rows(sheet: Sheet) -> Sheet:
    rows = [line for row in sheet.rows for line in (row, ("",) * len(row))]
    return replace(sheet, rows=tuple(rows))


def blank_column(sheet: Sheet) -> Sheet:
    """An empty column in front and one in the middle."""
    middle = len(sheet.rows[0]) // 2
    rows = tuple(("", *row[:middle], "", *row[middle:]) for row in sheet.rows)
    return _moved(sheet, rows, [1 + at + (at >= middle) for at in range(len(sheet.rows[0]))])


def reversed_columns(sheet: Sheet) -> Sheet:
    width = len(sheet.rows[0])
    rows = tuple(tuple(reversed((*row, *[""] * (width - len(row))))) for row in sheet.rows)
    return _moved(sheet, rows, [width - 1 - at for at in range(width)])


def _moved(sheet: Sheet, rows: Rows, place: Sequence[int]) -> Sheet:
    def move(columns: frozenset[int]) -> frozenset[int]:
        return frozenset(place[at] for at in columns)

    return Sheet(sheet.name, rows, move(sheet.numbers), move(sheet.shares), move(sheet.days))


def notes(sheet: Sheet) -> Sheet:
    """A title above and notes below."""
    below = (("* figures include emergency requests",), ("Source: the company",))
    return replace(sheet, rows=(*sheet.rows, ("",), *below))


CELL_MUTATIONS: dict[str, Callable[[Sheet], Sheet]] = {
    "commas": grouped(","),
    "blanks": grouped(" "),
    "no-break blanks": grouped("\u00a0"),
    "narrow blanks": grouped("\u202f"),
    "apostrophes": grouped("'"),
    "curly apostrophes": grouped("\u2019"),
    "full width": lambda sheet: sheet.cells(sheet.numbers | sheet.shares, wide),
    "asterisks": on_numbers(r"$", "*"),
    "superscripts": on_numbers(r"$", "\u00b9"),
    "bracketed notes": on_numbers(r"$", "[1]"),
    "padding": lambda sheet: sheet.cells(frozenset(range(99)), lambda cell: f"\u00a0{cell}  "),
    "zero-width": lambda sheet: sheet.cells(sheet.numbers, lambda cell: f"\u200b{cell}\ufeff"),
    "en dashes": dashes("\u2013"),
    "em dashes": dashes("\u2014"),
    "minus signs": dashes("\u2212"),
    "Korean dashes": dashes("\u3161"),
    "double dashes": dashes("--"),
    "fractions": as_fractions,
    "percent signs": lambda sheet: sheet.cells(
        sheet.shares, lambda cell: f"{cell} %" if cell.strip().isdigit() else cell
    ),
    "slashed days": days_as(r"\1/\2/\3"),
    "American days": days_as(r"\2/\3/\1"),
    "German days": days_as(r"\3.\2.\1"),
    "days with a time": days_as(r"\1-\2-\3 00:00:00"),
    "upper-case heads": lambda sheet: sheet.heads(str.upper),
    "lower-case heads": lambda sheet: sheet.heads(str.lower),
    "noted heads": lambda sheet: sheet.heads(lambda head: f"{head}\u00b9" if head else head),
    "broken heads": lambda sheet: sheet.heads(lambda head: head.replace(" ", "\n", 1)),
    "spaced heads": lambda sheet: sheet.heads(lambda head: f" {head.replace(' ', '  ')} "),
    "blank rows": blank_rows,
    "blank columns": blank_column,
    "reversed columns": reversed_columns,
    "notes": notes,
}
"""Each gives the same figures: a table is read by what its cells and heads say."""


def as_csv(sheet: Sheet, delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO()
    # Written with both signs, so that a cell with either of them is quoted.
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=quoting).writerows(sheet.rows)
    return stream.getvalue().replace("\r\n", end)


def as_xlsx(sheet: Sheet, *, typed: bool = False, hidden: bool = False) -> bytes:
    """A workbook of it; `typed` stores whole numbers as numbers and ISO days as days."""
    book = Workbook()
    page = book.active
    if hidden:
        book.create_sheet("Cover").append(["see the other sheet"])
        page.sheet_state, book.active = "hidden", 1
    for row in sheet.rows:
        page.append([_typed(cell) if typed else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(cell: str) -> object:
    text = cell.strip()
    if _DAY.fullmatch(text):
        return datetime.fromisoformat(text)
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        return int(text)
    return cell or None


FILE_MUTATIONS: dict[str, Callable[[Sheet], bytes]] = {
    "plain": lambda sheet: as_csv(sheet).encode(),
    "BOM": lambda sheet: as_csv(sheet).encode("utf-8-sig"),
    "UTF-16": lambda sheet: as_csv(sheet).encode("utf-16"),
    "UTF-16 without a mark": lambda sheet: as_csv(sheet).encode("utf-16-le"),
    "UTF-32": lambda sheet: as_csv(sheet).encode("utf-32"),
    "CR": lambda sheet: as_csv(sheet, end="\r").encode(),
    "CRLF": lambda sheet: as_csv(sheet, end="\r\n").encode(),
    "semicolons": lambda sheet: as_csv(sheet, ";").encode(),
    "tabs": lambda sheet: as_csv(sheet, "\t").encode(),
    "bars": lambda sheet: as_csv(sheet, "|").encode(),
    "all quoted": lambda sheet: as_csv(sheet, quoting=csv.QUOTE_ALL).encode(),
    "a separator named": lambda sheet: ("sep=;\r\n" + as_csv(sheet, ";")).encode(),
    "a title": lambda sheet: ("Transparency report\n\n" + as_csv(sheet)).encode(),
    "workbook of texts": as_xlsx,
    "workbook of numbers and days": lambda sheet: as_xlsx(sheet, typed=True),
    "hidden sheet": lambda sheet: as_xlsx(sheet, hidden=True),
}
ENCODINGS = ("cp949", "euc-kr", "cp1252", "latin-1")
