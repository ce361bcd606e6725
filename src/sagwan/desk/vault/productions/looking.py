"""Looking into a file before its release: blinding and rows are checked by people, too.

The caller records the view (`casework.access`) before anything is shown.
"""

from collections.abc import Generator, Iterator
from pathlib import Path

from sagwan.desk.setup import Desk
from sagwan.desk.vault import age
from sagwan.desk.vault.models import Production, ProductionFile
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.desk.vault.rows import is_table

PREVIEW = 20_000
"""Bytes of a text that a page shows."""
MAX_PREVIEWED = 32 * 1024 * 1024
"""Bytes of the largest file that is decrypted to show its beginning."""


def look_at(desk: Desk, number: str, pk: int) -> Held:
    """What is put in as row `pk`; raise ProductionRefused where nothing is."""
    return _found(desk, number, pk)[2]


def beginning(desk: Desk, number: str, pk: int) -> str | None:
    """The first lines of a table or text; None for another kind of file, or a large one."""
    _, _, held = _found(desk, number, pk)
    name = held.declared.name.lower()
    if not (is_table(name) or name.endswith((".txt", ".json", ".eml"))) or held.size > MAX_PREVIEWED:
        return None
    with store.working(desk.home) as work:
        clear = _clear(desk, number, pk, work)
        with clear.open("rb") as source:
            text = source.read(PREVIEW).decode("utf-8", "replace").replace("\0", " ")
    return text if held.size <= PREVIEW else text.rpartition("\n")[0]


def contents(desk: Desk, number: str, pk: int) -> Iterator[bytes]:
    """The file's bytes, piece by piece. The clear copy lies in a work folder until the last was taken, or the
    iterator is closed; raise ProductionRefused before the first."""
    pieces = _pieces(desk, number, pk)
    first = next(pieces)

    def all_of_it() -> Iterator[bytes]:
        try:
            yield first
            yield from pieces
        finally:
            pieces.close()

    return all_of_it()


def _pieces(desk: Desk, number: str, pk: int) -> Generator[bytes, None, None]:
    with store.working(desk.home) as work, _clear(desk, number, pk, work).open("rb") as source:
        yield source.read(store.CHUNK)
        while chunk := source.read(store.CHUNK):
            yield chunk


def _clear(desk: Desk, number: str, pk: int, work: Path) -> Path:
    production, row, _ = _found(desk, number, pk)
    secret = drafts.identity(drafts.keyring(desk, drafts.stream_of(number)), production)
    clear = work / "look"
    with clear.open("xb") as sink:
        age.decrypt_own(secret, store.blob_path(desk.home, row.blob), sink)
    return clear


def _found(desk: Desk, number: str, pk: int) -> tuple[Production, ProductionFile, Held]:
    stream = drafts.stream_of(number)
    production = drafts.draft(stream)
    files = drafts.files(drafts.keyring(desk, stream), production) if production else []
    for row, held in files:
        if row.pk == pk and production is not None:
            return production, row, held
    raise ProductionRefused(
        f"the production of {number} has no such file", hint="it was taken out, or released"
    )
