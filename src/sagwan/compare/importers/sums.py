"""Sums that ought to hold within a file. Where one does not it is a warning, never an error."""

from collections.abc import Iterable, Sequence

from sagwan.compare.importers.maker import Maker
from sagwan.compare.importers.written import canonical
from sagwan.compare.value import Exact, read_value


def count_in(cell: str) -> int | None:
    """An exact count, or nothing."""
    read = read_value(canonical(cell, "count"), "count")
    return read.number if isinstance(read, Exact) and isinstance(read.number, int) else None


def check_sum(maker: Maker, row: int, whole: tuple[str, str], parts: Sequence[tuple[str, str]]) -> None:
    """Warn where a whole is not its parts. Each is a label and a cell; parts that print nothing count
    nothing, and where a part is no exact count nothing is said."""
    total = count_in(whole[1])
    printed = [(label, cell) for label, cell in parts if cell.strip()]
    counts = [count_in(cell) for _, cell in printed]
    if total is None or not counts or any(count is None for count in counts):
        return
    added = sum(count for count in counts if count is not None)
    if added != total:
        names = " + ".join(label for label, _ in printed)
        maker.warn("sum", row, f"{whole[0]} is {total:,}, but {names} give {added:,}")


def check_total(maker: Maker, row: int, label: str, total: str, cells: Iterable[str]) -> None:
    """Warn where a column's printed total is not the sum of its rows."""
    whole = count_in(total)
    counts = [count_in(cell) for cell in cells if cell.strip()]
    if whole is None or not counts:
        return
    if any(count is None for count in counts):
        maker.warn("sum", row, f"the total of {label} cannot be checked: a row of it is no count")
        return
    added = sum(count for count in counts if count is not None)
    if added != whole:
        maker.warn("sum", row, f"the total of {label} is {whole:,}, but its rows give {added:,}")


def check_at_most(maker: Maker, row: int, part: tuple[str, str], whole: tuple[str, str]) -> None:
    """Warn where a part exceeds its whole."""
    less, more = count_in(part[1]), count_in(whole[1])
    if less is not None and more is not None and less > more:
        maker.warn("exceeds", row, f"{part[0]} is {less:,}, more than {whole[0]} with {more:,}")
