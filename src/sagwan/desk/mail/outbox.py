"""Putting mail into the outbox: in the transaction of what it tells of, or not at all."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from sagwan.desk.mail.config import mail_config
from sagwan.desk.mail.models import Outgoing
from sagwan.desk.setup import Desk
from sagwan.desk.vault.master import seal, unseal

Texts = Mapping[str, str]
"""Language → text, of every language of the pages."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a mail says. Notes to one person with the same subject go out as one mail: their lines one below
    the other, and the closing once. Never a private value of a request, and never a link to click."""

    subject: Texts
    line: Texts
    closing: Texts


@dataclass(frozen=True, slots=True)
class Addressed:
    """A note and the address that it goes to."""

    to: str
    note: Note


def put(desk: Desk, to: str | None, note: Note) -> bool:
    """Let a note go out; False where there is no address, or the home has no mail server.

    Mail goes by the machine's clock, whatever instant its note is about.
    """
    if not to or not mail_config(desk.home).host:
        return False
    text = json.dumps({"to": to, **asdict(note)}, ensure_ascii=False, default=dict).encode()
    sealed = seal(_cipher(desk), text, b"outgoing")
    now = timezone.now()
    Outgoing(sealed=sealed, queued_at=now, next_at=now).save(force_insert=True)
    return True


def opened(desk: Desk, row: Outgoing) -> Addressed:
    """What a row holds; raise KeyMissing."""
    values = json.loads(unseal(_cipher(desk), bytes(row.sealed), b"outgoing"))
    return Addressed(values.pop("to"), Note(**values))


def _cipher(desk: Desk) -> AESGCM:
    return AESGCM(desk.master.derive("outbox"))
