"""A published folder into an object store: only what is new, nothing sealed replaced, the checkpoint last.

So a reader who follows the log's checkpoint finds everything below it, whenever it comes.

Cut off at any point, it leaves a store that holds; the next upload goes on where it stopped.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sagwan.formats import paths
from sagwan.publish.counting import PublishError
from sagwan.tlog import Checkpoint, TlogError, parse_checkpoint, parse_note

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ObjectStore

Progress = Callable[[int, int], None]
"""Called with how many files are done, and how many there are."""

CONNECTIONS = 8
_MULTIPART_FROM = 64 << 20
_PUBLIC_FOR_EVER = "public, max-age=31536000, immutable"
_PUBLIC_A_WHILE = "public, max-age=300"
_PUBLIC_A_MOMENT = "public, max-age=5"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_TEXT, _BYTES = "text/plain; charset=utf-8", "application/octet-stream"


class Turn(IntEnum):
    """In which order files go up: each needs those before it."""

    CONTENT = 0
    """Openings, tables, tiles and pages."""
    BINDING = 1
    """What makes a half-year be one: its manifest, line and checkpoint."""
    ANNOUNCEMENT = 2
    """The list of half-years."""
    CHECKPOINT = 3


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way. `sealed` files never change once they are there."""

    path: str
    turn: Turn
    sealed: bool
    content_type: str
    cache: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload did, in files and bytes: `sent`, and those that were there already."""

    sent: int
    sent_bytes: int
    kept: int


def plan(path: str) -> Upload:
    """How a file of a published folder goes up (C2SP tlog-tiles: content types and how long to cache)."""
    if path == paths.CHECKPOINT:
        return Upload(path, Turn.CHECKPOINT, False, _TEXT, _PUBLIC_A_MOMENT)
    if path.startswith(paths.LOG):
        kind = _BYTES if path.startswith(f"{paths.LOG}tile/") else _TEXT  # the others are keys' handovers
        return Upload(path, Turn.CONTENT, True, kind, _PUBLIC_FOR_EVER)
    if path == paths.DATAPACKAGE:
        return Upload(path, Turn.ANNOUNCEMENT, False, _TYPES[".json"], _PUBLIC_A_WHILE)
    content_type = _TYPES.get(Path(path).suffix, _TEXT)
    if re.fullmatch(r"report/[0-9]{4}H[12]\.(manifest|line|checkpoint)", path):
        return Upload(path, Turn.BINDING, True, content_type, _PUBLIC_FOR_EVER)
    sealed = re.match(r"(report|openings)/[0-9]{4}H[12][./]", path) is not None
    return Upload(path, Turn.CONTENT, sealed, content_type, _PUBLIC_FOR_EVER if sealed else _PUBLIC_A_WHILE)


def upload(
    folder: Path, store: "ObjectStore", *, compare: bool = False, progress: Progress | None = None
) -> Uploaded:
    """Bring a published folder into a store; raise PublishError before anything that cannot be undone.

    A sealed file that is there must be the same: judged by its size and, where the store gives the MD5 of
    its content, by that; with `compare`, byte by byte. The store's own errors pass through.
    """
    local = _own(folder)
    files = sorted((plan(path) for path in _files(folder)), key=lambda file: (file.turn, file.path))
    there: dict[str, ObjectMeta] = {found["path"]: found for page in store.list() for found in page}
    if paths.CHECKPOINT in there:
        _check_ahead(bytes(store.get(paths.CHECKPOINT).bytes()), local, folder)
    done = sent = sent_bytes = 0
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        try:
            for turn in Turn:
                ours = [file for file in files if file.turn is turn]
                sizes = pool.map(
                    lambda file: _bring(folder, store, file, there.get(file.path), compare), ours
                )
                for size in sizes:
                    done += 1
                    sent, sent_bytes = sent + (size is not None), sent_bytes + (size or 0)
                    if progress:
                        progress(done, len(files))
        finally:
            pool.shutdown(cancel_futures=True)
    return Uploaded(sent, sent_bytes, done - sent)


def _own(folder: Path) -> Checkpoint:
    file = folder / paths.CHECKPOINT
    try:
        return _checkpoint(file.read_bytes())
    except (OSError, TlogError):
        raise PublishError(
            f"{folder} is no published folder: {paths.CHECKPOINT} is missing or no checkpoint",
            hint="name the folder that `sagwan publish` wrote",
        ) from None


def _checkpoint(note: bytes) -> Checkpoint:
    return parse_checkpoint(parse_note(note).text)


def _check_ahead(note: bytes, ours: Checkpoint, folder: Path) -> None:
    """The store holds this very log, and no more of it than the folder."""
    try:
        theirs = _checkpoint(note)
    except TlogError as error:
        raise PublishError(
            f"the store holds a {paths.CHECKPOINT} that is none: {error}",
            hint="look at it before you replace it",
        ) from None
    if theirs.origin != ours.origin:
        raise PublishError(
            f"the store holds the log {theirs.origin}, the folder {ours.origin}", hint="name another place"
        )
    if theirs.size > ours.size or (theirs.size == ours.size and theirs.root != ours.root):
        raise PublishError(
            f"the store holds {theirs.size:,} entries of the log, {folder} {ours.size:,} or others: "
            "a log never shrinks",
            hint="upload the newest folder; if it is one from a backup, take the newer files back first",
        )


def _files(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix != ".part":
            yield file.relative_to(folder).as_posix()


def _bring(
    folder: Path, store: "ObjectStore", file: Upload, there: "ObjectMeta | None", compare: bool
) -> int | None:
    """Upload one file unless it is there; its size, or None where nothing was to be done."""
    data = folder / file.path
    if there is not None and _same(data, store, file, there, compare):
        return None
    if there is not None and file.sealed:
        raise PublishError(
            f"{file.path} is in the store with other bytes than in {folder}",
            hint="published files never change; use another place, or find out which of the two is right",
        )
    size = data.stat().st_size
    store.put(
        file.path,
        data,
        attributes={"Content-Type": file.content_type, "Cache-Control": file.cache},
        # A sealed file is only ever created, so that two uploads at once cannot replace each other's.
        mode="create" if file.sealed and size < _MULTIPART_FROM else "overwrite",
        use_multipart=size >= _MULTIPART_FROM,
    )
    return size


def _same(data: Path, store: "ObjectStore", file: Upload, there: "ObjectMeta", compare: bool) -> bool:
    if data.stat().st_size != there["size"]:
        return False
    if compare:
        return _equal(data, (bytes(block) for block in store.get(file.path).stream()))
    tag = (there["e_tag"] or "").strip('"')
    if re.fullmatch(r"[0-9a-f]{32}", tag):
        with data.open("rb") as content:
            return hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest() == tag
    return file.sealed  # what may change goes up again where nothing tells


def _equal(data: Path, blocks: Iterable[bytes]) -> bool:
    with data.open("rb") as content:
        return all(content.read(len(block)) == block for block in blocks) and not content.read(1)
