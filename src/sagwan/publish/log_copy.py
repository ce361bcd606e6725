"""Bring a log into the folder that is published: what is new of it, then the checkpoint."""

from collections.abc import Iterator
from pathlib import Path

from sagwan.publish.counting import PublishError
from sagwan.record.errors import SagwanError
from sagwan.seal.files import write_many, write_whole
from sagwan.seal.handovers import handover_file, handovers_of
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import Tile, TlogError, changed_tiles, parse_checkpoint, parse_note


def copy_log(log: Path, out: Path) -> None:
    """Bring the log's new files into `out`, the checkpoint last; raise PublishError or LogDiffers.

    What `out` holds up to its own checkpoint is not looked at again, if its right edge gives the root of that
    checkpoint: what it costs is what is new, whatever the log's size. Else everything is gone through.
    """
    source = LogFolder(log)
    note = source.checkpoint()
    if note is None:
        raise PublishError(f"{log / 'checkpoint'} is missing", hint="run sagwan seal, then publish again")
    size = parse_checkpoint(parse_note(note).text).size
    held = _held(LogFolder(out))
    if held > size:
        raise PublishError(
            f"{out} holds a log of size {held}, {log} one of size {size}: a log never shrinks",
            hint="the home's log folder is older than what was published: restore it from there",
        )
    write_many(_new_files(source, out, held, size))
    write_many((out / file, data) for file, data in _handovers(source))
    write_whole(out / "checkpoint", note)
    if held < size:  # what was full when this folder was last published has been so for long
        LogFolder(out).remove_superseded(held)


def _handovers(log: LogFolder) -> Iterator[tuple[str, bytes]]:
    """The handovers of the log's keys: there before a checkpoint by a new key is."""
    for number, one in enumerate(handovers_of(log), 1):
        yield handover_file(number), one.data


def _held(log: LogFolder) -> int:
    """The size up to which a folder holds a log; 0 where that is not certain."""
    note = log.checkpoint()
    if note is None:
        return 0
    try:
        checkpoint = parse_checkpoint(parse_note(note).text)
        sound = log.frontier(checkpoint.size).root() == checkpoint.root
    except (TlogError, SagwanError):
        return 0
    return checkpoint.size if sound else 0


def _new_files(log: LogFolder, out: Path, held: int, size: int) -> Iterator[tuple[Path, bytes]]:
    """Each tile and bundle that changed since, and the partial ones of every size in between."""
    for tile in changed_tiles(held, size):
        partials = [Tile(tile.level, tile.index, width) for width in sorted(_widths(log, tile))]
        for one in (*partials, tile):
            if not (out / one.path).exists():
                # the full tile stands for a partial one that was cleaned away
                name = one if one is not tile or (log.folder / one.path).exists() else one.full
                yield out / name.path, log.read(name)


def _widths(log: LogFolder, tile: Tile) -> list[int]:
    """The widths below the tile's own in which a partial file of it is there."""
    folder = log.folder / f"{tile.full.path}.p"
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    return [int(name) for name in names if name.isdecimal() and int(name) < tile.width]
