"""Handing a released production out: to the official in the portal, or to staff who carry it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sagwan.desk.casework.access import record_access
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story
from sagwan.desk.casework.roles import OFFICIAL, TEAM, check_own
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import Production
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.errors import ProductionRefused, SecondFactorNeeded
from sagwan.desk.vault.productions.trail import note
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep
from sagwan.record.vocabulary import Sender

FRESH = timedelta(minutes=10)
_FORGED = "the request is denied or suspected to be forged; nothing more is handed out"


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Who showed a second factor, and when; only the sign-in makes one."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """An encrypted production on its way: a name for the file, its bytes, and its chunks, once."""

    name: str
    size: int
    chunks: Iterator[bytes]


def open_for_fetch(
    desk: Desk,
    number: str,
    stage: int,
    *,
    actor: str,
    proof: SecondFactor,
    at: datetime,
    follow_up: bool = False,
) -> Parcel:
    """The official's fetch: recorded before the first byte.

    With `follow_up`, `stage` is the number of the follow-up whose names are fetched.

    Raise SecondFactorNeeded, ProductionRefused after its end, or what the request's rules say (IllegalStep,
    UnknownPerson): another authority's official is told that there is no such request.
    """
    if proof.person != actor or not timedelta(0) <= at - proof.at <= FRESH:
        raise SecondFactorNeeded("a fetch needs a second factor shown just now", hint="show it again")
    record = _fetched_names if follow_up else _fetched
    with writing():
        # Whether this person may fetch is said before whether it is too late or what is amiss here; what is
        # refused after that takes the record back.
        record(desk, number, stage, actor, at)
        row = _row(number, stage, follow_up)
        if row is None or not row.blob:
            raise ProductionRefused(f"the package of stage {stage} can be fetched no more")
        _check_time(row, at)
        file = _open(desk, row)
    return _parcel(row, file)


def _fetched(desk: Desk, number: str, stage: int, actor: str, at: datetime) -> None:
    execute(desk, [Step(number, ask.Fetch(stage), actor, at)])


def _fetched_names(desk: Desk, number: str, stage: int, actor: str, at: datetime) -> None:
    """Record the fetch of a follow-up's names, by the rules that a fetch of data has."""
    staff = Staff()
    staff.require(actor, (OFFICIAL,), "fetch a production")
    progress = story(desk, number, private=False).progress
    check_own(staff, actor, progress)
    if progress.state.suspected_by or progress.state.sender is Sender.DENIED:
        raise IllegalStep(_FORGED)
    if _row(number, stage, follow_up=True) is None:
        raise ProductionRefused(f"no names were handed over with follow-up {stage}")
    note(desk, number, "FollowUpFetched", actor, at, follow_up=stage)


def carry_out(
    desk: Desk, number: str, stage: int, *, actor: str, at: datetime, follow_up: bool = False
) -> Parcel:
    """The encrypted package for staff who bring it another way (a disc, a courier); recorded before the
    first byte.

    For requests that came by post: nobody can fetch those in the portal.
    """
    Staff().require(actor, TEAM, "carry out a production")
    details = {"request": number, "stage": stage, "follow_up": follow_up}
    state = story(desk, number, private=False).progress.state
    if state.suspected_by or state.sender is Sender.DENIED:
        raise IllegalStep(_FORGED)
    row = _row(number, stage, follow_up)
    if row is None or not row.blob:
        raise ProductionRefused(f"{number} has no production of stage {stage} that can be fetched")
    _check_time(row, at)
    file = _open(desk, row)
    try:
        with writing():
            note(desk, number, "CarriedOut", actor, at, **{"follow_up" if follow_up else "stage": stage})
            record_access(desk, person=actor, what="ProductionCarriedOut", details=details, at=at)
    except BaseException:
        file.close()
        raise
    return _parcel(row, file)


def _row(number: str, stage: int, follow_up: bool) -> Production | None:
    rows = Production.objects.filter(stream=drafts.stream_of(number), stage=stage, follow_up=follow_up)
    return rows.first()


def _check_time(row: Production, at: datetime) -> None:
    if row.expires_at is None or at >= row.expires_at:
        raise ProductionRefused(
            f"what was handed over in stage {row.stage} can be fetched no more",
            hint="ask the provider to release it again",
        )


def _open(desk: Desk, row: Production) -> BinaryIO:
    """The package's file, opened before anything is recorded: its end cannot cut a fetch short."""
    path = store.blob_path(desk.home, row.blob)
    try:
        file = path.open("rb")
    except OSError:
        raise ProductionRefused(
            f"the package {path.name} is not there", hint="sagwan fsck says more"
        ) from None
    if path.stat().st_size != row.size:
        file.close()
        raise ProductionRefused(f"the package {path.name} has another size than it had", hint="sagwan fsck")
    return file


def _parcel(row: Production, file: BinaryIO) -> Parcel:
    number = row.stream.removeprefix(drafts.REQUESTS)
    name = package_name(number, row.stage or 0, follow_up=row.follow_up)
    return Parcel(name, row.size, _Chunks(file))


def package_name(number: str, stage: int, *, follow_up: bool) -> str:
    """What the file of a package is called."""
    return f"{number}-{'names' if follow_up else 'data'}-{stage}.zip.age"


class _Chunks(Iterator[bytes]):
    """A file's pieces; it is closed after the last, or before the first where nobody takes any."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __next__(self) -> bytes:
        chunk = b"" if self._file.closed else self._file.read(store.CHUNK)
        if not chunk:
            self.close()
            raise StopIteration
        return chunk

    def close(self) -> None:
        self._file.close()
