"""Rows of productions and what is encrypted in them."""

import json
import secrets
from dataclasses import asdict, dataclass

from sagwan.desk.setup import Desk
from sagwan.desk.vault import age
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.models import Production, ProductionFile
from sagwan.desk.vault.productions.declare import Declared, from_members, to_members
from sagwan.record.private import RecordClass

REQUESTS = "request/"


@dataclass(frozen=True, slots=True)
class Held:
    """A file of a production. `rows` and `blinded` are None for an opaque file, of which only what `by`
    declared was checked; `scope` is the digest of the scope it was checked against."""

    declared: Declared
    digest: str
    size: int
    by: str
    scope: str
    source: str = "person"
    rows: int | None = None
    blinded: int | None = None

    @property
    def is_opaque(self) -> bool:
        return self.rows is None


def stream_of(number: str) -> str:
    return REQUESTS + number


def keyring(desk: Desk, stream: str) -> KeyRing:
    keys = KeyRing(desk.master)
    keys.load([stream])
    return keys


def draft(stream: str) -> Production | None:
    """The production of a request that is being put together."""
    return Production.objects.filter(stream=stream, stage__isnull=True).first()


def open_draft(keys: KeyRing, stream: str) -> Production:
    """The same, begun where there is none."""
    found = draft(stream)
    if found is not None:
        return found
    name = secrets.token_hex(8)
    sealed = keys.seal(stream, RecordClass.MATTER, age.new_identity(), _context(stream, name))
    row = Production(name=name, stream=stream, secret=sealed)
    row.save(force_insert=True)
    return row


def identity(keys: KeyRing, production: Production) -> bytes:
    """The key of its staged files; raise KeyMissing where it was destroyed."""
    context = _context(production.stream, production.name)
    plain = keys.unseal(production.stream, RecordClass.MATTER, bytes(production.secret), context)
    if plain is None:
        raise KeyMissing(f"the key of {production.stream} was destroyed", hint="its production is gone")
    return plain


def hold(keys: KeyRing, production: Production, held: Held, blob: str, size: int) -> ProductionFile:
    """Write a file's row."""
    members = asdict(held) | {"declared": to_members(held.declared)}
    text = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    context = _context(production.stream, production.name)
    sealed = keys.seal(production.stream, RecordClass.MATTER, text.encode(), context)
    row = ProductionFile(production=production, sealed=sealed, blob=blob, size=size)
    row.save(force_insert=True)
    return row


def files(keys: KeyRing, production: Production) -> list[tuple[ProductionFile, Held]]:
    """The files of a production in the order they were put in; raise KeyMissing."""
    context = _context(production.stream, production.name)
    found = []
    for row in ProductionFile.objects.filter(production=production).order_by("id"):
        plain = keys.unseal(production.stream, RecordClass.MATTER, bytes(row.sealed), context)
        if plain is None:
            raise KeyMissing(f"the key of {production.stream} was destroyed", hint="its files are gone")
        members = json.loads(plain)
        declared = from_members("file", members.pop("declared"))
        found.append((row, Held(declared=declared, **members)))
    return found


def _context(stream: str, name: str) -> bytes:
    return f"production {stream} {name}".encode()
