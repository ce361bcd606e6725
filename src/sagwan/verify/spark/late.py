"""Lines opened late, on one executor: there are few, and each must find what is withheld so far."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sagwan.formats.errors import FormatError
from sagwan.formats.paths import LOG, late
from sagwan.formats.withheld import parse_late, parse_withheld
from sagwan.tlog import TILE_WIDTH, tile_at
from sagwan.verify import lines
from sagwan.verify.columns import Shapes
from sagwan.verify.events import Deal
from sagwan.verify.lines import Counted, Part, read_lines
from sagwan.verify.requests import Range
from sagwan.verify.spark.counting import RESULTS, Sent, summarise
from sagwan.verify.spark.place import Place
from sagwan.verify.spark.share import Order, Result, divide
from sagwan.verify.tree import NoEntries, entry_at
from sagwan.verify.verdict import Failure


@dataclass(frozen=True, slots=True)
class LateJob:
    """Read the late files of all half-years; `parts` are those of the openings, by first index."""

    place: Place
    ranges: tuple[Range, ...]
    parts: tuple[Part, ...]
    total: int
    deal: Deal


@dataclass(slots=True)
class LateReader:
    """Reads late files in the order of the half-years."""

    job: LateJob
    opened: set[int] = field(default_factory=set)
    line_at: Callable[[int], bytes | None] = lambda index: None

    def read(self, half: int) -> Iterator[Sent]:
        job, covered = self.job, self.job.ranges[half]
        file = late(covered.period)
        size = job.place.size(file)
        if size is None:
            return
        before = -1
        for number, line in _lines(job.place, file, size):
            order = (half, 0, number)
            try:
                if not line.endswith(b"\n"):
                    raise FormatError("the last line does not end in a line feed")
                index, opening = parse_late(line[:-1])
            except FormatError as error:
                message = f"line {number}: {error.message}"
                yield _wrong(order, Failure(5, file, message, "index TAB line", ascii(line[:80])))
                continue
            home = self._home(index, half)
            if index <= before:
                words = ("late lines are in log order", f"an index above {before}", str(index))
                yield _wrong(order, Failure(6, file, *words, index))
            elif home is None or not self._is_withheld(index):
                wanted = f"an entry below {covered.first} that is withheld"
                message = "only an entry withheld before can be opened late"
                yield _wrong(order, Failure(6, file, message, wanted, f"entry {index} is not", index))
            else:
                yield from self._open(file, order, home, index, opening)
            before = max(index, before)

    def _open(self, file: str, order: Order, home: int, index: int, line: bytes) -> Iterator[Sent]:
        job = self.job
        counted = Counted(Part(file, 0, 0, index, 1))
        shapes = Shapes()
        lines.count(counted, [index], [line], [self._entry(index)], str(job.ranges[home].period), shapes)
        counted.end(shapes, job.deal)
        if counted.opened:
            self.opened.add(index)
        yield RESULTS, summarise(counted, order, order[0], home)
        for place, share in divide(counted, order, home, job.deal):
            share.late[index] = line
            yield place, share

    def _home(self, index: int, half: int) -> int | None:
        for number, covered in enumerate(self.job.ranges[:half]):
            if covered.first <= index < covered.cut:
                return number
        return None

    def _is_withheld(self, index: int) -> bool:
        if index in self.opened:
            return False
        line = self.line_at(index)
        try:
            return line is not None and bool(parse_withheld(line))
        except FormatError:
            return False

    def _entry(self, index: int) -> bytes | None:
        total = self.job.total
        if index >= total:
            return None
        tile = tile_at(None, index // TILE_WIDTH, total)
        with self.job.place.local([LOG + tile.path, LOG + tile.full.path]) as root:
            try:
                return entry_at(root, index, total)
            except NoEntries:
                return None


def read_late(job: LateJob) -> Iterator[Sent]:
    """All late lines: results, and lines by the partition of their requests (on an executor)."""
    reader = LateReader(job, line_at=reader_of(job.place, job.parts))
    for half in range(len(job.ranges)):
        yield from reader.read(half)


def reader_of(place: Place, parts: Sequence[Part]) -> Callable[[int], bytes | None]:
    """Gives the line at a log index, as it stands in the openings; quick where indexes rise."""

    @lru_cache(maxsize=2)
    def lines_of(number: int) -> list[bytes]:
        part = parts[number]
        with place.local(spans=[(part.file, part.offset, part.size)]) as root:
            return read_lines(root, part)

    def line_at(index: int) -> bytes | None:
        number = bisect_right(parts, index, key=lambda part: part.first) - 1
        if number < 0 or index >= parts[number].first + parts[number].lines:
            return None
        return lines_of(number)[index - parts[number].first]

    return line_at


def _lines(place: Place, file: str, size: int) -> Iterator[tuple[int, bytes]]:
    with place.local(spans=[(file, 0, size)]) as root, (root / file).open("rb") as raw:
        yield from enumerate(raw, 1)


def _wrong(order: Order, failure: Failure) -> Sent:
    result = Result()
    result.fail(order, [failure])
    return RESULTS, result
