"""Checks 2 and 3: each checkpoint is a tree of these entries, in order of time, and nothing was rewritten."""

from sagwan.formats import paths
from sagwan.verify.checkpoints import check_times
from sagwan.verify.engine import HashedLog
from sagwan.verify.findings import Findings
from sagwan.verify.published import Published


def check_roots(published: Published, tree: HashedLog, findings: Findings) -> None:
    """Check 2: the entries hash to the root of every checkpoint at its size."""
    for one in published.checkpoints:
        wanted, found = one.checkpoint.root, tree.roots.get(one.checkpoint.size)
        if found is not None and found != wanted:
            message = "the entries do not hash to this checkpoint's root"
            findings.add(2, one.file, message, wanted.hex(), found.hex(), one.checkpoint.size)


def check_handovers(published: Published, tree: HashedLog, findings: Findings) -> None:
    """Check 2: the tree at which a key gave way is the one that its handover names."""
    for one in published.anchors.chain.followed:
        found = tree.roots.get(one.size)
        if found is not None and found != one.root:
            message = "the entries do not hash to the root that this handover names"
            findings.add(2, paths.handover(one.number), message, one.root.hex(), found.hex(), one.size)


def check_clock(published: Published, findings: Findings) -> None:
    """Check 2: times rise from half-year to half-year, and no gap is longer than that report announces."""
    last: int | None = None
    for half in published.half_years:
        interval = half.report.batch_interval_hours if half.report else None
        check_times(half.checkpoints, interval, last, findings)
        last = next((one.time for one in reversed(half.checkpoints) if one.time is not None), last)
        if half.sealed:
            check_times([half.sealed], None, last, findings)
    if published.head:
        check_times([published.head], None, last, findings)


def check_history(published: Published, tree: HashedLog, findings: Findings) -> None:
    """Check 3: reports follow each other, and the log still holds every tree that it ever showed."""
    for half in published.half_years:
        if half.report and half.report.first != half.covered.first:
            file, first = paths.report_json(half.period), half.covered.first
            message = "the report does not begin where the last one ended"
            findings.add(3, file, message, first, half.report.first, first)
    for one in published.reported:
        _check_reaches(published, tree, f"the checkpoint of {one.file}", one.checkpoint.size, findings)
    remembered = published.anchors.remembered
    if remembered is None:
        return
    what = "the checkpoint that you saw before"
    _check_reaches(published, tree, what, remembered.size, findings)
    found = tree.roots.get(remembered.size)
    if found is not None and found.hex() != remembered.root:
        message = f"the log was rewritten below {what}"
        findings.add(3, paths.CHECKPOINT, message, remembered.root, found.hex(), remembered.size)


def _check_reaches(published: Published, tree: HashedLog, what: str, size: int, findings: Findings) -> None:
    """The log as it is now is at least as large as an earlier tree, and its entries up to there are known."""
    if published.head is None:
        findings.leave_unchecked(3, "there is no log/checkpoint to compare with")
        return
    now = published.head.checkpoint.size
    if now < size:
        message = f"the log has shrunk: {what} is of a larger tree"
        findings.add(3, paths.CHECKPOINT, message, f"at least {size} entries", f"{now} entries", now)
    elif size not in tree.roots:
        findings.leave_unchecked(3, "the log does not give all its entries")
