"""The log's folder: tiles that never change, and the checkpoint, replaced last (C2SP tlog-tiles)."""

from collections.abc import Sequence
from pathlib import Path

from sagwan.seal.errors import LogDiffers
from sagwan.seal.files import read_if_there, write_many, write_whole
from sagwan.seal.superseded import remove_superseded
from sagwan.tlog import Frontier, Tile, frontier_at, grow, leaf_hash, tile_nodes


class LogFolder:
    """The static files of one log, as they are served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def checkpoint(self) -> bytes | None:
        """The published checkpoint; None for a new log."""
        return read_if_there(self.folder / "checkpoint")

    def publish(self, note: bytes) -> None:
        """Replace the checkpoint; the tiles below it are there already."""
        write_whole(self.folder / "checkpoint", note)

    def read(self, tile: Tile) -> bytes:
        """A tile or bundle; the full one where its partial was cleaned away."""
        for candidate in (tile, tile.full):
            data = read_if_there(self.folder / candidate.path)
            if data is not None:
                return data
        raise LogDiffers(
            f"{self.folder / tile.path} is missing",
            hint="restore the log folder from a copy of what is published",
        )

    def frontier(self, size: int) -> Frontier:
        """The tree of `size` entries, from its right edge."""
        return frontier_at(size, tile_nodes(size, self.read))

    def remove_superseded(self, upto: int, since: int = 0) -> int:
        """Delete partial tiles in whose place a tree of `upto` entries has full ones; how many. See there."""
        return remove_superseded(self.folder, upto, since)

    def extend(self, size: int, entries: Sequence[bytes]) -> bytes:
        """Write the files that `entries` add after tree size `size`; return the new root.

        Writing the same again does no harm. A file that is there with other bytes would fork the log, so
        it stops everything. Reads the right edge only: what it costs is the batch's, whatever the log's size.
        """
        frontier = self.frontier(size)
        files = [(self.folder / path, data) for path, data in grow(size, entries, self.read)]
        for file, data in files:
            if read_if_there(file) not in (None, data):
                raise LogDiffers(
                    f"{file} holds other bytes than the database gives for it",
                    hint="this database is not the one that sealed it: run sagwan recover",
                )
        write_many(files)
        frontier.extend([leaf_hash(entry) for entry in entries])
        return frontier.root()
