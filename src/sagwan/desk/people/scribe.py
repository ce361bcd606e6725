"""One transaction's writing about people and authorities: the event, and the row that follows from it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from sagwan.desk.journal.actions import ConcurrentChange, Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.models import AccountRequest, Authority, Person
from sagwan.desk.people.projection import (
    AUTHORITIES,
    PEOPLE,
    Told,
    settle,
    tell_authority,
    tell_person,
    tell_request,
)
from sagwan.desk.setup import Desk

Members = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes what one actor does at one instant. Use it inside `scribe`."""

    recorder: Recorder
    actor: str
    at: datetime

    def authority(self, row: Authority, slug: str, kind: str, public: Members, private: Members) -> None:
        tell_authority(row, self._note(AUTHORITIES + slug, kind, public, private))
        row.save()

    def person(self, row: Person, name: str, kind: str, public: Members, private: Members) -> Told:
        told = self._note(PEOPLE + name, kind, public, private)
        tell_person(row, told)
        settle(row)
        row.save()
        return told

    def request(self, row: AccountRequest, name: str, kind: str, public: Members, private: Members) -> None:
        tell_request(row, self._note(PEOPLE + name, kind, public, private))
        row.save()

    def note(self, stream: str, kind: str, public: Members) -> None:
        """An event from which no row of people or authorities follows."""
        self._note(stream, kind, public, {})

    def _note(self, stream: str, kind: str, public: Members, private: Members) -> Told:
        self.recorder.note(stream, kind, public, actor=self.actor, at=self.at, private=private)
        return Told(kind, {**public, **private}, self.actor, self.at)


@contextmanager
def scribe(desk: Desk, *streams: str, actor: str, at: datetime) -> Iterator[Scribe]:
    """A transaction that writes about these streams; all of it is in the journal when it ends, or nothing.

    Raise ConcurrentChange where someone else wrote to one of them meanwhile.
    """
    with writing():
        recorder = Recorder(desk)
        recorder.keys.load(streams)
        try:
            yield Scribe(recorder, actor, at)
        except IntegrityError as error:  # the check before it passed: someone else was quicker
            raise ConcurrentChange(
                "someone else recorded the same just now", hint="look again, then repeat"
            ) from error
        recorder.flush()
