"""Partial tiles whose full tile is there: a log may delete them then, and not before (C2SP tlog-tiles).

What a crash leaves is whole at every point: the full tile was synced before the checkpoint that needs it was
published, and every reader takes its beginning where a partial is gone.
"""

from contextlib import suppress
from pathlib import Path

from sagwan.seal.errors import LogDiffers
from sagwan.seal.files import read_if_there
from sagwan.tlog import Tile, full_tiles


def remove_superseded(folder: Path, upto: int, since: int = 0) -> int:
    """Delete the partial tiles and bundles of tiles that are full in a tree of `upto` entries; how many.

    `since`: the tiles that were full in a tree of that size are not looked at again. `upto` is the size of
    a checkpoint that has been public for a while, so that nobody is in the middle of reading what goes.
    Again does no harm. Raises LogDiffers, once all else is done, where a partial is not the beginning of its
    full tile, or that one is missing: then nothing of that tile is deleted.
    """
    removed, wrong = 0, ""
    for tile in full_tiles(since, upto):
        partials = folder / f"{tile.path}.p"
        if partials.is_dir():
            try:
                removed += _remove(folder, tile, partials)
            except LogDiffers as error:
                wrong = wrong or error.message
    if wrong:
        raise LogDiffers(wrong, hint="restore the log folder from a copy of what is published")
    return removed


def _remove(folder: Path, tile: Tile, partials: Path) -> int:
    full = read_if_there(folder / tile.path)
    if full is None:
        raise LogDiffers(f"{folder / tile.path} is missing, of which there are partial ones")
    files = sorted(file for file in partials.iterdir() if file.is_file())
    for file in files:
        if file.suffix != ".part" and not _begins(full, file):
            raise LogDiffers(f"{file} is not the beginning of {folder / tile.path}")
    for file in files:
        file.unlink(missing_ok=True)
    with suppress(OSError):  # somebody else's file lies in it: not ours to delete
        partials.rmdir()
    return len(files)


def _begins(full: bytes, partial: Path) -> bool:
    data = read_if_there(partial)
    return data is None or full.startswith(data)
