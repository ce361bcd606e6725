"""What the tests of the log share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from sagwan.tlog import Tile, grow

quick = settings(max_examples=60)
"""For properties whose every example costs a tree or a signature."""


class Store(dict[str, bytes]):
    """A log's files in memory, as a published folder would hold them."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0
        self.asked: list[Tile] = []

    def read(self, tile: Tile) -> bytes:
        self.asked.append(tile)
        return self[tile.path]

    def write(self, entries: list[bytes]) -> list[str]:
        """Grow by a batch; no file that is there may get other bytes. Returns the paths written, in order."""
        paths = []
        for path, content in grow(self.size, entries, self.read):
            assert self.setdefault(path, content) == content, path
            paths.append(path)
        self.size += len(entries)
        return paths


@pytest.fixture
def new_store() -> Callable[[], Store]:
    return Store


def _vectors() -> Path | None:
    """A folder of other implementations' test vectors: from the environment, or beside the checkout."""
    if named := os.environ.get("SAGWAN_VECTORS"):
        return Path(named)
    beside = sorted(Path(__file__).parents[3].glob("*/data/vectors"))
    return beside[0] if beside else None


@pytest.fixture(scope="session")
def vectors() -> Path:
    folder = _vectors()
    if folder is None or not folder.is_dir():
        pytest.skip("no vectors of other implementations; name their folder in SAGWAN_VECTORS")
    return folder
