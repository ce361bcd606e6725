"""The rows of what is being entered: encrypted, found by who began them, thrown away when they are old."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sagwan.desk.intake import models
from sagwan.desk.journal.locks import writing
from sagwan.desk.setup import Desk
from sagwan.desk.vault.documents import described
from sagwan.desk.vault.master import seal, unseal
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import MAX_DOCUMENTS, Document

KEPT = timedelta(days=7)
"""After so long without a change a draft is thrown away."""
MOST = 20
"""Drafts of one person at a time, of each kind."""


class Kind(StrEnum):
    """What is being entered."""

    FILING = "filing"
    PAPER = "paper"
    LEDGER = "ledger"
    TAKEN = "taken"
    """A file of requests that was taken in: what became of its rows, without the file."""


class NoDraft(SagwanError):
    """A draft that is not there, was sent, or is somebody else's: all look the same."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a draft with its bytes."""

    name: str
    digest: str
    data: bytes

    @property
    def document(self) -> Document:
        return described(self.name, self.data)


def begin(
    desk: Desk, kind: Kind, values: Mapping[str, Any], *, person: str, at: datetime, about: str = ""
) -> str:
    """Keep something new and return its token; what lay too long goes.

    Raise InvalidValue where the person has too many.
    """
    token = secrets.token_hex(16)
    with writing():
        models.Draft.objects.filter(changed_at__lt=at - KEPT).delete()
        if unsent(kind, person).count() >= MOST:
            raise InvalidValue(f"you have {MOST} drafts", hint="send or throw away one of them first")
        sealed = _sealed(desk, token, values)
        row = models.Draft(token=token, person=person, kind=kind, about=about, changed_at=at, sealed=sealed)
        row.save(force_insert=True)
    return token


def unsent(kind: Kind, person: str) -> Any:
    """The rows of a person that are not sent yet, the last changed first."""
    rows = models.Draft.objects.filter(kind=kind, person=person).exclude(sealed=b"")
    return rows.order_by("-changed_at", "token")


def row_of(kind: Kind, token: str, person: str = "", *, lock: bool = False) -> models.Draft:
    """One draft as it lies, a person's own where one is named; raise NoDraft."""
    rows = models.Draft.objects.filter(kind=kind, token=token)
    rows = rows.filter(person=person) if person else rows
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoDraft("there is no such draft")
    return row


def opened(desk: Desk, row: models.Draft) -> dict[str, Any]:
    """What a draft holds; raise NoDraft where it was sent already."""
    if not row.sealed:
        raise NoDraft("the draft was sent")
    found: dict[str, Any] = json.loads(unseal(_cipher(desk), bytes(row.sealed), _context(row.token)))
    return found


def save(desk: Desk, row: models.Draft, values: Mapping[str, Any], *, at: datetime) -> None:
    """Keep other values in a draft; raise NoDraft where it was sent meanwhile."""
    with writing():
        locked = row_of(Kind(row.kind), row.token, row.person, lock=True)
        opened(desk, locked)
        locked.sealed, locked.changed_at = _sealed(desk, row.token, values), at
        locked.save(update_fields=["sealed", "changed_at"])


def attach(desk: Desk, row: models.Draft, name: str, data: bytes) -> None:
    """Keep a document with a draft, each once; raise InvalidValue where it cannot be taken."""
    document = described(name, data)
    with writing():
        locked = row_of(Kind(row.kind), row.token, row.person, lock=True)
        opened(desk, locked)
        if locked.files.filter(digest=document.digest).exists():
            return
        if locked.files.count() >= MAX_DOCUMENTS:
            raise InvalidValue(f"a request has at most {MAX_DOCUMENTS} documents")
        keep(desk, locked, File(name, document.digest, data))


def keep(desk: Desk, row: models.Draft, file: File) -> None:
    """Write a file's row."""
    text = json.dumps(file.name).encode() + b"\n" + file.data
    sealed = seal(_cipher(desk), text, _context(row.token, file.digest))
    models.DraftFile(draft=row, digest=file.digest, sealed=sealed).save(force_insert=True)


def detach(row: models.Draft, digest: str) -> None:
    """Take a document out of a draft."""
    row.files.filter(digest=digest).delete()


def files(desk: Desk, row: models.Draft) -> tuple[File, ...]:
    """The documents of a draft, in the order in which they came."""
    found = []
    for one in row.files.order_by("pk"):
        text = unseal(_cipher(desk), bytes(one.sealed), _context(row.token, one.digest))
        name, _, data = text.partition(b"\n")
        found.append(File(json.loads(name), one.digest, data))
    return tuple(found)


def close(row: models.Draft, request: str) -> None:
    """Remember under which number a draft was filed, and nothing else of it."""
    row.about, row.sealed = request, b""
    row.save(update_fields=["about", "sealed"])
    row.files.all().delete()


def _sealed(desk: Desk, token: str, values: Mapping[str, Any]) -> bytes:
    return seal(_cipher(desk), json.dumps(values).encode(), _context(token))


def _cipher(desk: Desk) -> AESGCM:
    return AESGCM(desk.master.derive("drafts"))


def _context(token: str, digest: str = "") -> bytes:
    return f"draft {token} {digest}".encode()
