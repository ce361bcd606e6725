"""Reading productions: what is put in, what stands against a release, what went out, what is amiss."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.queries import story
from sagwan.desk.journal.queries import all_events, public
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import Production
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.desk.vault.productions.scope import Scope, scope_of
from sagwan.desk.vault.productions.trail import STREAM as TRAIL
from sagwan.record.errors import SagwanError
from sagwan.record.request import Target


@dataclass(frozen=True, slots=True)
class Checked:
    """A production that is being put together: its files, what stands against its release, and those granted
    targets of whom nothing is in it or went out before."""

    files: tuple[Held, ...]
    problems: tuple[str, ...]
    without: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Out:
    """A production that was released; with `follow_up`, `stage` is the number of the follow-up, and it holds
    names. `files` is None where the request's key is destroyed; `fetched` is how
    often it was; `is_open`: it can be fetched at the instant asked about."""

    number: str
    stage: int
    follow_up: bool
    manifest: str
    size: int
    expires_at: datetime
    files: tuple[Held, ...] | None
    fetched: int
    is_open: bool


def check(desk: Desk, number: str) -> Checked:
    """What would go out now, and what stands against it; raise UnknownRequest."""
    state = story(desk, number).progress.state
    files = put_in_files(desk, number)
    try:
        scope = scope_of(number, state, desk.home.zone)
    except ProductionRefused as error:
        return Checked(files, (str(error),), ())
    problems = tuple(_problems(scope, files))
    had = {target for held in files for target in held.declared.targets} | set(state.disclosed_targets)
    granted = {target for targets in scope.granted.values() for target in targets}
    order = {target: place for place, target in enumerate(state.asked_targets)}
    return Checked(files, problems, tuple(sorted(granted - had, key=lambda one: order.get(one, 0))))


def _problems(scope: Scope, files: tuple[Held, ...]) -> Iterator[str]:
    if not files:
        yield "no file was put in"
    for held in files:
        outside = scope.outside(held.declared)
        if outside:
            yield f"{held.declared.name}: {'; '.join(outside)}"
        elif held.scope != scope.digest:
            yield f"{held.declared.name} was checked before the decision changed: put it in again"


def put_in_files(desk: Desk, number: str) -> tuple[Held, ...]:
    """The files of the production that is being put together."""
    stream = drafts.stream_of(number)
    production = drafts.draft(stream)
    if production is None:
        return ()
    return tuple(held for _, held in drafts.files(drafts.keyring(desk, stream), production))


def released(desk: Desk, number: str, now: datetime) -> tuple[Out, ...]:
    """What went out of a request, stage by stage."""
    stream = drafts.stream_of(number)
    state = story(desk, number, private=False).progress.state
    keys = drafts.keyring(desk, stream)
    names_fetched = Counter(
        public(event)["follow_up"] for event in all_events(TRAIL + number) if event.type == "FollowUpFetched"
    )
    rows = Production.objects.filter(stream=stream, stage__isnull=False).order_by("follow_up", "stage")
    return tuple(
        Out(
            number=number,
            stage=row.stage,
            follow_up=row.follow_up,
            manifest=row.manifest,
            size=row.size,
            expires_at=row.expires_at,
            files=_files(keys, row),
            fetched=names_fetched[row.stage] if row.follow_up else state.fetched.count(row.stage),
            is_open=bool(row.blob)
            and (row.follow_up or row.stage not in state.expired)
            and now < row.expires_at,
        )
        for row in rows
        if row.stage is not None and row.expires_at is not None
    )


def _files(keys: drafts.KeyRing, row: Production) -> tuple[Held, ...] | None:
    try:
        return tuple(held for _, held in drafts.files(keys, row))
    except SagwanError:
        return None


def amiss(desk: Desk) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) for each encrypted file that is missing, changed, or named by no row."""
    known = store.known_blobs()
    for blob in sorted(known):
        path = store.blob_path(desk.home, blob)
        if not path.exists():
            yield f"productions/{path.name}", "is missing"
        elif (digest := store.digest_of(path)[0]) != blob:
            yield f"productions/{path.name}", f"has the SHA-256 {digest}"
    for path in sorted(store.folder(desk.home).glob("*.age")):
        if path.stem not in known:
            yield f"productions/{path.name}", "belongs to no production; the next one sweeps it"
