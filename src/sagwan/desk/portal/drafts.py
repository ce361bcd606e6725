"""Drafts of officials: kept encrypted, found by their writer alone."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sagwan.desk.journal.locks import writing
from sagwan.desk.portal import models
from sagwan.desk.setup import Desk
from sagwan.desk.vault.documents import described
from sagwan.desk.vault.master import seal, unseal
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import MAX_DOCUMENTS, Document

KEPT = timedelta(days=7)
"""After so long without a change a draft is thrown away."""
MOST = 20
"""Drafts of one person at a time."""


class NoDraft(SagwanError):
    """A draft that is not there, or is somebody else's: both look the same."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far. `targets` is the list as text, one a line; `paper` the document's items."""

    token: str
    service: str
    instrument: str
    emergency: bool = False
    case_number: str = ""
    data: tuple[str, ...] = ()
    targets: str = ""
    kind: str = ""
    accounts: int | None = None
    paper: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A document of a draft with its bytes."""

    name: str
    digest: str
    data: bytes

    @property
    def document(self) -> Document:
        return described(self.name, self.data)


def begin(desk: Desk, *, person: str, service: str, instrument: str, emergency: bool, at: datetime) -> Draft:
    """A new draft; drafts that lay too long go. Raise InvalidValue where the person has too many."""
    with writing():
        models.Draft.objects.filter(changed_at__lt=at - KEPT).delete()
        if models.Draft.objects.filter(person=person, request="").count() >= MOST:
            raise InvalidValue(f"you have {MOST} drafts", hint="send or throw away one of them first")
        draft = Draft(secrets.token_hex(16), service, instrument, emergency)
        row = models.Draft(token=draft.token, person=person, changed_at=at, sealed=_sealed(desk, draft))
        row.save(force_insert=True)
    return draft


def row_of(token: str, person: str, *, lock: bool = False) -> models.Draft:
    """A person's own draft as it lies; raise NoDraft."""
    rows = models.Draft.objects.filter(token=token, person=person)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoDraft("there is no such draft")
    return row


def opened(desk: Desk, row: models.Draft) -> Draft:
    """What a draft holds; raise NoDraft where it was sent already."""
    if row.request:
        raise NoDraft("the draft was sent")
    values = json.loads(unseal(_cipher(desk), bytes(row.sealed), _context(row.token)))
    return Draft(**(values | {"token": row.token, "data": tuple(values["data"])}))


def save(desk: Desk, draft: Draft, *, person: str, at: datetime) -> None:
    """Keep what was typed."""
    with writing():
        row = row_of(draft.token, person, lock=True)
        opened(desk, row)
        row.sealed, row.changed_at = _sealed(desk, draft), at
        row.save(update_fields=["sealed", "changed_at"])


def attach(desk: Desk, token: str, name: str, data: bytes, *, person: str) -> None:
    """Keep a document with a draft, each once; raise InvalidValue where it cannot be taken."""
    document = described(name, data)
    with writing():
        row = row_of(token, person, lock=True)
        opened(desk, row)
        if row.files.filter(digest=document.digest).exists():
            return
        if row.files.count() >= MAX_DOCUMENTS:
            raise InvalidValue(f"a request has at most {MAX_DOCUMENTS} documents")
        text = json.dumps(name).encode() + b"\n" + data
        sealed = seal(_cipher(desk), text, _context(token, document.digest))
        models.DraftFile(draft=row, digest=document.digest, sealed=sealed).save(force_insert=True)


def detach(token: str, digest: str, *, person: str) -> None:
    """Take a document out of a draft."""
    row_of(token, person).files.filter(digest=digest).delete()


def files(desk: Desk, row: models.Draft) -> tuple[File, ...]:
    """The documents of a draft, in the order in which they came."""
    found = []
    for one in row.files.order_by("pk"):
        name, _, data = unseal(_cipher(desk), bytes(one.sealed), _context(row.token, one.digest)).partition(
            b"\n"
        )
        found.append(File(json.loads(name), one.digest, data))
    return tuple(found)


def of(desk: Desk, person: str) -> list[tuple[Draft, datetime]]:
    """A person's drafts that were not sent, the last changed first."""
    rows = models.Draft.objects.filter(person=person, request="").order_by("-changed_at")
    return [(opened(desk, row), row.changed_at) for row in rows]


def close(row: models.Draft, request: str) -> None:
    """Remember under which number a draft was filed, and nothing else of it."""
    row.request, row.sealed = request, b""
    row.save(update_fields=["request", "sealed"])
    row.files.all().delete()


def discard(token: str, *, person: str) -> None:
    """Throw a draft away."""
    row_of(token, person).delete()


def _sealed(desk: Desk, draft: Draft) -> bytes:
    values = asdict(replace(draft, token=""))
    return seal(_cipher(desk), json.dumps(values).encode(), _context(draft.token))


def _cipher(desk: Desk) -> AESGCM:
    return AESGCM(desk.master.derive("portal-drafts"))


def _context(token: str, digest: str = "") -> bytes:
    return f"draft {token} {digest}".encode()
