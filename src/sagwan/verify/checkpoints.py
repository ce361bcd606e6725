"""Check 1, and the times of check 2: who signed each checkpoint, and when witnesses saw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sagwan.formats import paths
from sagwan.record.period import Period
from sagwan.tlog import (
    Checkpoint,
    Policy,
    QuorumError,
    TlogError,
    parse_checkpoint,
    parse_note,
    verify_checkpoint,
)
from sagwan.verify.errors import Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.source import NOTE_LIMIT, read_file
from sagwan.verify.trust import Anchors

GRACE = 3600
"""Seconds that a batch may be late beyond the announced clock: machines and witnesses are not exact."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint as a file holds it. `time`: POSIX seconds at which the quorum was met, None if undated."""

    file: str
    checkpoint: Checkpoint
    time: int | None


def read_checkpoint(root: Path, file: str, anchors: Anchors, findings: Findings) -> Seen | None:
    """Read a checkpoint and hold it against the anchors; what fails goes to check 1.

    One that is not signed as it should be is still given back, so that the other checks can say what they
    find. None where the file is no checkpoint at all.
    """
    try:
        data = read_file(root, file, NOTE_LIMIT)
        note = parse_note(data)
        checkpoint = parse_checkpoint(note.text)
    except (Unreadable, TlogError) as error:
        findings.add(1, file, f"no checkpoint can be read: {error}", "a signed checkpoint", "none")
        return None
    times: dict[str, int] = {}
    try:
        times = dict(verify_checkpoint(data, anchors.policy_at(checkpoint.size)).times)
    except QuorumError as error:
        findings.add(1, file, str(error), f"quorum {anchors.policy.quorum}", "not met", checkpoint.size)
    except TlogError as error:
        signers = ", ".join(f"{s.name}+{s.key_id.hex()}" for s in note.signatures)
        known = ", ".join(str(log.key) for log in anchors.policy.logs) or "a key, but none is known"
        why = anchors.chain.explain(note.signatures, anchors.origin)
        message = f"{error}; {why}" if why else str(error)
        findings.add(1, file, message, f"signed by {known}", f"signed by {signers}", checkpoint.size)
    if checkpoint.origin != anchors.origin:
        findings.add(
            1, file, "the checkpoint is of another log", anchors.origin, checkpoint.origin, checkpoint.size
        )
    return Seen(file, checkpoint, dated(times, anchors.policy))


def dated(times: dict[str, int], policy: Policy) -> int | None:
    """The earliest time at which enough witnesses had cosigned; None without a quorum to meet."""
    if policy.quorum == "none":
        return None
    for moment in sorted(set(times.values())):
        if policy.quorum_met({name for name, time in times.items() if time <= moment}):
            return moment
    return None


def check_sizes(period: Period, first: int, cut: int, seen: Sequence[Seen], findings: Findings) -> None:
    """Sizes of a half-year's checkpoints never fall, from the last cut on, and the last one is the cut."""
    before = first
    for one in seen:
        size = one.checkpoint.size
        if size < before:
            message = f"the checkpoints of {period} do not grow"
            findings.add(2, one.file, message, f"a size of at least {before}", size, size)
        before = max(before, size)
    if seen and seen[-1].checkpoint.size != cut:
        message = f"the last checkpoint of {period} is not its cut"
        findings.add(2, seen[-1].file, message, cut, seen[-1].checkpoint.size, cut)
    elif not seen and cut != first:
        message = f"no checkpoint of {period} is there"
        findings.add(2, paths.checkpoint(period, 0), message, f"one of size {cut}", "none", cut)


def check_times(
    seen: Sequence[Seen], interval_hours: int | None, last: int | None, findings: Findings
) -> None:
    """Times rise, and no gap is longer than the announced clock. `last`: time before the first of `seen`."""
    before = last
    for one in seen:
        if one.time is None:
            continue
        if before is not None:
            _check_gap(one, before, interval_hours, findings)
        before = one.time


def _check_gap(one: Seen, before: int, interval_hours: int | None, findings: Findings) -> None:
    assert one.time is not None  # noqa: S101  (the caller left undated ones out)
    size = one.checkpoint.size
    if one.time < before:
        findings.add(
            2,
            one.file,
            "witnesses saw this checkpoint before the one that precedes it",
            f"a time of at least {before}",
            one.time,
            size,
        )
    elif interval_hours is not None and one.time - before > interval_hours * 3600 + GRACE:
        findings.add(
            2,
            one.file,
            f"the log was silent for {(one.time - before) / 3600:.1f} hours before this checkpoint",
            f"at most {interval_hours} hours, as the report announces",
            f"{(one.time - before) / 3600:.1f} hours",
            size,
        )
