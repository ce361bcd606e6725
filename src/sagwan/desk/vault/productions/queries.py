"""Reading productions: what is put in, what stands against a release, what went out, what is amiss."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.queries import Story, story
from sagwan.desk.journal.queries import Stored, all_events, public
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import Production
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.desk.vault.productions.scope import Scope, scope_of
from sagwan.desk.vault.productions.trail import STREAM as TRAIL
from sagwan.record.errors import SagwanError
from sagwan.record.events import Fetched
from sagwan.record.request import Target


@dataclass(frozen=True, slots=True)
class Checked:
    """A production that is being put together: its files, what stands against its release, and those granted
    targets of whom nothing is in it or went out before.

    `ids` are the files' row numbers, in their order. `scope` is what was approved, None where nothing was;
    `seq` the request's last event.
    """

    files: tuple[Held, ...]
    problems: tuple[str, ...]
    without: tuple[Target, ...]
    ids: tuple[int, ...] = ()
    scope: Scope | None = None
    seq: int = 0

    @property
    def digest(self) -> str:
        """Changes when a file is put in or taken out, or the scope changes."""
        parts = [self.scope.digest if self.scope else ""]
        parts += [f"{pk} {held.digest}" for pk, held in zip(self.ids, self.files, strict=True)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def seen(self) -> "Seen":
        return Seen(self.seq, self.digest)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page knew of a production: the request's last event, and `Checked.digest`."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Fetch:
    """Who took a package, and when; `carried` by staff, who bring it another way."""

    by: str
    at: datetime
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Out:
    """A production that was released; with `follow_up`, `stage` is the number of the follow-up, and it holds
    names. `files` is None where the request's key is destroyed; `is_open`: it can be fetched at the instant
    asked about. `by`, `at`: who released it, and when; `to`: a `key` or a `passphrase`."""

    number: str
    stage: int
    follow_up: bool
    manifest: str
    size: int
    expires_at: datetime
    files: tuple[Held, ...] | None
    fetches: tuple[Fetch, ...]
    is_open: bool
    by: str
    at: datetime | None
    to: str

    @property
    def fetched(self) -> int:
        """How often officials fetched it."""
        return sum(not fetch.carried for fetch in self.fetches)


def check(desk: Desk, number: str) -> Checked:
    """What would go out now, and what stands against it; raise UnknownRequest."""
    progress = story(desk, number).progress
    state = progress.state
    found = staged(desk, number)
    ids, files = tuple(pk for pk, _ in found), tuple(held for _, held in found)
    try:
        scope = scope_of(number, state, desk.home.zone)
    except ProductionRefused as error:
        return Checked(files, (str(error),), (), ids, None, progress.seq)
    problems = tuple(_problems(scope, files))
    had = {target for held in files for target in held.declared.targets} | set(state.disclosed_targets)
    granted = {target for targets in scope.granted.values() for target in targets}
    order = {target: place for place, target in enumerate(state.asked_targets)}
    without = tuple(sorted(granted - had, key=lambda one: order.get(one, 0)))
    return Checked(files, problems, without, ids, scope, progress.seq)


def _problems(scope: Scope, files: tuple[Held, ...]) -> Iterator[str]:
    if not files:
        yield "no file was put in"
    for held in files:
        outside = scope.outside(held.declared)
        if outside:
            yield f"{held.declared.name}: {'; '.join(outside)}"
        elif held.scope != scope.digest:
            yield f"{held.declared.name} was checked before the decision changed: put it in again"


def staged(desk: Desk, number: str) -> tuple[tuple[int, Held], ...]:
    """(row number, file) of the production that is being put together."""
    stream = drafts.stream_of(number)
    production = drafts.draft(stream)
    if production is None:
        return ()
    return tuple((row.pk, held) for row, held in drafts.files(drafts.keyring(desk, stream), production))


def released(desk: Desk, number: str, now: datetime) -> tuple[Out, ...]:
    """What went out of a request, stage by stage."""
    stream = drafts.stream_of(number)
    told = story(desk, number, private=False)
    keys, trail = drafts.keyring(desk, stream), list(all_events(TRAIL + number))
    rows = Production.objects.filter(stream=stream, stage__isnull=False).order_by("follow_up", "stage")
    return tuple(
        _out(row, row.stage, row.expires_at, told, trail, _files(keys, row), now)
        for row in rows
        if row.stage is not None and row.expires_at is not None
    )


def _out(
    row: Production,
    stage: int,
    ends: datetime,
    told: Story,
    trail: list[Stored],
    files: tuple[Held, ...] | None,
    now: datetime,
) -> Out:
    sent = _about(trail, stage, row.follow_up, "ProductionReleased", "FollowUpReleased")
    release = sent[-1] if sent else None
    over = not row.follow_up and stage in told.progress.state.expired
    return Out(
        number=told.number,
        stage=stage,
        follow_up=row.follow_up,
        manifest=row.manifest,
        size=row.size,
        expires_at=ends,
        files=files,
        fetches=_fetches(told, trail, stage, row.follow_up),
        is_open=bool(row.blob) and not over and now < ends,
        by=release.actor if release else "",
        at=release.at if release else None,
        to=str(public(release)["to"]) if release else "",
    )


def _fetches(told: Story, trail: list[Stored], stage: int, follow_up: bool) -> tuple[Fetch, ...]:
    """Every fetch of a package, the oldest first."""
    found = [Fetch(one.actor, one.at, True) for one in _about(trail, stage, follow_up, "CarriedOut")]
    found += [Fetch(one.actor, one.at) for one in _about(trail, stage, follow_up, "FollowUpFetched")]
    if not follow_up:
        found += [
            Fetch(stored.actor, stored.at)
            for stored, event in told.events
            if isinstance(event, Fetched) and event.stage == stage
        ]
    return tuple(sorted(found, key=lambda fetch: fetch.at))


def _about(trail: list[Stored], stage: int, follow_up: bool, *kinds: str) -> list[Stored]:
    """The events of these kinds that tell of one package."""
    member = "follow_up" if follow_up else "stage"
    return [event for event in trail if event.type in kinds and public(event).get(member) == stage]


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
