"""What published lines correct, read back from the openings: both lines stay, and totals follow the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path

from sagwan.formats.opening import Opening, parse
from sagwan.formats.report import Report
from sagwan.publish.ports import Entry
from sagwan.publish.published import published_entries, published_late
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind

_CORRECTED = b"\t%s\t" % LineKind.CORRECTED.encode()


@dataclass(frozen=True, slots=True)
class Correction:
    """One opened `corrected` line and the line that it supersedes, each with its log index."""

    index: int
    after: Opening
    replaced: int
    before: Opening


def corrections(out: Path, reports: Sequence[Report]) -> dict[str, list[Correction]]:
    """The corrections that each half-year's openings hold, in log order, by half-year.

    `reports` are all that `out` holds; raise PublishError where their openings are not there.
    """
    found = {
        report.period: {
            entry.index: parse(line)
            for entry in _opened(out, report)
            if (line := entry.line) is not None and _CORRECTED in line
        }
        for report in reports
    }
    wanted = {line.supersedes for lines in found.values() for line in lines.values()}
    if not wanted:
        return {}
    replaced = {
        entry.index: parse(entry.line)
        for report in reports
        for entry in _opened(out, report)
        if entry.index in wanted and entry.line is not None
    }
    return {
        period: [
            Correction(index, line, line.supersedes, replaced[line.supersedes])
            for index, line in sorted(lines.items(), key=itemgetter(0))
            if line.supersedes is not None
        ]
        for period, lines in found.items()
        if lines
    }


def _opened(out: Path, report: Report) -> Iterator[Entry]:
    period = Period.parse(report.period)
    return chain(published_entries(out, period, report.first, report.cut), published_late(out, period))
