"""Recreate people and authorities from their events.

Rows are changed in place: what signing in keeps beside a person (password, second factors, devices) is no
event, and hangs on the row. A row without an event goes.
"""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

from django.db import models

from sagwan.desk.journal import queries
from sagwan.desk.people import projection as told_to
from sagwan.desk.people.models import AccountRequest, Authority, Person, SeenDomain
from sagwan.desk.people.projection import AUTHORITIES, PEOPLE, Told
from sagwan.desk.people.sightings import SENDERS, project_sighting
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import CHUNK, KeyRing
from sagwan.record.private import RecordClass

KEPT = ("id", "password", "last_login")
"""What no event tells."""

Row = TypeVar("Row", Authority, Person, AccountRequest)


def rebuild_people(desk: Desk) -> None:
    """Make the rows of authorities, people, requests for accounts and seen domains anew, in a transaction."""
    Person.objects.update(authority=None, roles="", email=None, invitation=None)
    _fill(Authority, "slug", _histories(desk, AUTHORITIES), told_to.tell_authority)
    _fill(Person, "name", _histories(desk, PEOPLE), _person)
    _fill(AccountRequest, "name", _histories(desk, PEOPLE), told_to.tell_request)
    SeenDomain.objects.all().delete()
    for stored in queries.all_events(SENDERS):
        project_sighting(queries.public(stored), stored.at)


def _person(row: Person, told: Told) -> None:
    told_to.tell_person(row, told)
    told_to.settle(row)


def _fill(
    model: type[Row], key: str, histories: Iterator[list[Told]], tell: Callable[[Row, Told], None]
) -> None:
    old = {getattr(row, key): row for row in model.objects.all()}
    for history in histories:
        row = model()
        for told in history:
            tell(row, told)
        name = getattr(row, key)
        if not name:
            continue  # a stream that tells of no such row
        before = old.pop(name, None)
        if before is not None:
            _keep(row, before)
        row.save()
    model.objects.filter(pk__in=[row.pk for row in old.values()]).delete()


def _keep(row: models.Model, before: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if field.attname in KEPT:
            setattr(row, field.attname, getattr(before, field.attname))
    row._state.adding = False


def _histories(desk: Desk, prefix: str) -> Iterator[list[Told]]:
    """The streams' events, stream by stream, with the private members whose key is left."""
    streams = groupby(queries.all_events(prefix), key=lambda stored: stored.stream)
    chunk: list[list[queries.Stored]] = []
    for _, history in streams:
        chunk.append(list(history))
        if len(chunk) == CHUNK:
            yield from _read(desk, chunk)
            chunk = []
    yield from _read(desk, chunk)


def _read(desk: Desk, chunk: list[list[queries.Stored]]) -> Iterator[list[Told]]:
    keys = KeyRing(desk.master)
    keys.load(history[0].stream for history in chunk)
    for history in chunk:
        yield [
            Told(stored.type, {**queries.public(stored), **_private(stored, keys)}, stored.actor, stored.at)
            for stored in history
        ]


def _private(stored: queries.Stored, keys: KeyRing) -> dict:
    if stored.ledger is None:
        return {}
    text = keys.decrypt(stored.stream, stored.seq, RecordClass.LEDGER, stored.ledger)
    return {} if text is None else json.loads(text)
