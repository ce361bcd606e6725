"""What a folder holds, read before anything is counted: whose log, which half-years, which checkpoints."""

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.handover import SignedHandover
from sagwan.formats.report import Report
from sagwan.record.period import Period
from sagwan.tlog import TlogError, parse_checkpoint, parse_note
from sagwan.verify.binding import Bound, read_manifest
from sagwan.verify.checkpoints import Seen, check_sizes, read_checkpoint
from sagwan.verify.errors import SourceError, Unreadable
from sagwan.verify.events import INDEXES
from sagwan.verify.findings import Findings
from sagwan.verify.keychain import read_handovers
from sagwan.verify.recount import read_report
from sagwan.verify.requests import Range
from sagwan.verify.source import (
    MANIFEST_LIMIT,
    NOTE_LIMIT,
    REPORT_LIMIT,
    Source,
    read_file,
)
from sagwan.verify.trust import Anchors, Trust, settle


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A half-year's files. `wrong` says why there is no `report`; `sealed` is the report's checkpoint."""

    period: Period
    bound: Bound
    report: Report | None
    wrong: str
    covered: Range
    checkpoints: tuple[Seen, ...]
    sealed: Seen | None

    @property
    def plausible(self) -> bool:
        """False where the cut would take for ever to walk through, or no event can hold an index there.

        Each openings file is in the manifest.
        """
        files = (self.covered.cut - self.covered.first) // paths.OPENINGS_SPLIT
        return files <= len(self.bound.files) + 1 and self.covered.cut <= INDEXES


@dataclass(frozen=True, slots=True)
class Published:
    """A folder: whom its log is held against, the log's own checkpoint, and the half-years, oldest first."""

    anchors: Anchors
    hints: str
    """The text of the `key` file."""
    head: Seen | None
    half_years: tuple[HalfYear, ...]
    handovers: tuple[SignedHandover, ...] = ()

    @property
    def reported(self) -> list[Seen]:
        """The half-years' checkpoints and their reports'."""
        return [
            one
            for half in self.half_years
            for one in (*half.checkpoints, *([half.sealed] if half.sealed else []))
        ]

    @property
    def checkpoints(self) -> list[Seen]:
        """All checkpoints, the log's own last."""
        return [*self.reported, *([self.head] if self.head else [])]

    @property
    def sizes(self) -> list[int]:
        """The sizes at which the root is wanted; a remembered one only if the log may still reach it."""
        sizes = [one.checkpoint.size for one in self.checkpoints]
        wanted = [one.size for one in self.anchors.chain.followed]
        if self.anchors.remembered:
            wanted.append(self.anchors.remembered.size)
        largest = max(sizes, default=0)
        return [*sizes, *(size for size in wanted if size <= largest)]


def read_published(source: Source, trust: Trust, wanted: Period | None, findings: Findings) -> Published:
    """Read a folder's half-years up to the wanted one; raise SourceError where there is none.

    Signatures are verified on the way (check 1), and sizes compared with the cuts (check 2).
    """
    periods = find_periods(source, wanted)
    if not periods or (wanted and wanted not in periods):
        # Two whole sentences, for their Korean.
        what = f"{source.name} holds no report of {wanted}" if wanted else f"{source.name} holds no report"
        raise SourceError(what, hint="name a folder that `sagwan publish` wrote")
    source.fetch([paths.CHECKPOINT, paths.KEY], NOTE_LIMIT)
    hints = _text(source.root, paths.KEY)
    origin = _origin(source, periods)
    handovers = read_handovers(source, origin, findings)
    anchors = settle(trust, origin, hints, handovers)
    head = read_checkpoint(source.root, paths.CHECKPOINT, anchors, findings)
    half_years: list[HalfYear] = []
    first = 0
    for period in periods:
        half = _read_half_year(source, period, first, anchors, findings)
        half_years.append(half)
        first = half.covered.cut
    return Published(anchors, hints, head, tuple(half_years), handovers)


