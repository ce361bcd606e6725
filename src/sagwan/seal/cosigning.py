"""The conversation with witnesses: all at once, again after a pause, within a bound, keeping what came.

No witness can hold the log up for longer than the bound, and none can stop it but by an alarm.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue

from sagwan.seal.errors import AnotherHistory, Passed, SealError, Unanswered
from sagwan.tlog import Note, Signature, TlogError, VerifierKey, parse_checkpoint


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness as the sealer sees it. `keys` are its verifier keys.

    `cosign(note, old size)` gives the note with its cosignature; raises Unanswered where it may be asked
    again, Passed where it has cosigned more, AnotherHistory, or SealError. `seen()` gives the last
    checkpoint of this log that it cosigned, None for none; raises SealError.
    """

    cosign: Callable[[Note, int], Note]
    seen: Callable[[], bytes | None]
    keys: tuple[VerifierKey, ...] = ()

    def signed(self, note: Note) -> bool:
        """Does the note bear a line of this witness?"""
        known = {(key.name, key.key_id) for key in self.keys}
        return any((line.name, line.key_id) in known for line in note.signatures)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long witnesses are waited for: `tries` each, with a pause in seconds that doubles, and no longer
    than `within` seconds for all of them together."""

    tries: int = 3
    pause: float = 1.0
    within: float = 60.0


@dataclass(slots=True)
class Answers:
    """What a round brought: cosignatures by tree size, alarms, and why a witness's is missing, by name."""

    signatures: dict[int, list[Signature]] = field(default_factory=dict)
    alarms: dict[str, AnotherHistory] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)


class Round:
    """One run's conversation with all witnesses. Who did not answer once is not asked again in this run."""

    def __init__(self, witnesses: Mapping[str, Cosigner], patience: Patience) -> None:
        self._witnesses, self._patience = witnesses, patience
        self._silent: dict[str, str] = {}

    def seen(self) -> dict[str, bytes]:
        """The checkpoint that each witness cosigned last, of those who can say; asked at once, not again."""
        found: dict[str, bytes] = {}

        def look(name: str, witness: Cosigner) -> None:
            with suppress(SealError):
                if (note := witness.seen()) is not None:
                    found[name] = note

        _at_once(
            {name: partial(look, name, witness) for name, witness in self._witnesses.items()},
            self._patience.within,
        )
        return dict(found)

    def lack(self, note: Note) -> list[str]:
        """The witnesses whose cosignature a note lacks."""
        return [name for name, witness in self._witnesses.items() if not witness.signed(note)]

    def ask(self, notes: Sequence[Note], old_size: int, floors: Mapping[str, int], newest: int) -> Answers:
        """Ask every witness for what the notes, by ascending tree size, lack of it.

        `floors` are the sizes that witnesses are known to have cosigned last: they take nothing smaller.
        `newest` is the log's own last size: one that says it saw more raises an alarm.
        """
        answers = Answers()
        came: list[tuple[int, list[Signature]]] = []
        jobs: dict[str, Callable[[], None]] = {}
        for name, witness in self._witnesses.items():
            before = floors.get(name, old_size)
            wanted = [n for n in notes if _size(n) >= floors.get(name, 0) and not witness.signed(n)]
            if name in self._silent:
                answers.lacking[name] = self._silent[name]
            elif wanted:
                jobs[name] = partial(self._all_of, witness, wanted, before, newest, came)
        failed = _at_once(jobs, self._patience.within)
        for name, error in failed.items():
            if isinstance(error, AnotherHistory):
                answers.alarms[name] = error
            self._silent[name] = answers.lacking[name] = str(error)
        for size, lines in list(came):  # a copy: who is not waited for may still add to it
            answers.signatures.setdefault(size, []).extend(lines)
        return answers

    def _all_of(
        self,
        witness: Cosigner,
        notes: Sequence[Note],
        old_size: int,
        newest: int,
        came: list[tuple[int, list[Signature]]],
    ) -> None:
        """Ask one witness for note after note; what came stays, also where a later one fails."""
        end = time.monotonic() + self._patience.within
        for note in notes:
            if _size(note) < old_size:
                continue
            try:
                cosigned = self._patiently(partial(witness.cosign, note, old_size), end)
            except Passed as passed:
                if passed.size > newest:
                    raise
                old_size = passed.size
                continue
            came.append((_size(note), [line for line in cosigned.signatures if line not in note.signatures]))
            old_size = _size(note)

    def _patiently(self, ask: Callable[[], Note], end: float) -> Note:
        pause = self._patience.pause
        for _ in range(self._patience.tries - 1):
            try:
                return ask()
            except Unanswered:
                if time.monotonic() + pause > end:
                    raise
                time.sleep(pause)
                pause *= 2
        return ask()


def _size(note: Note) -> int:
    return parse_checkpoint(note.text).size


def _at_once(jobs: Mapping[str, Callable[[], None]], within: float) -> dict[str, Exception]:
    """Run the jobs side by side; return the errors of those that failed or were not done in time.

    The threads are daemons: one that hangs in a dead connection holds neither the run nor the process.
    """
    done: SimpleQueue[tuple[str, Exception | None]] = SimpleQueue()

    def run(name: str, job: Callable[[], None]) -> None:
        try:
            job()
        except (SealError, TlogError, OSError) as error:
            done.put((name, error))
        except Exception as error:
            done.put((name, SealError(f"asking it failed: {type(error).__name__}: {error}")))
        else:
            done.put((name, None))

    for name, job in jobs.items():
        threading.Thread(target=run, args=(name, job), daemon=True).start()
    end, waiting, failed = time.monotonic() + within, set(jobs), dict[str, Exception]()
    while waiting:
        try:
            name, error = done.get(timeout=max(end - time.monotonic(), 0))
        except Empty:
            break
        waiting.discard(name)
        if error is not None:
            failed[name] = error
    late = Unanswered(f"no answer within {within:g} seconds", hint="it is asked again at the next run")
    return failed | dict.fromkeys(sorted(waiting), late)
