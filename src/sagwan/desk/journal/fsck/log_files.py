"""The log against the places: every checkpoint's tree is theirs, every file has the right bytes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sagwan.desk.journal import models, queries
from sagwan.desk.journal.fsck.problem import Problem
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import (
    HASH_SIZE,
    Checkpoint,
    Frontier,
    Note,
    Tile,
    TlogError,
    VerifierKey,
    encode_bundle,
    grow,
    leaf_hash,
    parse_checkpoint,
    parse_note,
    verify_note,
)


def log_files(log: LogFolder, keys: Sequence[VerifierKey]) -> Iterator[Problem]:
    """The recorded checkpoints and the public one are ours and of the places' tree, and so is every file."""
    entries = [bytes(c) for c in models.Place.objects.order_by("index").values_list("commitment", flat=True)]
    note = log.checkpoint()
    if note is None:
        if entries:
            yield Problem("log/checkpoint", f"is missing, but {len(entries)} entries have a place")
        return
    yield from _recorded(entries, keys)
    try:
        checkpoint = _read(note, keys)[1]
    except TlogError as error:
        yield Problem("log/checkpoint", str(error))
        return
    if checkpoint.size != len(entries):
        yield Problem(
            "log/checkpoint", f"has size {checkpoint.size}, but {len(entries)} entries have a place"
        )
    recorded = queries.checkpoint_note(checkpoint.size)
    if recorded is not None and recorded.encode() != note:
        yield Problem("log/checkpoint", "is another one than in the database")
    root = _roots(entries, [checkpoint.size])[checkpoint.size]
    if root != checkpoint.root:
        yield Problem("log/checkpoint", f"has root {checkpoint.root.hex()}, the places give {root.hex()}")
    yield from _files(log, entries[: checkpoint.size])


def _recorded(entries: list[bytes], keys: Sequence[VerifierKey]) -> Iterator[Problem]:
    """Each recorded checkpoint is at the end of a batch, signed, and of the places' tree; what came late adds
    to its signatures."""
    ends = {batch.first + batch.size: batch for batch in models.Batch.objects.all()}
    rows = list(models.Checkpoint.objects.order_by("size"))
    roots = _roots(entries, [row.size for row in rows])
    for row in rows:
        where = f"checkpoint {row.size}"
        late = models.CosignedLate.objects.filter(checkpoint=row).order_by("id")
        notes = [row.note, *late.values_list("note", flat=True)]
        try:
            read = [_read(note.encode(), keys) for note in notes]
        except TlogError as error:
            yield Problem(where, str(error))
            continue
        batch = ends.get(row.size)
        if batch is None or (batch.period, batch.at) != (row.period, row.at):
            yield Problem(where, "is not of the batch that ends there")
        if any((one.size, one.root) != (row.size, roots.get(row.size)) for _, one in read):
            yield Problem(where, "is not of the tree that the places give")
        if any(not set(old.signatures) < set(new.signatures) for (old, _), (new, _) in pairwise(read)):
            yield Problem(where, "lost a signature by what came late")


def _read(note: bytes, keys: Sequence[VerifierKey]) -> tuple[Note, Checkpoint]:
    parsed = parse_note(note)
    verify_note(parsed, keys)
    return parsed, parse_checkpoint(parsed.text)


def _roots(entries: list[bytes], sizes: list[int]) -> dict[int, bytes]:
    """The root of the tree at each of the sizes; the whole tree's for one beyond it."""
    frontier, roots = Frontier(), {}
    for size in sorted(sizes):
        frontier.extend([leaf_hash(entry) for entry in entries[frontier.size : size]])
        roots[size] = frontier.root()
    return roots


def _files(log: LogFolder, entries: list[bytes]) -> Iterator[Problem]:
    """Every tile of the tree's present size, and every partial that is still there, byte for byte."""
    right = dict(grow(0, entries, _no_tile))
    for path, data in right.items():
        file = log.folder / path
        if not file.exists():
            yield Problem(f"log/{path}", "is missing")
        elif file.read_bytes() != data:
            yield Problem(f"log/{path}", "has other bytes than the places give")
    whole = {path.partition(".p/")[0]: data for path, data in right.items()}
    for file in sorted((log.folder / "tile").rglob("*")):
        path = file.relative_to(log.folder).as_posix()
        if file.is_file() and path not in right and not path.endswith(".part"):
            yield from _partial(path, file.read_bytes(), whole)


def _partial(path: str, data: bytes, whole: dict[str, bytes]) -> Iterator[Problem]:
    """An older partial tile must be the beginning of what the tile holds now, as wide as its name says."""
    head, mark, width = path.rpartition(".p/")
    grown = whole.get(head)
    if not mark or grown is None or not width.isdecimal():
        yield Problem(f"log/{path}", "does not belong to the log")
        return
    size = len(encode_bundle([bytes(HASH_SIZE)])) if head.startswith("tile/entries/") else HASH_SIZE
    if data != grown[: int(width) * size]:
        yield Problem(f"log/{path}", "has other bytes than the places give")


def _no_tile(tile: Tile) -> bytes:
    raise TlogError(f"{tile.path} of an empty log was asked for")
