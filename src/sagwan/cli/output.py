"""What commands print: text, tables and JSON on stdout; progress on stderr."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

Row = Sequence[object]
# Control characters but TAB and line feed, and the signs that turn the direction of text.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Tick(Protocol):
    """Tells how far a piece of work is."""

    def __call__(self, done: int, total: int) -> None: ...


def say(text: str = "") -> None:
    """Print text; what could steer a terminal is shown as a sign, for names and values come from anywhere."""
    print(_harmless(text))


def warn(message: str, hint: str = "") -> None:
    """Say on stderr what does not stop the command."""
    print(f"sagwan: {_harmless(' '.join(message.split()))}", file=sys.stderr)
    if hint:
        print(f"  hint: {_harmless(' '.join(hint.split()))}", file=sys.stderr)


def say_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def say_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    """A table without lines, numbers to the right: by Rich, folded to its width, on a terminal; plain in a
    pipe, a row a line, wide characters counted as two."""
    cells = [[_text(cell) for cell in row] for row in rows]
    heads = [column.upper() for column in columns]
    right = [_is_numeric([row[i] for row in rows]) for i in range(len(columns))]
    if not (sys.stdout.isatty() and _rich_table(heads, cells, right)):
        _plain_table(heads, cells, right)


def _is_numeric(column: Sequence[object]) -> bool:
    """True where every cell is a number, or a sign that there is none."""
    numbers = [cell for cell in column if cell not in (None, "", NO_NUMBER)]
    return bool(numbers) and all(isinstance(cell, int | Shown) for cell in numbers)


def _rich_table(heads: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> bool:
    """Print by Rich; False where it is not installed: `verify` runs without."""
    try:
        from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs to wait for
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415
    except ImportError:
        return False
    console = Console()
    whole = _kept_whole(heads, cells, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head, numeric, no_wrap in zip(heads, right, whole, strict=True):
        justify: Literal["right", "left"] = "right" if numeric else "left"
        table.add_column(Text(head), justify=justify, overflow="fold", no_wrap=no_wrap)
    for row in cells:
        # The sign of a dispute stands in the row; the weight only helps the eye to find it.
        style = "bold" if DISPUTED in row else ""
        table.add_row(*map(Text, row), style=style)
    console.print(table)
    return True


def _kept_whole(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[bool]:
    """Columns that are not folded: those of single words, such as keys and numbers, which must be copied
    whole, as far as they leave room for the others."""
    columns = list(zip(heads, *cells, strict=True))
    words = [not any(" " in cell for cell in column[1:]) for column in columns]
    widths = [max(map(_width, column)) for column in columns]
    needed = sum(wide if word else min(wide, _ROOM) for wide, word in zip(widths, words, strict=True))
    fits = needed + 2 * len(columns) <= width
    return [word and fits for word in words]


def _plain_table(heads: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    widths = [max(map(_width, (head, *(row[i] for row in cells))), default=0) for i, head in enumerate(heads)]
    for line in (heads, *cells):
        parts = [_pad(cell, width, r) for cell, width, r in zip(line, widths, right, strict=True)]
        print("  ".join(parts).rstrip())


class Shown(str):
    """A number as it is shown, such as `0–499`: it stands to the right like any number."""

    __slots__ = ()


_ROOM = 12
NO_NUMBER = "–"
DISPUTED = "!"


def _text(cell: object) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return "" if cell is None else _harmless(str(cell)).replace("\n", " ")


def _harmless(text: str) -> str:
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


@contextmanager
def progress(what: str) -> Iterator[Tick]:
    """A progress bar on stderr while work goes on; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs to wait for
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    except ImportError:
        yield lambda done, total: None  # `verify` runs without Rich
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def tick(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tick
