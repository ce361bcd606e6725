"""What was published of earlier half-years, read back from the folder that they stand in."""

from collections.abc import Iterator
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.opening import commitment
from sagwan.formats.withheld import PREFIX, parse_late, parse_withheld
from sagwan.publish.counting import PublishError
from sagwan.publish.ports import Entry
from sagwan.record.period import Period


def published_entries(out: Path, period: Period, first: int, cut: int) -> Iterator[Entry]:
    """The entries of a half-year as its openings files give them."""
    index = first
    for start in paths.openings_starts(first, cut):
        for line in _lines(out / paths.openings(period, start), period):
            if line.startswith(PREFIX):
                withheld = parse_withheld(line)
                yield Entry(index, withheld.commitment, None, withheld.reason)
            else:
                yield Entry(index, commitment(line), line)
            index += 1
    if index != cut:
        raise PublishError(
            f"the openings of {period} in {out} hold {index - first} entries, not {cut - first}",
            hint="publish into the folder that holds all earlier half-years as they were published",
        )


def published_late(out: Path, period: Period) -> list[Entry]:
    """The late openings that a half-year's report brought."""
    file = out / paths.late(period)
    if not file.exists():
        return []
    late = [parse_late(line) for line in _lines(file, period)]
    return [Entry(index, commitment(line), line) for index, line in late]


def _lines(file: Path, period: Period) -> list[bytes]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise PublishError(
            f"{file} is missing: {period} was not published here",
            hint=f"publish {period} into this folder first, or name the folder that holds it",
        ) from None
    return data.split(b"\n")[:-1]
