"""Check 4: the report line is in the log, the manifest is the line's, and the files are the manifest's."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.manifest import digest, parse_manifest
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind
from sagwan.verify.errors import Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.source import (
    MANIFEST_LIMIT,
    NOTE_LIMIT,
    OPENINGS_LIMIT,
    REPORT_LIMIT,
    TILE_LIMIT,
    Source,
    read_file,
)
from sagwan.verify.tree import NoEntries, bundle_files, find_entry

_FEW = 4
"""Files of a half-year whose openings are in one piece."""


@dataclass(slots=True)
class Bound:
    """A half-year's manifest: its own SHA-256 in hex (empty where it is missing), and what it lists."""

    period: Period
    digest: str = ""
    files: dict[str, str] = field(default_factory=dict)


def read_manifest(source: Source, period: Period, findings: Findings) -> Bound:
    """Read a half-year's manifest; what fails goes to check 4."""
    file = paths.manifest(period)
    source.fetch([file], MANIFEST_LIMIT)
    try:
        data = read_file(source.root, file, MANIFEST_LIMIT)
    except Unreadable as error:
        findings.add(4, file, error.message, "a manifest", "none")
        return Bound(period)
    try:
        return Bound(period, digest(data), parse_manifest(data))
    except FormatError as error:
        findings.add(4, file, error.message, "a manifest", "another text")
        return Bound(period, digest(data))


def check_files(
    source: Source, bound: Bound, first: int, cut: int, findings: Findings, hashed: "Hashed"
) -> None:
    """The manifest lists the report's and the openings' files, all of them and no other, as they are.

    `hashed` gives the SHA-256 of the openings' files, the only large ones.
    """
    period = bound.period
    listed = paths.manifest(period)
    late = paths.late(period)
    report = [paths.report_json(period), paths.report_csv(period), paths.restated_csv(period)]
    wanted = [*report, *(paths.openings(period, start) for start in paths.openings_starts(first, cut))]
    source.fetch(report, REPORT_LIMIT)
    source.fetch([late], OPENINGS_LIMIT)
    if late in bound.files or (source.root / late).exists():
        wanted.append(late)
    for file in wanted:
        if file not in bound.files:
            findings.add(4, file, f"{listed} does not list this file", "listed", "not listed")
    listed_too = [file for file in bound.files if file in wanted]
    small = [file for file in listed_too if file in report or file == late]
    found_by_file = _digests(source.root, small)
    found_by_file |= hashed(source, [file for file in listed_too if file not in small])
    for file, expected in bound.files.items():
        if file not in wanted:
            findings.add(4, file, f"{listed} lists a file that no report of {period} has", "none", expected)
            continue
        found = found_by_file[file]
        if found != expected:
            findings.add(4, file, f"not the file that {listed} lists", expected, found)


Hashed = Callable[[Source, Sequence[str]], dict[str, str]]
"""The SHA-256 in hex of each of the openings' files, by path; other words where there is no such file."""


def hash_files(source: Source, files: Sequence[str]) -> dict[str, str]:
    """`Hashed`, on this machine."""
    source.fetch(files, OPENINGS_LIMIT)
    return _digests(source.root, files)


def _digests(root: Path, files: Sequence[str]) -> dict[str, str]:
    """The files' SHA-256 in hex; hashlib leaves the interpreter's lock while it hashes, so threads pay."""
    if len(files) <= _FEW:
        return {file: digest_of(root, file) for file in files}
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - not for a small folder

    with ThreadPoolExecutor() as pool:
        return dict(zip(files, pool.map(lambda file: digest_of(root, file), files), strict=True))


def digest_of(root: Path, file: str) -> str:
    """A file's SHA-256 in hex."""
    try:
        with (root / file).open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return "no such file"


def read_report_line(source: Source, period: Period, findings: Findings) -> Opening | None:
    """The half-year's `report` line, from its file; None where there is none."""
    file = paths.report_line(period)
    source.fetch([file], NOTE_LIMIT)
    try:
        data = read_file(source.root, file, NOTE_LIMIT)
        if not data.endswith(b"\n"):
            raise FormatError("the line does not end in a line feed")
        opening = parse(data[:-1])
    except (Unreadable, FormatError) as error:
        findings.add(4, file, error.message, "a report line", "none")
        return None
    if opening.kind is not LineKind.REPORT or opening.reported != period:
        found = f"{opening.kind} {opening.instrument}"
        findings.add(4, file, "the line binds another report", f"report {period}".lower(), found)
        return None
    return opening


def check_report_line(
    source: Source, bound: Bound, line: Opening, cut: int, size: int | None, findings: Findings
) -> int | None:
    """The line is in the log after the cut, below the report's checkpoint's `size`, and names the manifest.

    Gives the line's log index. `size` None: the log could not be read so far, and the place is not looked
    for.
    """
    period = bound.period
    if bound.digest and line.private != bound.digest:
        findings.add(
            4,
            paths.manifest(period),
            "not the manifest that the report line binds",
            line.private,
            bound.digest,
        )
    if size is None:
        findings.leave_unchecked(4, f"the log does not give the entries after {period}")
        return None
    sealed = commitment(line.line())
    source.fetch(bundle_files(cut, size), TILE_LIMIT)  # where another machine has hashed them
    try:
        index = find_entry(source.root, sealed, cut, size)
    except NoEntries:
        findings.leave_unchecked(4, f"the log does not give the entries after {period}")
        return None
    if index is None:
        findings.add(
            4,
            paths.report_line(period),
            "the report line is not in the log where the report's checkpoint must hold it",
            f"one of entries {cut} to {size - 1}" if size > cut else "a checkpoint beyond the cut",
            sealed.hex(),
            cut,
        )
    return index


def check_reports_opened(
    opened: Sequence[tuple[str, int, Period, str]], published: dict[Period, str], findings: Findings
) -> None:
    """Each `report` line that was opened binds the report that is published, and no half-year has two."""
    seen: dict[Period, int] = {}
    for file, index, period, manifest in opened:
        if period in seen:
            findings.add(
                4, file, f"a second report of {period} was sealed", f"entry {seen[period]} alone",
                f"entry {index} too", index,
            )  # fmt: skip
        seen.setdefault(period, index)
        there = published.get(period, "no report")
        if manifest != there:
            findings.add(
                4, file, f"a report of {period} was sealed that is not published", manifest, there, index
            )


def check_strays(
    source: Source, bounds: Sequence[Bound], checkpoints: set[str], wanted: Period | None, findings: Findings
) -> None:
    """No file lies among the reports or openings that no manifest lists (only where files can be listed).

    Files of half-years after `wanted` are not looked at.
    """
    known = set(checkpoints)
    for bound in bounds:
        period = bound.period
        known.update((paths.manifest(period), paths.report_line(period), paths.report_checkpoint(period)))
        known.update(bound.files)
    for file in source.list() or ():
        later = wanted and (match := _OF_PERIOD.match(file)) and Period.parse(match[1]) > wanted
        if file not in known and not later:
            findings.add(4, file, "no manifest lists this file", "not there", "there")


_OF_PERIOD = re.compile(r"(?:report|openings)/([0-9]{4}H[12])[./]")
