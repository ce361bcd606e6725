"""Is a request here already? By authority and case number through the blind index, service and instrument."""

from collections.abc import Iterable, Iterator, Sequence

from sagwan.desk.casework.models import Case
from sagwan.desk.journal.queries import REQUESTS
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import BlindIndex, Document
from sagwan.record.request import Filing

_AT_ONCE = 400
"""Values in one statement: SQLite takes some thousand, and the statement stays short."""


def earlier_of(desk: Desk, filings: Sequence[Filing]) -> list[str]:
    """For each filing, the number of a request that is here already of the same service, instrument,
    authority and case number, or ''. A request whose ledger is destroyed is no longer found."""
    return [min(found, default="") for found in _earlier(desk, filings)]


def all_earlier_of(desk: Desk, filing: Filing) -> list[str]:
    """The numbers of all such requests of one filing, in alphabetical order."""
    return sorted(_earlier(desk, [filing])[0])


def with_document(digests: Sequence[str]) -> list[str]:
    """The numbers of requests that hold a file of one of these SHA-256, in alphabetical order."""
    found = Document.objects.filter(digest__in=digests, stream__startswith=REQUESTS)
    return sorted({stream.removeprefix(REQUESTS) for stream in found.values_list("stream", flat=True)})


def _earlier(desk: Desk, filings: Sequence[Filing]) -> list[list[str]]:
    blind = desk.master.blind
    cases = {one: blind("case-number", one) for one in {filing.case_number for filing in filings}}
    authorities = {one: blind("authority", one) for one in {filing.authority for filing in filings}}
    with_case = list(_streams(cases.values(), ()))
    streams = sorted({stream for _, stream in with_case})
    if not streams:
        return [[] for _ in filings]
    of_case: dict[bytes, set[str]] = {}
    for digest, stream in with_case:
        of_case.setdefault(digest, set()).add(stream)
    of_authority = set(_streams(authorities.values(), streams))
    kinds = _kinds(streams)
    return [
        [
            stream.removeprefix(REQUESTS)
            for stream in of_case.get(cases[filing.case_number], ())
            if (authorities[filing.authority], stream) in of_authority
            and kinds.get(stream) == (filing.service, filing.instrument)
        ]
        for filing in filings
    ]


def _streams(digests: Iterable[bytes], among: Sequence[str]) -> Iterator[tuple[bytes, str]]:
    """(digest, stream) rows of the index, `among` those streams where it is not empty."""
    wanted = sorted(digests)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = BlindIndex.objects.filter(digest__in=wanted[start : start + _AT_ONCE])
        for part in _parts(among) if among else [None]:
            found = rows if part is None else rows.filter(stream__in=part)
            for digest, stream in found.values_list("digest", "stream"):
                if stream.startswith(REQUESTS):
                    yield bytes(digest), stream


def _kinds(streams: Sequence[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part in _parts([stream.removeprefix(REQUESTS) for stream in streams]):
        rows = Case.objects.filter(number__in=part).values_list("number", "service", "instrument")
        found |= {REQUESTS + number: (service, instrument) for number, service, instrument in rows}
    return found


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
