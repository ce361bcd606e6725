"""The public keys of officials: what is handed over to them is encrypted to these.

A key is registered only after its owner read a test phrase that was encrypted to it (portal/keys.py shows
it): who mistypes, or gives somebody else's key, finds out before data is lost to it. Only the public half
comes here.
"""

from datetime import datetime

from sagwan.desk.people.models import Person
from sagwan.desk.people.officials import official_row
from sagwan.desk.people.projection import PEOPLE
from sagwan.desk.people.queries import Staff, official_record
from sagwan.desk.people.records import OfficialRecord
from sagwan.desk.people.scribe import scribe
from sagwan.desk.setup import Desk
from sagwan.desk.vault.age import read_recipient
from sagwan.record.errors import InvalidValue

MAX_KEY = 2000
"""Characters of a public key; an RSA key of 8,192 bits has some 1,400."""


def public_key(text: str) -> str:
    """A public key on one line, without the comment that SSH puts behind it; raise InvalidValue."""
    words = text.split()
    if not words or len(text) > MAX_KEY:
        raise InvalidValue("that is no public key", hint="one line, such as age1… or ssh-ed25519 …")
    key = " ".join(words[:2]) if words[0].startswith("ssh-") else " ".join(words)
    read_recipient(key)
    return key


def register_key(desk: Desk, *, name: str, recipient: str, at: datetime) -> None:
    """Record an official's own public key, instead of the one before; the same again changes nothing.

    Raise InvalidValue where age cannot encrypt to it, UnknownPerson where they may not act.
    """
    Staff().require(name, ("official",), "register a key")
    key = public_key(recipient)
    with scribe(desk, PEOPLE + name, actor=name, at=at) as pen:
        row = official_row(name)
        if row.recipient != key:
            pen.person(row, name, "KeyRegistered", {"recipient": key}, {})


def remove_key(desk: Desk, *, name: str, at: datetime) -> None:
    """Record that nothing may be encrypted to an official's key any more."""
    Staff().require(name, ("official",), "remove a key")
    with scribe(desk, PEOPLE + name, actor=name, at=at) as pen:
        row = official_row(name)
        if row.recipient:
            pen.person(row, name, "KeyRemoved", {}, {})


def keyed_colleagues(name: str) -> list[OfficialRecord]:
    """The officials who may fetch what an official asked for and have a key: first themselves, then those of
    their authority, by name. [] where the name is no official's."""
    asker = Person.objects.filter(name=name, roles="official").first()
    if asker is None:
        return []
    rows = Person.objects.filter(authority_id=asker.authority_id, is_active=True).exclude(recipient="")
    found = [official_record(row) for row in rows.select_related("authority").order_by("name")]
    return sorted(found, key=lambda one: one.name != name)
