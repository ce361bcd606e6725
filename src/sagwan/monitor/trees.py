"""Two views of one log: is the smaller tree the beginning of the larger?"""

from dataclasses import dataclass

from sagwan.formats import paths
from sagwan.tlog import (
    Tile,
    TlogError,
    consistency_proof,
    parse_checkpoint,
    parse_note,
    tile_nodes,
    verify_checkpoint,
    verify_consistency,
)
from sagwan.verify.errors import Unreadable
from sagwan.verify.source import TILE_LIMIT, Source, read_file
from sagwan.verify.trust import Anchors


@dataclass(frozen=True, slots=True)
class View:
    """A signed tree: `where` it was seen, its size and root, and the note itself."""

    where: str
    size: int
    root: bytes
    note: bytes


def parse_view(where: str, data: bytes, anchors: Anchors) -> View | None:
    """A checkpoint that somebody else was shown; None where it is of another log, or not signed by this one.

    A note that the log's key did not sign proves nothing against the log.
    """
    try:
        checkpoint = parse_checkpoint(parse_note(data).text)
        if checkpoint.origin != anchors.origin:
            return None
        anyone = anchors.policy_at(checkpoint.size)
        verify_checkpoint(data, type(anyone)(logs=anyone.logs))
    except TlogError:
        return None
    return View(where, checkpoint.size, checkpoint.root, data)


def begins_with(source: Source, small: View, large: View) -> str:
    """Why the larger tree does not begin with the smaller, by the source's own tiles; empty where it does."""

    def read(tile: Tile) -> bytes:
        paths_of = [paths.LOG + tile.path, paths.LOG + tile.full.path]
        source.fetch(paths_of, TILE_LIMIT)
        there = paths_of[0] if (source.root / paths_of[0]).exists() else paths_of[1]
        return read_file(source.root, there, TILE_LIMIT)[: 32 * tile.width]

    try:
        proof = consistency_proof(tile_nodes(large.size, read), small.size, large.size)
        verify_consistency(
            proof,
            old_size=small.size,
            new_size=large.size,
            old_root=small.root,
            new_root=large.root,
        )
    except (Unreadable, TlogError) as error:
        return str(error)
    return ""
