"""The sealer: places, hashes, signs and publishes, so that no crash forks the log or loses an event.

What a crash leaves behind at each point stands beside it. Whatever it was, the next run finishes it first.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sagwan.record.period import Period
from sagwan.seal.errors import Ahead, SealError
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.seal.ports import Batch, SealStore
from sagwan.tlog import (
    Checkpoint,
    Note,
    SigningKey,
    TlogError,
    parse_checkpoint,
    parse_note,
    sign_note,
    verify_note,
)


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness as the sealer sees it; both calls raise SealError where it cannot be reached.

    `cosign(note, old size)` gives the note with its cosignature; `seen()` the last checkpoint of this log
    that it cosigned, None for none.
    """

    cosign: Callable[[Note, int], Note]
    seen: Callable[[], bytes | None]


@dataclass(slots=True)
class Sealed:
    """What a run did: entries sealed, batches, half-years closed, the tree's size, what witnesses lacked."""

    entries: int = 0
    batches: int = 0
    closed: list[Period] = field(default_factory=list)
    size: int = 0
    unwitnessed: list[str] = field(default_factory=list)


def _nothing(step: str) -> None:
    """The place where tests kill the process."""


class Sealer:
    """One log's sealer. The log key lives only here, in the process that seals."""

    def __init__(
        self,
        *,
        store: SealStore,
        keeper: Keeper,
        log: LogFolder,
        key: SigningKey,
        cosigners: dict[str, Cosigner] | None = None,
        step: Callable[[str], None] = _nothing,
    ) -> None:
        self._store, self._keeper, self._log, self._key = store, keeper, log, key
        self._cosigners = cosigners or {}
        self._step = step

    def run(self, now: datetime) -> Sealed:
        """Seal everything that waits; raise SealError or Ahead before signing where something is ahead."""
        with self._store.alone():
            self._check_nothing_is_ahead()
            done = Sealed()
            for unfinished in self._store.batches_from(self._published_size()):
                self._complete(unfinished, done)
            while (batch := self._store.place(now)) is not None:
                # crash here: places are fixed in the database, nothing is outside; the next run completes
                self._step("placed")
                self._complete(batch, done)
            done.closed = self._store.close(now)
            self._step("closed")
            done.size = self._store.size()
            return done

    def _check_nothing_is_ahead(self) -> None:
        """Keeper, head, public checkpoint and witnesses may know no more than the database."""
        batches = self._keeper.batch_numbers()
        if batches and batches[-1] > self._store.batch_count():
            raise Ahead(
                f"the keeper holds batch {batches[-1]}, the database only {self._store.batch_count()}",
                hint="the database was restored from an older backup: run sagwan recover",
            )
        placed = self._store.size()
        for what, note in self._known_outside():
            if note is None:
                continue
            checkpoint = self._own(note, what)
            if checkpoint.size > placed:
                raise Ahead(
                    f"the {what} has tree size {checkpoint.size}, the database {placed}",
                    hint="the database was restored from an older backup: run sagwan recover",
                )
            if checkpoint.size and self._log.frontier(checkpoint.size).root() != checkpoint.root:
                raise SealError(
                    f"the log's tiles do not give the root of the {what} at size {checkpoint.size}",
                    hint="restore the log folder from a copy of what is published",
                )

    def _known_outside(self) -> list[tuple[str, bytes | None]]:
        """The checkpoints that others hold. A witness that does not answer, or shows what we never signed,
        is evidence of nothing; it is asked for its cosignature later, and then said to be missing."""
        found = [("keeper's head", self._keeper.head()), ("public checkpoint", self._log.checkpoint())]
        for name, witness in self._cosigners.items():
            with suppress(SealError):
                if (seen := witness.seen()) is not None:
                    self._own(seen, name)
                    found.append((f"checkpoint that the witness {name} cosigned last", seen))
        return found

    def _own(self, note: bytes, what: str) -> Checkpoint:
        """A checkpoint of ours: our origin, our signature."""
        try:
            parsed = parse_note(note)
            verify_note(parsed, [self._key.verifier])
            checkpoint = parse_checkpoint(parsed.text)
        except TlogError as error:
            raise SealError(f"the {what} is not signed by this log's key: {error}") from None
        if checkpoint.origin != self._key.name:
            raise SealError(f"the {what} is of the log {checkpoint.origin}, not {self._key.name}")
        return checkpoint

    def _published_size(self) -> int:
        note = self._log.checkpoint()
        return 0 if note is None else self._own(note, "public checkpoint").size

    def _complete(self, batch: Batch, done: Sealed) -> None:
        """Bring a placed batch out into the world; every part of it may be done already."""
        self._keeper.put_batch(batch.number, batch.commitments, self._store.kept(batch))
        # crash here: the keeper can restore the batch into any database; nothing is signed
        self._step("kept")
        root = self._log.extend(batch.first, batch.commitments)
        # crash here: tiles lie beyond the checkpoint, which readers ignore; the next run writes the same
        self._step("tiles")
        note = self._sign(Checkpoint(self._key.name, batch.end, root))
        # crash here: signed, and the keeper knows; the next run publishes this very note
        self._step("signed")
        note = self._cosign(note, done)
        self._keeper.put_checkpoint(batch.end, bytes(note))
        self._store.record_checkpoint(batch.end, batch.period, batch.at, bytes(note).decode())
        # crash here: everyone but the public knows the checkpoint; the next run publishes it
        self._step("recorded")
        self._log.publish(bytes(note))
        self._step("published")
        done.entries += len(batch.commitments)
        done.batches += 1

    def _sign(self, checkpoint: Checkpoint) -> Note:
        """Sign, and let the keeper's head be it: only ever one note for one size, and sizes only grow."""
        head = self._keeper.head()
        if head is not None:
            last = self._own(head, "keeper's head")
            if last.size == checkpoint.size:
                if last.root != checkpoint.root:
                    raise SealError(
                        f"size {last.size} was signed with root {last.root.hex()}, now it is"
                        f" {checkpoint.root.hex()}"
                    )
                return parse_note(head)
            if last.size > checkpoint.size:
                # a batch before the head: signed long ago, its own checkpoint is kept
                return self._kept_note(checkpoint)
        note = sign_note(str(checkpoint), self._key)
        self._keeper.swap_head(head, bytes(note))
        return note

    def _kept_note(self, checkpoint: Checkpoint) -> Note:
        for data in self._keeper.checkpoints():
            if self._own(data, "kept checkpoint").size == checkpoint.size:
                return parse_note(data)
        return sign_note(str(checkpoint), self._key)

    def _cosign(self, note: Note, done: Sealed) -> Note:
        """Ask each witness; what a witness lacks is said, and does not stop the log."""
        before = self._log.checkpoint()
        old_size = 0 if before is None else self._own(before, "public checkpoint").size
        for name, cosigner in self._cosigners.items():
            try:
                note = cosigner.cosign(note, old_size)
            except (TlogError, SealError, OSError) as error:
                done.unwitnessed.append(f"{name}: {error}")
        return note
