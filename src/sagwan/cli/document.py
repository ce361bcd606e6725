"""`sagwan document`: a file that came with a request, decrypted."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Number
from sagwan.cli.output import say
from sagwan.cli.wiring import open_office

if TYPE_CHECKING:
    from sagwan.record.request import Document


def document(
    number: Number,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")],
    by: By,
    digest: Annotated[
        str,
        typer.Option(
            metavar="HEX", help="Which one, by the start of its SHA-256; needed where there are more."
        ),
    ] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Write a document that came with a request.

    `sagwan show NUMBER --private` lists them. That you took it is recorded.

    \b
    Examples:
      sagwan document 3f0c9a1be2d84756 warrant.pdf --by kim
      sagwan document 3f0c9a1be2d84756 warrant.pdf --digest 9b74c9 --by kim

    \b
    Exit codes: 0 written; 1 there is no such request, or you may not; 2 no such document, its key is
      destroyed, or the file is there already.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.casework.actions import STREAM
    from sagwan.desk.casework.queries import story
    from sagwan.desk.vault import documents
    from sagwan.desk.vault.keyring import KeyRing

    if file.exists():
        raise Unusable(f"{file} exists already", hint="name another file")
    number = parsing.number(number)
    wanted = _chosen(story(office.desk, number).progress.state.documents, digest.strip().lower(), number)
    details = {"request": number, "document": wanted.digest}
    record_access(office.desk, person=by, what="DocumentRead", details=details, at=office.now(at))
    keys = KeyRing(office.desk.master)
    keys.load([STREAM + number])
    data = documents.read(keys, STREAM + number, wanted.digest)
    file.touch(mode=0o600)
    file.write_bytes(data)
    say(f"{file}: {wanted.name}, {len(data):,} bytes")


def _chosen(documents: "tuple[Document, ...]", digest: str, number: str) -> "Document":
    found = [document for document in documents if document.digest.startswith(digest)]
    if len(found) == 1:
        return found[0]
    if not documents:
        raise Unusable(f"{number} has no document", hint="none came with it, or its key was destroyed")
    raise Unusable(
        f"{len(found)} documents of {number} fit {digest!r}"
        if digest
        else f"{number} has {len(found)} documents",
        hint="name one with --digest: " + ", ".join(document.digest[:12] for document in documents),
    )
