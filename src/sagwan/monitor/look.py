"""One look at a log as it is published now, held against what is known of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sagwan.formats import paths
from sagwan.monitor import reports
from sagwan.monitor.rules import Rules
from sagwan.monitor.state import LogFolder, LogState
from sagwan.monitor.trees import View, begins_with, parse_view
from sagwan.monitor.words import Code, Finding, say
from sagwan.tlog import TlogError, parse_checkpoint, parse_note
from sagwan.verify import Trust
from sagwan.verify.checkpoints import Seen, read_checkpoint
from sagwan.verify.errors import SourceError, Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.keychain import read_handovers
from sagwan.verify.source import NOTE_LIMIT, Source, open_source, read_file
from sagwan.verify.trust import Anchors, parse_keys, settle

PATIENCE = 3
"""Announced intervals after which a log that shows no new checkpoint has stalled."""


@dataclass(slots=True)
class Look:
    """What a look gives: the state to keep, the note to keep with it, and everything found."""

    state: LogState
    note: bytes | None = None
    found: list[Finding] = field(default_factory=list)


def look(url: str, folder: LogFolder, rules: Rules, now: datetime) -> Look:
    """Look at a log once; what cannot be reached is a finding. Raise SagwanError for unusable input."""
    seen = Look(folder.load())
    try:
        with open_source(url) as source:
            _Looking(source, folder, rules, now, seen).run()
    except SourceError as error:
        seen.found.append(say(Code.UNREACHABLE, error.message))
    return seen


class _Looking:
    def __init__(self, source: Source, folder: LogFolder, rules: Rules, now: datetime, seen: Look) -> None:
        self.source, self.folder, self.rules, self.now, self.seen = source, folder, rules, now, seen
        self.state = seen.state

    def run(self) -> None:
        try:
            self.source.fetch([paths.CHECKPOINT, paths.KEY], NOTE_LIMIT)
            note = read_file(self.source.root, paths.CHECKPOINT, NOTE_LIMIT)
            origin = parse_checkpoint(parse_note(note).text).origin
        except Unreadable as error:
            raise SourceError(str(error)) from None
        except TlogError as error:
            self._add(Code.NO_LOG, error)
            return
        anchors = self._anchors(origin)
        head = self._head(anchors)
        if head is None:
            return
        self._compare(head, note, anchors)
        periods = reports.check(
            self.source, self.folder, self.state, self.rules, self.now, self._trust(origin), self.seen.found
        )
        interval = reports.interval(self.source, periods)
        if interval is not None and self.state.grew:
            self._check_clock(interval)

    def _add(self, code: Code, *values: object, about: object = "") -> None:
        self.seen.found.append(say(code, *values, about=about))

    def _trust(self, origin: str) -> Trust:
        """The reader's keys of this log, else what the last visit left."""
        given = [key for key in parse_keys(self.rules.trust.key) if key.name.startswith(origin)]
        return replace(self.rules.trust, key="\n".join(map(str, given)) or self.state.key)

    def _anchors(self, origin: str) -> Anchors:
        hints = ""
        if (self.source.root / paths.KEY).exists():
            hints = read_file(self.source.root, paths.KEY, NOTE_LIMIT).decode("utf-8", "replace")
        return settle(self._trust(origin), origin, hints, read_handovers(self.source, origin, Findings()))

    def _head(self, anchors: Anchors) -> Seen | None:
        findings = Findings()
        head = read_checkpoint(self.source.root, paths.CHECKPOINT, anchors, findings)
        failures, _ = findings.failures(1)
        for failure in failures:
            self._add(Code.SIGNATURE, failure.message)
        if self.state.origin and anchors.origin != self.state.origin:
            self._add(Code.SIGNATURE, f"{anchors.origin} ≠ {self.state.origin}")
            return None
        return None if failures else head

    def _compare(self, head: Seen, note: bytes, anchors: Anchors) -> None:
        """The tree as it is shown now, with the one that was kept, and with those that others were shown."""
        now = View(paths.CHECKPOINT, head.checkpoint.size, head.checkpoint.root, note)
        first = not self.state.origin
        kept = None
        if not first:
            kept = View("the last visit", self.state.size, bytes.fromhex(self.state.root), self.folder.note)
        wrong = self._differs(kept, now) if kept else []
        for where, other in self.rules.against:
            view = parse_view(where, other, anchors)
            if view:
                wrong += self._differs(view, now)
        self.seen.found += wrong
        if first:
            self.state.first_seen = self.now.isoformat()
            self._add(Code.FIRST, now.size, anchors.anchor)
        if self.state.key and anchors.key and anchors.key not in self.state.key.split("\n"):
            self._add(Code.KEY_CHANGED, anchors.key)
        self.state.origin, self.state.key = anchors.origin, anchors.memo
        if not wrong and (kept is None or now.size > kept.size):
            at = self.now if head.time is None else datetime.fromtimestamp(head.time, UTC)
            self.state.size, self.state.root, self.state.grew = now.size, now.root.hex(), at.isoformat()
            self.seen.note = note

    def _differs(self, before: View, now: View) -> list[Finding]:
        """What is wrong between an earlier view and this one; both notes are kept as evidence then."""
        found = []
        if before.size == now.size and before.root != now.root:
            found = [
                say(
                    Code.FORKED, now.size, before.where, before.root.hex(), now.root.hex(), about=before.where
                )
            ]
        elif before.size > now.size and before.where == "the last visit":
            found = [say(Code.SHRUNK, now.size, before.size)]
        elif before.size != now.size:
            small, large = sorted((before, now), key=lambda view: view.size)
            why = begins_with(self.source, small, large)
            if why:
                found = [say(Code.REWRITTEN, large.size, small.size, before.where, why, about=before.where)]
        if found:
            self.folder.keep("before", before.note)
            self.folder.keep("now", now.note)
        return found

    def _check_clock(self, hours: int) -> None:
        grew = datetime.fromisoformat(self.state.grew)
        if (self.now - grew).total_seconds() > PATIENCE * hours * 3600:
            self._add(Code.STALLED, grew.isoformat(timespec="minutes"), hours)
