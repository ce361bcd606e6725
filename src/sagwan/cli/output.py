"""What commands print: text, tables and JSON on stdout; progress on stderr."""

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

Row = Sequence[object]


class Tick(Protocol):
    """Tells how far a piece of work is."""

    def __call__(self, done: int, total: int) -> None: ...


def say(text: str = "") -> None:
    print(text)


def say_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def say_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    """A plain table: numbers to the right, wide characters counted as two; the same in a pipe."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [
        max(map(_width, (head, *(row[i] for row in cells))), default=0) for i, head in enumerate(columns)
    ]
    right = [all(isinstance(row[i], int) for row in rows) and bool(rows) for i in range(len(columns))]
    for line in ([c.upper() for c in columns], *cells):
        parts = [_pad(cell, width, r) for cell, width, r in zip(line, widths, right, strict=True)]
        print("  ".join(parts).rstrip())


def _text(cell: object) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return "" if cell is None else str(cell)


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
    from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs to wait for
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def tick(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tick
