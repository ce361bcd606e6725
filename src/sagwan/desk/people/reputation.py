"""What this home has seen of an official or an authority: its own counts, shared with nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from sagwan.desk.casework.models import Case
from sagwan.desk.journal.models import Event
from sagwan.desk.journal.queries import REQUESTS
from sagwan.desk.people.models import Authority, Person
from sagwan.desk.people.projection import PEOPLE
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import CHUNK
from sagwan.desk.vault.models import BlindIndex
from sagwan.record.vocabulary import CallResult, Outcome


@dataclass(frozen=True, slots=True)
class Reputation:
    """Numbers of requests; `failed_calls` counts call-backs that were denied or not answered, about requests
    and about the officials themselves."""

    requests: int = 0
    refused: int = 0
    suspected: int = 0
    failed_calls: int = 0


def of_official(desk: Desk, official: OfficialRecord) -> Reputation:
    """What is known of one official: of requests that they filed, or that name them and their authority."""
    streams = {*_streams(_filed_by([official.name])), *_naming_official(desk, official)}
    return _reputation(streams, [official.name])


def of_authority(desk: Desk, authority: AuthorityRecord) -> Reputation:
    """What is known of an authority: of the requests that its officials filed, or that name it."""
    names = _officials(authority.slug)
    streams = {*_streams(_filed_by(names)), *_streams(_naming(desk, authority.name_ko, authority.name_en))}
    return _reputation(streams, names)


def official_came_before(desk: Desk, official: OfficialRecord, request: str = "") -> bool:
    """Is there a request of the official, other than `request`?"""
    this = REQUESTS + request
    return (
        _filed_by([official.name]).exclude(stream=this).exists()
        or len(_naming_official(desk, official) - {this}) > 0
    )


def authority_came_before(desk: Desk, authority: AuthorityRecord, request: str = "") -> bool:
    """Is there a request of the authority, other than `request`?"""
    found = (_filed_by(_officials(authority.slug)), _naming(desk, authority.name_ko, authority.name_en))
    return any(rows.exclude(stream=REQUESTS + request).exists() for rows in found)


def _officials(slug: str) -> list[str]:
    return list(Person.objects.filter(authority__slug=slug).values_list("name", flat=True))


def _filed_by(names: list[str]) -> QuerySet:
    """Requests that they filed, as cases: an index answers, where the journal would be read as a whole."""
    stream = Concat(Value(REQUESTS), "number", output_field=TextField())
    return Case.objects.filter(filed_by__in=names).annotate(stream=stream)


def _naming(desk: Desk, *names: str) -> QuerySet:
    """Rows of the blind index: requests whose authority is one of these."""
    digests = [desk.master.blind("authority", name) for name in names if name]
    return BlindIndex.objects.filter(digest__in=digests, stream__startswith=REQUESTS)


def _naming_official(desk: Desk, official: OfficialRecord) -> set[str]:
    """Streams of requests that name the official together with their authority: a namesake is another."""
    office = Authority.objects.get(slug=official.authority)
    digest = desk.master.blind("official", official.full_name)
    rows = BlindIndex.objects.filter(digest=digest, stream__startswith=REQUESTS)
    found: set[str] = set()
    for chunk in _chunks(sorted(_streams(rows))):
        found |= _streams(_naming(desk, office.name_ko, office.name_en).filter(stream__in=chunk))
    return found


def _streams(rows: QuerySet) -> set[str]:
    return set(rows.values_list("stream", flat=True))


def _reputation(streams: set[str], officials: list[str]) -> Reputation:
    refused = suspected = 0
    failed = sum(_failed_calls([PEOPLE + n for n in names], "OfficialCalled") for names in _chunks(officials))
    for chunk in _chunks(sorted(streams)):
        numbers = [stream.removeprefix(REQUESTS) for stream in chunk]
        counts = Case.objects.filter(number__in=numbers).aggregate(
            refused=Count("number", filter=Q(outcome=Outcome.REFUSED))
        )
        refused += counts["refused"]
        suspicions = Event.objects.filter(stream__in=chunk, type="ForgerySuspected")
        suspected += suspicions.values("stream").distinct().count()
        failed += _failed_calls(chunk, "CalledBack")
    return Reputation(len(streams), refused, suspected, failed)


def _failed_calls(streams: list[str], kind: str) -> int:
    """Calls that were denied or not answered. The result is public in both kinds of event."""
    bad = Q()
    for result in (CallResult.DENIED, CallResult.NO_ANSWER):
        bad |= Q(public__contains=f'"result":"{result}"')
    return Event.objects.filter(bad, stream__in=streams, type=kind).count()


def _chunks(items: list[str]) -> Iterator[list[str]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
