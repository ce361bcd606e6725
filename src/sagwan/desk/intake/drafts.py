"""Drafts of filings, an official's own or one that staff enter: encrypted, found by their writer alone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sagwan.desk.intake import models, rows
from sagwan.desk.intake.rows import File, Kind
from sagwan.desk.setup import Desk


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far. `targets` is the list as text, one a line; `paper` the document's items.

    What an official is signed in for stays empty with them, and staff say it: by which way it came
    (`channel`), the authority's slug on record or else its name, the officials' names, mail address and
    phone of the sender. `read` names the fields that were read out of a document, for a person to check.
    """

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
    channel: str = "portal"
    authority: str = ""
    authority_name: str = ""
    officials: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    read: tuple[str, ...] = ()
    token: str = ""


def begin(desk: Desk, draft: Draft, *, person: str, at: datetime) -> str:
    """Keep a new draft and return its token; raise InvalidValue where the person has too many."""
    return rows.begin(desk, Kind.FILING, asdict(draft), person=person, at=at)


def row_of(token: str, person: str, *, lock: bool = False) -> models.Draft:
    """A person's own draft as it lies; raise NoDraft."""
    return rows.row_of(Kind.FILING, token, person, lock=lock)


def opened(desk: Desk, row: models.Draft) -> Draft:
    """What a draft holds; raise NoDraft where it was sent already."""
    return _draft(row, rows.opened(desk, row))


def save(desk: Desk, draft: Draft, *, person: str, at: datetime) -> None:
    """Keep what was typed."""
    rows.save(desk, row_of(draft.token, person), asdict(draft), at=at)


def attach(desk: Desk, token: str, name: str, data: bytes, *, person: str) -> None:
    """Keep a document with a draft, each once; raise InvalidValue where it cannot be taken."""
    rows.attach(desk, row_of(token, person), name, data)


def detach(token: str, digest: str, *, person: str) -> None:
    """Take a document out of a draft."""
    rows.detach(row_of(token, person), digest)


def files(desk: Desk, row: models.Draft) -> tuple[File, ...]:
    """The documents of a draft, in the order in which they came."""
    return rows.files(desk, row)


def of(desk: Desk, person: str) -> list[tuple[Draft, datetime]]:
    """A person's drafts that were not sent, the last changed first."""
    return [(opened(desk, row), row.changed_at) for row in rows.unsent(Kind.FILING, person)]


def discard(token: str, *, person: str) -> None:
    """Throw a draft away."""
    row_of(token, person).delete()


def _draft(row: models.Draft, values: dict[str, Any]) -> Draft:
    lists = {name: tuple(values[name]) for name in ("data", "officials", "read")}
    return Draft(**(values | lists | {"token": row.token}))
