"""The sealer: places, hashes, signs and publishes, so that no crash forks the log or loses an event.

What a crash leaves behind at each point stands beside it. Whatever it was, the next run finishes it first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sagwan.formats.handover import SignedHandover
from sagwan.record.period import Period
from sagwan.seal.alarms import Alarms, what_to_do
from sagwan.seal.cosigning import Answers, Cosigner, Patience, Round
from sagwan.seal.errors import Ahead, AnotherHistory, SealError
from sagwan.seal.handovers import handovers_of, keys_at, require_current
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

MOST_LATE = 64
"""How many checkpoints, counted back from the last, a witness that was away is asked for afterwards."""

_LOOKED_AT_AGAIN = 8
"""How many checkpoints a run goes back to look for partial tiles that an earlier one should have deleted."""


@dataclass(slots=True)
class Sealed:
    """What a run did: entries sealed, batches, half-years closed, the tree's size, what witnesses lacked, how
    many cosignatures came late, to checkpoints that were published before, and how many batches a half-year
    had beyond its last one, since more banded lines waited than one batch holds."""

    entries: int = 0
    batches: int = 0
    closed: list[Period] = field(default_factory=list)
    size: int = 0
    unwitnessed: list[str] = field(default_factory=list)
    late: int = 0
    further: int = 0


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
        cosigners: Mapping[str, Cosigner] | None = None,
        alarms: Alarms | None = None,
        patience: Patience | None = None,
        step: Callable[[str], None] = _nothing,
    ) -> None:
        self._store, self._keeper, self._log, self._key = store, keeper, log, key
        self._cosigners = cosigners or {}
        self._alarms = alarms
        self._patience = patience or Patience()
        self._step = step
        self._round = Round(self._cosigners, self._patience)
        self._floors: dict[str, int] = {}
        self._handovers: list[SignedHandover] = []

    def run(self, now: datetime) -> Sealed:
        """Seal everything that waits; raise SealError or Ahead before signing where something is ahead, and
        AnotherHistory where an alarm stands or a witness raises one."""
        if self._alarms is not None:
            self._alarms.require_none()
        with self._store.alone():
            self._handovers = handovers_of(self._log)
            require_current(self._log, self._key.verifier)
            self._round = Round(self._cosigners, self._patience)
            self._check_nothing_is_ahead(now)
            before = self._store.checkpoint_sizes(_LOOKED_AT_AGAIN)
            done = Sealed()
            self._ask_again(now, done)
            for unfinished in self._store.batches_from(self._published_size()):
                self._complete(unfinished, now, done)
            while (batch := self._store.place(now)) is not None:
                # crash here: places are fixed in the database, nothing is outside; the next run completes
                self._step("placed")
                self._complete(batch, now, done)
                done.further += batch.further
            done.closed = self._store.close(now)
            self._step("closed")
            done.size = self._store.size()
            done.unwitnessed = list(dict.fromkeys(done.unwitnessed))
            if done.batches and before:
                self._remove_superseded(before, done)
            return done

    def _remove_superseded(self, before: list[int], done: Sealed) -> None:
        """Delete the partial tiles whose full ones have been public since a run before this one.

        Looks at what the last checkpoints have filled; at everything when a half-year is closed, for
        what stopped runs have left. Last of all, so that a damaged file stops no sealing.
        """
        known = len(before) == _LOOKED_AT_AGAIN and not done.closed
        self._log.remove_superseded(before[0], before[-1] if known else 0)
        # crash here: some partials are gone, each of which has its full tile
        self._step("removed")

    def _check_nothing_is_ahead(self, now: datetime) -> None:
        """Keeper, head, public checkpoint and witnesses may know no more than the database."""
        batches = self._keeper.batch_numbers()
        if batches and batches[-1] > self._store.batch_count():
            raise Ahead(
                f"the keeper holds batch {batches[-1]}, the database only {self._store.batch_count()}",
                hint="the database was restored from an older backup: run sagwan recover",
            )
        placed = self._store.size()
        for what, note in (
            ("keeper's head", self._keeper.head()),
            ("public checkpoint", self._log.checkpoint()),
        ):
            if note is not None and not self._is_ours(self._known(note, what, placed)):
                size = self._own(note, what).size
                raise SealError(
                    f"the log's tiles do not give the root of the {what} at size {size}",
                    hint="restore the log folder from a copy of what is published",
                )
        self._floors = {
            name: floor
            for name, note in self._round.seen().items()
            if (floor := self._witnessed(name, note, placed, now)) is not None
        }

    def _witnessed(self, name: str, note: bytes, placed: int, now: datetime) -> int | None:
        """The size that a witness cosigned last. One that shows what we never signed is evidence of nothing;
        it is asked for its cosignature later, and then said to be missing."""
        what = f"checkpoint that the witness {name} cosigned last"
        try:
            self._own(note, what)
        except SealError:
            return None
        checkpoint = self._known(note, what, placed)
        if not self._is_ours(checkpoint):
            ours = self._log.checkpoint() or b""
            said = f"the {what} has our signature, size {checkpoint.size} and a root that our log never had"
            self._raise_alarm(
                now, AnotherHistory(said, {"the witness's checkpoint": note, "our public checkpoint": ours})
            )
        return checkpoint.size

    def _known(self, note: bytes, what: str, placed: int) -> Checkpoint:
        """A checkpoint of ours, no larger than what the database has placed."""
        checkpoint = self._own(note, what)
        if checkpoint.size > placed:
            raise Ahead(
                f"the {what} has tree size {checkpoint.size}, the database {placed}",
                hint="the database was restored from an older backup: run sagwan recover",
            )
        return checkpoint

    def _is_ours(self, checkpoint: Checkpoint) -> bool:
        """Do the log's tiles give the checkpoint's root?"""
        return not checkpoint.size or self._log.frontier(checkpoint.size).root() == checkpoint.root

    def _own(self, note: bytes, what: str) -> Checkpoint:
        """A checkpoint of ours: our origin, our signature."""
        try:
            parsed = parse_note(note)
            checkpoint = parse_checkpoint(parsed.text)
            verify_note(parsed, keys_at(self._handovers, self._key.verifier, checkpoint.size))
        except TlogError as error:
            raise SealError(f"the {what} is not signed by this log's key: {error}") from None
        if checkpoint.origin != self._key.name:
            raise SealError(f"the {what} is of the log {checkpoint.origin}, not {self._key.name}")
        return checkpoint

    def _published_size(self) -> int:
        note = self._log.checkpoint()
        return 0 if note is None else self._own(note, "public checkpoint").size

    def _complete(self, batch: Batch, now: datetime, done: Sealed) -> None:
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
        note = self._cosign(note, now, done)
        # crash here: the keeper has what witnesses answered, and they are not asked for it again
        self._step("cosigned")
        self._store.record_checkpoint(batch.end, batch.period, batch.at, bytes(note).decode())
        self._store.record_cosigned(batch.end, bytes(note).decode(), now)
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
        kept = self._keeper.checkpoint(checkpoint.size)
        if kept is None:
            return sign_note(str(checkpoint), self._key)
        self._own(kept, "kept checkpoint")
        return parse_note(kept)

    def _with_kept(self, note: Note) -> Note:
        """The note with the cosignatures that the keeper has for it already: those of a run that stopped."""
        kept = self._keeper.checkpoint(parse_checkpoint(note.text).size)
        if kept is None or (found := parse_note(kept)).text != note.text:
            return note
        return note.with_signatures(found.signatures)

    def _cosign(self, note: Note, now: datetime, done: Sealed) -> Note:
        """Ask the witnesses; what one lacks is said, and does not stop the log. An alarm does: then what
        others signed is kept, and nothing is published."""
        size = parse_checkpoint(note.text).size
        note = self._with_kept(note)
        answers = self._round.ask([note], self._published_size(), self._floors, self._newest())
        note = note.with_signatures(answers.signatures.get(size, ()))
        self._keeper.put_checkpoint(size, bytes(note))
        self._check_alarms(answers, now)
        self._say_lacking(note, answers, done)
        return note

    def _say_lacking(self, note: Note, answers: Answers, done: Sealed) -> None:
        for name in self._round.lack(note):
            reason = answers.lacking.get(name, "it has cosigned a later checkpoint")
            done.unwitnessed.append(f"{name}: {reason}")

    def _ask_again(self, now: datetime, done: Sealed) -> None:
        """Ask for what published checkpoints lack because a witness was away, oldest first, so that each gets
        its own. Keeper and journal learn it; of the public files only the log's last checkpoint changes."""
        notes = self._lacking()
        if not notes:
            return
        answers = self._round.ask(notes, 0, self._floors, self._newest())
        for note in notes:
            size = parse_checkpoint(note.text).size
            cosigned = note.with_signatures(answers.signatures.get(size, ()))
            done.late += len(cosigned.signatures) - len(note.signatures)
            self._keeper.put_checkpoint(size, bytes(cosigned))
            # crash here: the keeper has it; the next run tells journal and public
            self._store.record_cosigned(size, bytes(cosigned).decode(), now)
            if size == self._published_size() and self._log.checkpoint() != bytes(cosigned):
                self._log.publish(bytes(cosigned))
        self._check_alarms(answers, now)
        last = notes[-1]
        found = answers.signatures.get(parse_checkpoint(last.text).size, ())
        self._say_lacking(last.with_signatures(found), answers, done)

    def _lacking(self) -> list[Note]:
        """The published checkpoints, by ascending size, that lack a witness: the last one, and those before
        it without a gap; also the last one where a crash left it other than the keeper's."""
        if not self._cosigners:
            return []
        published, found = self._published_size(), list[Note]()
        sizes = [size for size in self._keeper.checkpoint_sizes() if size <= published]
        for size in reversed(sizes[-MOST_LATE:]):
            data = self._keeper.checkpoint(size) or b""
            self._own(data, "kept checkpoint")
            note = parse_note(data)
            unpublished = size == published and self._log.checkpoint() != data
            if not self._round.lack(note) and not unpublished:
                break
            found.append(note)
        return found[::-1]

    def _newest(self) -> int:
        head = self._keeper.head()
        return 0 if head is None else self._own(head, "keeper's head").size

    def _check_alarms(self, answers: Answers, now: datetime) -> None:
        for name, alarm in answers.alarms.items():
            self._raise_alarm(now, AnotherHistory(f"{name}: {alarm.message}", alarm.evidence))

    def _raise_alarm(self, now: datetime, alarm: AnotherHistory) -> None:
        """Keep the evidence, and stop: nothing is signed until a person has taken the file away."""
        if self._alarms is None:
            raise alarm
        file = self._alarms.keep(now, alarm.message, alarm.evidence)
        raise AnotherHistory(alarm.message, alarm.evidence, hint=what_to_do(file))
