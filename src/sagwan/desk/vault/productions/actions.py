"""Putting files in and taking them out, releasing a production, fetching it, ending it.

Files are staged encrypted; clear ones exist only in the private folder of the work at hand. A release needs
an approver who put nothing in. Events: `Disclosed` (with the manifest's SHA-256), `Fetched`, `Expired` of the
request, and `system/production/<number>` for who put what in and sent what out.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.casework.careful import execute_seen
from sagwan.desk.casework.queries import Story, story
from sagwan.desk.casework.roles import APPROVER, CLOCK, COUNSEL
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk
from sagwan.desk.vault import age, blinding, documents
from sagwan.desk.vault.connectors import Connector, Incoming
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.models import Production, ProductionFile
from sagwan.desk.vault.productions import drafts, store
from sagwan.desk.vault.productions.declare import Declared
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.errors import Changed, ProductionRefused
from sagwan.desk.vault.productions.package import MANIFEST, Entry, manifest
from sagwan.desk.vault.productions.queries import Seen, check
from sagwan.desk.vault.productions.scope import Scope, scope_of
from sagwan.desk.vault.productions.screening import screen
from sagwan.desk.vault.productions.shipping import DAYS, Locking, Released, check_days, seal_package
from sagwan.desk.vault.productions.trail import note
from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.events import Decision, Proposed
from sagwan.record.request import Target
from sagwan.record.state import State

KEEPERS = (COUNSEL, APPROVER)
MAX_FILES = 1000
MAX_TOTAL = 16 * 1024**3
"""Bytes of all files of a production."""


def put_in(
    desk: Desk, number: str, declared: Declared, source: BinaryIO, *, actor: str, at: datetime
) -> Held:
    """Check one file against the approved scope and stage it.

    Raise OutsideScope with what lies outside, UnreadableRows, ProductionRefused or UnknownPerson; then
    nothing of it is kept.
    """
    Staff().require(actor, KEEPERS, "put files into a production")
    scope, _ = _scope(desk, number)
    return _stage(
        desk, scope, Incoming(declared, lambda: nullcontext(source)), actor=actor, at=at, origin="person"
    )


def from_connector(desk: Desk, number: str, connector: Connector, *, actor: str, at: datetime) -> list[Held]:
    """Let a connector bring the files of a request, each checked like one that a person puts in.

    The first that is refused ends it; those before it stay put in.
    """
    Staff().require(actor, KEEPERS, "put files into a production")
    scope, _ = _scope(desk, number)
    origin = connector.describe().name
    return [
        _stage(desk, scope, incoming, actor=actor, at=at, origin=origin)
        for incoming in connector.fetch(scope)
    ]


@dataclass(frozen=True, slots=True)
class Tried:
    """One of several files that were put in: what it became, or why it was not taken."""

    name: str
    held: Held | None = None
    refused: SagwanError | None = None


def put_each(
    desk: Desk,
    number: str,
    bring: Callable[[Scope], Iterable[Incoming | Tried]],
    *,
    actor: str,
    at: datetime,
    origin: str = "person",
) -> list[Tried]:
    """Put several files in, each for itself: one that is refused does not keep the others out.

    `bring` gives them for the approved scope, or what became of them already; what it raises on the way
    (ConnectorError) is the last of the answers, without a name. Raise ProductionRefused or UnknownPerson
    where nothing may be put in at all.
    """
    Staff().require(actor, KEEPERS, "put files into a production")
    scope, _ = _scope(desk, number)
    return list(_each(desk, scope, bring, actor, at, origin))


def _each(
    desk: Desk,
    scope: Scope,
    bring: Callable[[Scope], Iterable[Incoming | Tried]],
    actor: str,
    at: datetime,
    origin: str,
) -> Iterator[Tried]:
    try:
        for incoming in bring(scope):
            if isinstance(incoming, Tried):
                yield incoming
                continue
            name = incoming.declared.name
            try:
                yield Tried(name, held=_stage(desk, scope, incoming, actor=actor, at=at, origin=origin))
            except SagwanError as error:
                yield Tried(name, refused=error)
    except SagwanError as error:
        yield Tried("", refused=error)


def _scope(desk: Desk, number: str) -> tuple[Scope, State]:
    state = story(desk, number).progress.state
    return scope_of(number, state, desk.home.zone), state


def _stage(desk: Desk, scope: Scope, incoming: Incoming, *, actor: str, at: datetime, origin: str) -> Held:
    stream, declared = drafts.stream_of(scope.number), incoming.declared
    with store.working(desk.home) as work:
        source, result, sealed = work / "source", work / "result", work / "sealed"
        with incoming.open() as file:
            store.copy_in(file, source, declared.name)
        with writing():
            keys = drafts.keyring(desk, stream)
            secret = blinding.request_key(keys, stream) if _blinds(declared) else b""
            production = drafts.open_draft(keys, stream)
            keys.save()
        screened = screen(scope, declared, source, result, lambda: secret)
        digest, size = store.digest_of(result)
        held = Held(
            declared=declared,
            digest=digest,
            size=size,
            by=actor,
            scope=scope.digest,
            source=origin,
            rows=screened.rows,
            blinded=screened.blinded,
        )
        age.encrypt_to_own(drafts.identity(keys, production), result, sealed)
        with store.coming_in(desk.home), writing():
            others = [other for _, other in drafts.files(keys, production)]
            _check_room(stream, production, others, held)
            blob, sealed_size = store.keep(desk.home, sealed)
            row = drafts.hold(keys, production, held, blob, sealed_size)
            note(desk, scope.number, "FileAdded", actor, at, file=row.pk, bytes=size, opaque=held.is_opaque)
    return held


def _blinds(declared: Declared) -> bool:
    return declared.columns is not None and bool(declared.columns.sender)


def _check_room(stream: str, production: Production, others: list[Held], new: Held) -> None:
    current = drafts.draft(stream)
    if current is None or current.name != production.name:
        raise ConcurrentChange("the production was released meanwhile", hint="put the file in again")
    if len(others) >= MAX_FILES:
        raise ProductionRefused(f"a production has at most {MAX_FILES:,} files", hint="zip some together")
    if sum(other.size for other in others) + new.size > MAX_TOTAL:
        raise ProductionRefused(f"a production has at most {MAX_TOTAL:,} bytes", hint="release it in stages")
    if any(other.declared.name.casefold() == new.declared.name.casefold() for other in others):
        raise InvalidValue(
            f"the production has a file {new.declared.name} already",
            hint="take it out, or choose another name",
        )


def take_out(desk: Desk, number: str, name: str, *, actor: str, at: datetime) -> None:
    """Take a staged file out of the production that is being put together."""
    Staff().require(actor, KEEPERS, "take files out of a production")
    stream = drafts.stream_of(number)
    with writing():
        production = drafts.draft(stream)
        found = drafts.files(drafts.keyring(desk, stream), production) if production else []
        row = next((row for row, held in found if held.declared.name == name), None)
        if row is None:
            raise InvalidValue(f"the production of {number} has no file {name}")
        pk, blob = row.pk, row.blob
        row.delete()
        note(desk, number, "FileTakenOut", actor, at, file=pk)
    store.forget(desk.home, {blob} - store.known_blobs())


@dataclass(frozen=True, slots=True)
class _Ready:
    """A production that nothing stands against: its row and files, the stage that it will be, the command."""

    production: Production
    rows: list[tuple[ProductionFile, Held]]
    stage: int
    keys: KeyRing
    command: Callable[[str], ask.Disclose]
    seen: int | None

    @property
    def entries(self) -> list[Entry]:
        return [Entry(held.declared.name, held.digest, held.size) for _, held in self.rows]


def seal_and_release(
    desk: Desk,
    number: str,
    *,
    releaser: str,
    at: datetime,
    locking: Locking | None = None,
    days: int = DAYS,
    seen: Seen | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> Released:
    """Package what was put in, encrypt it, and record the disclosure: all of it or nothing.

    The releaser is an approver who put none of the files in, and did not propose the decision. `seen` is what
    they looked at: where it is not that any more, Changed or MovedOn is raised. `step` is told each station,
    for tests. Raise ProductionRefused with everything that stands against it, IllegalStep, InvalidValue or
    UnknownPerson.
    """
    Staff().require(releaser, (APPROVER,), "release a production")
    check_days(days)
    ready = _ready(desk, number, releaser, seen)
    with store.working(desk.home) as work:
        text = manifest((("request", number), ("stage", str(ready.stage))), at, ready.entries)
        secret = drafts.identity(ready.keys, ready.production)
        pours = [_pour(desk, secret, row) for row, _ in ready.rows]
        files = zip(ready.entries, pours, strict=True)
        sealed, passphrase = seal_package(work, text, files, locking or Locking(), step)
        with store.coming_in(desk.home), writing():
            blob, size = store.keep(desk.home, sealed)
            step("kept")
            digest = _disclose(desk, number, ready, text, releaser, at)
            out = Released(number, ready.stage, digest, size, at + timedelta(days=days), passphrase)
            _send(desk, ready, out, blob, releaser, at)
            step("recorded")
        step("committed")
    store.forget(desk.home, {row.blob for row, _ in ready.rows} - store.known_blobs())
    return out


def _ready(desk: Desk, number: str, releaser: str, seen: Seen | None) -> _Ready:
    """What can go out now; raise ProductionRefused."""
    found = check(desk, number)
    if seen is not None and seen.digest != found.digest:
        raise Changed(
            f"the files of {number} are not those that you looked at", hint="look at them again, then repeat"
        )
    if found.problems:
        raise ProductionRefused(f"the production of {number} cannot go out: {'; '.join(found.problems)}")
    stream = drafts.stream_of(number)
    production = drafts.draft(stream)
    if production is None:
        raise ConcurrentChange("the production was released meanwhile", hint="look at it again")
    keys = drafts.keyring(desk, stream)
    rows = drafts.files(keys, production)
    told = story(desk, number)
    why = barred(told, [held for _, held in rows], releaser)
    if why:
        raise ProductionRefused(why, hint="a second person must (four eyes)")
    state = told.progress.state
    command = _disclosure(state, [held.declared for _, held in rows])
    return _Ready(production, rows, state.stages + 1, keys, command, seen.seq if seen else None)


def barred(told: Story, held: Iterable[Held], person: str) -> str:
    """Why the rule of four eyes keeps a person from releasing these files; '' where it does not."""
    if person in {one.by for one in held}:
        return f"{person} put files in and cannot release them"
    proposers = [
        event.by
        for _, event in told.events
        if isinstance(event, Proposed) and isinstance(event.proposal, Decision)
    ]
    if proposers and proposers[-1] == person:
        return f"{person} proposed the decision and cannot release what it grants"
    return ""


def _disclose(desk: Desk, number: str, ready: _Ready, text: bytes, releaser: str, at: datetime) -> str:
    """Record the disclosure and keep the manifest; return its SHA-256. Raise ConcurrentChange."""
    _check_same(ready.production, [row.pk for row, _ in ready.rows])
    described = documents.described(MANIFEST, text)
    done = _do(desk, number, ready.command(described.digest), ready.seen, releaser, at)
    if done[-1].state.stages != ready.stage:
        raise ConcurrentChange("something was handed over meanwhile", hint="look again, then repeat")
    documents.keep(ready.keys, drafts.stream_of(number), (described,), (text,))
    ready.keys.save()
    return described.digest


def _send(desk: Desk, ready: _Ready, out: Released, blob: str, releaser: str, at: datetime) -> None:
    """Make the draft a production that can be fetched; its staged files are named no more."""
    production = ready.production
    production.stage, production.manifest = out.stage, out.manifest
    production.blob, production.size, production.expires_at = blob, out.size, out.expires_at
    production.save(force_update=True)
    ProductionFile.objects.filter(production=production).update(blob="", size=0)
    facts = {"stage": out.stage, "files": len(ready.rows), "bytes": out.size}
    note(desk, out.number, "ProductionReleased", releaser, at, **facts, **out.terms)


def _pour(desk: Desk, secret: bytes, row: ProductionFile) -> Callable[[age.Writer], None]:
    return lambda sink: age.decrypt_own(secret, store.blob_path(desk.home, row.blob), sink)


def _check_same(production: Production, packaged: list[int]) -> None:
    """The production is still what was packaged, and nobody released it meanwhile."""
    locked = Production.objects.select_for_update().filter(name=production.name, stage__isnull=True).first()
    now = ProductionFile.objects.filter(production=production).order_by("id").values_list("id", flat=True)
    if locked is None or list(now) != packaged:
        raise ConcurrentChange("the production was changed meanwhile", hint="look at it again, then repeat")


def _disclosure(state: State, declared: Iterable[Declared]) -> Callable[[str], ask.Disclose]:
    """The command that counts what goes out: a target that had data before is not counted again."""
    before = set(state.disclosed_targets)
    named: dict[Target, None] = {}
    data = set()
    for each in declared:
        data.add(each.data)
        named.update(dict.fromkeys(target for target in each.targets if target not in before))
    targets, categories = tuple(named), tuple(sorted(data))
    return lambda digest: ask.Disclose(categories, len(targets), targets, digest)


def _do(
    desk: Desk, number: str, command: ask.Command, seen: int | None, actor: str, at: datetime
) -> list[Done]:
    """Carry a command out; with `seen` only if the request still stands there."""
    if seen is None:
        return execute(desk, [Step(number, command, actor, at)])
    return execute_seen(desk, number, [command], seen=seen, actor=actor, at=at)


def expire(
    desk: Desk,
    number: str,
    stage: int,
    *,
    actor: str,
    at: datetime,
    follow_up: bool = False,
    seen: int | None = None,
) -> None:
    """End the time in which a production can be fetched, and destroy its package.

    With `follow_up`, `stage` is the number of the follow-up whose names it holds. `seen` is the last event
    that the one who ends it knew of. Raise ProductionRefused, MovedOn, IllegalStep or UnknownPerson.
    """
    Staff().require(actor, KEEPERS, "end a production")
    rows = Production.objects.filter(stream=drafts.stream_of(number), stage=stage, follow_up=follow_up)
    row = rows.first()
    if row is None or (follow_up and not row.blob):
        raise ProductionRefused(f"{number} has no production of stage {stage} that can be fetched")
    _end(desk, row, actor, at, seen)


def expire_due(desk: Desk, now: datetime) -> int:
    """End every production whose time is over; how many. Twice does no more than once."""
    rows = Production.objects.filter(expires_at__lte=now).exclude(blob="").order_by("expires_at", "name")
    due = list(rows)
    for row in due:
        _end(desk, row, CLOCK, now)
    store.sweep(desk.home)
    return len(due)


def _end(desk: Desk, row: Production, actor: str, at: datetime, seen: int | None = None) -> None:
    number, blob = row.stream.removeprefix(drafts.REQUESTS), row.blob
    store.check_outside()
    with writing():
        state = story(desk, number, private=False).progress.state
        if row.follow_up:
            note(desk, number, "FollowUpExpired", actor, at, follow_up=row.stage)
        elif row.stage is not None and row.stage not in state.expired:
            _do(desk, number, ask.Expire(row.stage), seen, actor, at)
        Production.objects.filter(name=row.name).update(blob="", size=0)
    store.forget(desk.home, {blob} - {""} - store.known_blobs())
