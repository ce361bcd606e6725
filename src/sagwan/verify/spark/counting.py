"""Check 5 on an executor: a part of an openings file is hashed, read and counted, its lines handed on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sagwan.formats.paths import LOG
from sagwan.formats.tally import Table
from sagwan.tlog import TILE_WIDTH, tile_at
from sagwan.verify.events import Deal
from sagwan.verify.lines import Counted, Part, Task, count_part
from sagwan.verify.spark.parts import shortened
from sagwan.verify.spark.place import Place
from sagwan.verify.spark.share import Order, Result, Share, divide

RESULTS = -1
"""Not a partition of requests: where results gather, so that they are merged before the driver sees them."""

Sent = tuple[int, Share | Result]


@dataclass(frozen=True, slots=True)
class Job:
    """Count a part of half-year number `half`, against a log of `total` entries.

    `cut` where the part's last lines are beyond the half-year's entries.
    `deal` hands lines out to the partitions of the shuffle to come.
    """

    place: Place
    part: Part
    half: int
    period: str
    total: int
    deal: Deal
    cut: bool


def count_job(job: Job) -> Iterator[Sent]:
    """The part's result, and its lines by the partition of their requests (on an executor)."""
    part = shortened(job.place, job.part) if job.cut else job.part
    span = (part.file, part.offset, part.size)
    with job.place.local(_bundles(part, job.total), [span]) as root:
        counted = count_part(Task(root, part, job.period, job.total, job.deal))
    order = (job.half, 1, part.first)
    result = summarise(counted, order, job.half, job.half)
    result.opened[job.half] = counted.opened
    result.withheld[job.half] = Counter(reason for _, reason in counted.withheld)
    yield RESULTS, result
    yield from divide(counted, order, job.half, job.deal)


def summarise(counted: Counted, order: Order, half: int, home: int) -> Result:
    """What a run of lines comes to without its requests."""
    result = Result(uncompared=counted.uncompared)
    result.fail(order, counted.failures, counted.more)
    table = Table()
    for shape in counted.shapes:
        if shape.lines:
            kind = shape.opening.kind
            table.add(replace(shape.opening, accounts=0), kind, shape.lines - 1)
            table.add(replace(shape.opening, accounts=shape.accounts), kind)
    result.change(half, home, table)
    for index, opening in counted.reports:
        result.reports.append((order, counted.part.file, index, opening.instrument, opening.private))
    return result


def _bundles(part: Part, total: int) -> list[str]:
    """The entry bundles of a part's entries, and the full ones that may have taken their place."""
    end = min(part.first + part.lines, total)
    tiles = [tile_at(None, n, total) for n in range(part.first // TILE_WIDTH, -(-end // TILE_WIDTH))]
    return [LOG + path for tile in tiles for path in dict.fromkeys((tile.path, tile.full.path))]