def _read_half_year(
    source: Source, period: Period, first: int, anchors: Anchors, findings: Findings
) -> HalfYear:
    bound = read_manifest(source, period, findings)
    sealed = paths.report_checkpoint(period)
    source.fetch([paths.report_json(period)], REPORT_LIMIT)
    source.fetch([sealed], NOTE_LIMIT)
    report, wrong = read_report(source.root, period)
    checkpoints = _read_checkpoints(source, period, anchors, findings)
    cut = report.cut if report else checkpoints[-1].checkpoint.size if checkpoints else first
    check_sizes(period, first, cut, checkpoints, findings)
    return HalfYear(
        period,
        bound,
        report,
        wrong,
        Range(period, first, max(first, cut)),
        checkpoints,
        read_checkpoint(source.root, sealed, anchors, findings),
    )


def _read_checkpoints(
    source: Source, period: Period, anchors: Anchors, findings: Findings
) -> tuple[Seen, ...]:
    """The half-year's checkpoints, numbered from 0 until one is not there."""
    seen: list[Seen] = []
    for number in count():
        if number % 32 == 0:
            source.fetch((paths.checkpoint(period, number + n) for n in range(32)), NOTE_LIMIT)
        file = paths.checkpoint(period, number)
        if not (source.root / file).exists():
            return tuple(seen)
        one = read_checkpoint(source.root, file, anchors, findings)
        if one:
            seen.append(one)
    raise AssertionError("unreachable")


def _origin(source: Source, periods: list[Period]) -> str:
    """The log's name, from the first checkpoint that can be read; the anchors then say whose it is."""
    candidates = [paths.CHECKPOINT, *(paths.report_checkpoint(period) for period in periods)]
    source.fetch(candidates, NOTE_LIMIT)
    for file in candidates:
        try:
            return parse_checkpoint(parse_note(read_file(source.root, file, NOTE_LIMIT)).text).origin
        except (Unreadable, TlogError):
            continue
    return ""


def _text(root: Path, file: str) -> str:
    try:
        return read_file(root, file, NOTE_LIMIT).decode("utf-8", "replace")
    except Unreadable:
        return ""


_REPORT = re.compile(r"report/([0-9]{4}H[12])\.([a-z.]+)")


def find_periods(source: Source, wanted: Period | None) -> list[Period]:
    """The half-years that a source has reports of, oldest first, up to the wanted one."""
    listing = source.list()
    if listing is not None:
        reports = [match for file in listing if (match := _REPORT.fullmatch(file))]
        # A manifest, line or checkpoint makes a half-year; a table by itself is a stray (check 4), unless
        # there is nothing else.
        bound = [match for match in reports if match[2] in ("manifest", "line", "checkpoint")]
        found = {Period.parse(match[1]) for match in bound or reports}
    else:
        found = _announced(source) | ({wanted} if wanted else set())
        for period in sorted(found):
            _walk(source, period, found)
    return sorted(period for period in found if wanted is None or period <= wanted)


def _announced(source: Source) -> set[Period]:
    """The half-years that the folder's datapackage.json names: a hint where files cannot be listed."""
    source.fetch([paths.DATAPACKAGE], REPORT_LIMIT)
    try:
        text = read_file(source.root, paths.DATAPACKAGE, REPORT_LIMIT).decode("utf-8", "replace")
    except Unreadable:
        return set()
    return {Period.parse(match[1]) for match in _REPORT.finditer(text)}


def _walk(source: Source, start: Period, found: set[Period]) -> None:
    """Add the half-years before and after one for as long as there are manifests."""
    for forward in (False, True):
        period = start.next if forward else start.previous
        while period not in found:
            source.fetch([paths.manifest(period)], MANIFEST_LIMIT)
            if not (source.root / paths.manifest(period)).exists():
                break
            found.add(period)
            period = period.next if forward else period.previous
