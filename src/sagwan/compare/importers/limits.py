"""How much of a stranger's file is read before it is refused."""

from dataclasses import dataclass

from sagwan.compare.importers.errors import TooLarge

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. The largest report seen is under 1 MiB; a whole archive of them under 10.

    `bytes` bounds a file and each member of an archive, as it lies and unpacked; `unpacked` all members of an
    archive together; `ratio` how much a member may grow when it is unpacked (a floor of 1 MiB is free).
    """

    bytes: int = 64 * MIB
    rows: int = 500_000
    columns: int = 1_000
    cell: int = 32_767
    """Characters in a cell: what a workbook itself allows."""
    sheets: int = 100
    members: int = 1_000
    unpacked: int = 256 * MIB
    ratio: int = 200
    depth: int = 60
    """How deep a JSON document may be nested."""

    def check_bytes(self, name: str, size: int) -> None:
        """Raises TooLarge."""
        if size > self.bytes:
            raise TooLarge(
                f"{name} is {_size(size)}, more than the {_size(self.bytes)} that are read",
                hint="split the file, or raise the limit",
            )

    def check_row(self, name: str, number: int, columns: int, longest: int) -> None:
        """Raises TooLarge; row `number` counts from 1, its longest cell has `longest` characters."""
        if number > self.rows:
            raise TooLarge(f"{name} has more than {self.rows:,} rows", hint="split the table")
        if columns > self.columns:
            raise TooLarge(f"{name}, row {number}: {columns:,} cells, more than {self.columns:,}")
        if longest > self.cell:
            raise TooLarge(f"{name}, row {number}: a cell of {longest:,} characters, more than {self.cell:,}")


def _size(number: int) -> str:
    return f"{number / MIB:,.1f} MiB" if number >= MIB else f"{number:,} bytes"


DEFAULT = Limits()
