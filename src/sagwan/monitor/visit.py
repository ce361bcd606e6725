"""A visit to several logs: each looked at by itself, what is new written down, one exit code for all."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sagwan.monitor.journal import Entry, Journal
from sagwan.monitor.look import Look, look
from sagwan.monitor.rules import Rules
from sagwan.monitor.state import LogFolder, writable
from sagwan.monitor.words import Code, Finding, Level, say
from sagwan.record.errors import SagwanError

LASTING = (Code.FORKED, Code.REWRITTEN)
"""What a log cannot take back: it stands for as long as its evidence lies in the monitor's folder."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit came to: what is new, in order, and which alarms stand, by log."""

    new: tuple[Entry, ...]
    standing: dict[str, dict[str, dict[str, str]]]

    @property
    def exit_code(self) -> int:
        """For cron: 0 nothing is wrong, 1 an alarm stands, 4 a log could not be read."""
        names = {name.partition(":")[0] for alarms in self.standing.values() for name in alarms}
        if names - {Code.UNREACHABLE}:
            return 1
        return 4 if names else 0


class Monitor:
    """A monitor with its folder, which one process uses at a time."""

    def __init__(self, folder: Path) -> None:
        writable(folder)
        self.folder = folder

    def visit(
        self,
        urls: Sequence[str],
        rules: Rules,
        now: datetime | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Visit:
        """Look at each log once. Raise SagwanError where the folder is in use or damaged."""
        moment = now or datetime.now(UTC)
        new: list[Entry] = []
        standing = {}
        with self._alone():
            journal = Journal(self.folder)
            for number, url in enumerate(urls):
                progress(number, len(urls))
                folder = LogFolder(self.folder, url)
                seen = look(url, folder, rules, moment)
                entries = [Entry.of(moment, url, one) for one in news(folder, seen)]
                # Written down first: after a crash a finding is told twice rather than never.
                journal.add(entries)
                folder.save(seen.state, seen.note)
                new += entries
                standing[url] = dict(seen.state.standing)
            progress(len(urls), len(urls))
        return Visit(tuple(new), standing)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SagwanError(
                    f"another monitor works in {self.folder}", hint="wait for it, or name another --state"
                ) from None
            yield


def news(folder: LogFolder, seen: Look) -> list[Finding]:
    """What was not known at the last visit; the state's `standing` becomes what stands now."""
    state, found = seen.state, seen.found
    told = [one for one in found if one.level is Level.NOTE or one.name not in state.standing]
    now = {one.name: one.text for one in found if one.level is not Level.NOTE}
    unread = Code.UNREACHABLE in now
    for name, text in state.standing.items():
        lasting = name.partition(":")[0] in LASTING and folder.has_evidence
        if name in now:
            continue
        if lasting or (unread and name != Code.UNREACHABLE):
            now[name] = text
        else:
            over = say(Code.OVER, "", about=name)
            told.append(Finding(Code.OVER, name, {lang: over.text[lang] + text[lang] for lang in text}))
    state.standing = now
    return told
