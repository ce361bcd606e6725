"""Check 7, what can be said of banded figures: they are stated, not recounted, but may not contradict the
log.

Every engine shares this: it needs no more than which entries are withheld, for which it reads the openings'
files once more, and only where a report states how many entries of a batch are banded.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from sagwan.formats import paths
from sagwan.formats.banded import Banded
from sagwan.record.vocabulary import WithheldReason
from sagwan.verify.findings import Findings
from sagwan.verify.published import HalfYear
from sagwan.verify.requests import Range
from sagwan.verify.source import OPENINGS_LIMIT, Source

_BANDED = f"withheld\t{WithheldReason.BANDED}\t".encode()
_LOST = f"withheld\t{WithheldReason.LOST}\t".encode()


def check_bands(half: HalfYear, source: Source, entries: Mapping[str, int], findings: Findings) -> None:
    """A report's bands against the log; `entries` counts the banded entries of each half-year so far."""
    banded = half.report.banded if half.report else None
    if banded is None:
        return
    file = paths.report_json(half.period)
    for one in banded.figures:
        held = sum(entries.get(period, 0) for period in one.half_years)
        if one.measure == "requested" and one.low > held:
            what = f"{one.jurisdiction} {one.figure} {one.about}"
            findings.add(
                7,
                file,
                f"more requests are stated than entries are banded: {what}",
                f"at most {held}",
                one.band,
            )
    _check_batches(half, source, banded, findings)


def _check_batches(half: HalfYear, source: Source, banded: Banded, findings: Findings) -> None:
    """Each batch, from one checkpoint to the next, holds the stated number of banded entries; one that is
    lost may stand for one of them."""
    sizes = {one.checkpoint.size: one.file for one in half.checkpoints}
    ends = sorted(size for size in sizes if half.covered.first < size <= half.covered.cut)
    marks = _marks(source, half.covered)
    done = half.covered.first
    for first, end in pairwise([half.covered.first, *ends]):
        hidden = lost = 0
        for _ in range(done, end):
            mark = next(marks, "")
            hidden, lost = hidden + (mark == "banded"), lost + (mark == "lost")
        done = end
        wanted = banded.per_batch if first >= banded.first else 0
        if not hidden <= wanted <= hidden + lost and not (lost and hidden > wanted):
            message = "the number of banded entries in this batch tells more than the band"
            findings.add(7, sizes[end], message, wanted, hidden, first)


def _marks(source: Source, covered: Range) -> Iterator[str]:
    """For each entry of a half-year `banded` or `lost` where that is why it is withheld, else nothing."""
    for start in paths.openings_starts(covered.first, covered.cut):
        file = paths.openings(covered.period, start)
        source.fetch([file], OPENINGS_LIMIT)
        try:
            with (source.root / file).open("rb") as lines:
                for line in lines:
                    yield "banded" if line.startswith(_BANDED) else "lost" if line.startswith(_LOST) else ""
        except OSError:
            return  # check 4 and check 6 say what is missing
