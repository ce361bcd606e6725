"""Dividing openings files among executors: first by bytes, then, once line feeds are counted, by lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sagwan.verify.lines import Part, read_lines
from sagwan.verify.spark.place import Place

STEP = 32 << 20
"""Bytes of an openings file that one task counts."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`size` bytes of a file from `offset`."""

    place: Place
    file: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Feeds:
    """How many line feeds a stretch has, and where in the file the last one ends (0 for none)."""

    file: str
    lines: int
    end: int


def stretches(place: Place, file: str, size: int, step: int = STEP) -> Iterator[Stretch]:
    """A file's bytes, `step` at a time."""
    for offset in range(0, size, step):
        yield Stretch(place, file, offset, min(step, size - offset))


def count_feeds(stretch: Stretch) -> Feeds:
    """Count the line feeds of a stretch (on an executor)."""
    span = (stretch.file, stretch.offset, stretch.size)
    with stretch.place.local(spans=[span]) as root, (root / stretch.file).open("rb") as file:
        file.seek(stretch.offset)
        data = file.read(stretch.size)
    last = data.rfind(b"\n")
    return Feeds(stretch.file, data.count(b"\n"), stretch.offset + last + 1 if last >= 0 else 0)


def parts_of_file(file: str, size: int, first: int, feeds: Iterable[Feeds]) -> Iterator[Part]:
    """The parts up to entry `end` (the last one cut to it), and the index after the last line there is."""
    offset, index = 0, first
    for each in feeds:
        if each.lines:
            yield Part(file, offset, each.end - offset, index, each.lines)
            offset, index = each.end, index + each.lines
    if offset < size:
        yield Part(file, offset, size - offset, index, 1)


def fit(parts: Sequence[Part], end: int) -> tuple[list[Part], int]:
    """The parts up to entry `end`, and the index after the last line there is."""
    there = parts[-1].first + parts[-1].lines if parts else 0
    return [
        replace(part, lines=min(part.lines, end - part.first)) for part in parts if part.first < end
    ], there


def shortened(place: Place, part: Part) -> Part:
    """The part without bytes of lines that it does not count (on an executor)."""
    with place.local(spans=[(part.file, part.offset, part.size)]) as root:
        lines = read_lines(root, part)
    if len(lines) - (lines[-1] == b"") <= part.lines:
        return part
    return replace(part, size=sum(len(line) + 1 for line in lines[: part.lines]))
