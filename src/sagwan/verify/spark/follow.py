"""Check 6 on an executor: the lines of some requests, gathered from everywhere, follow what they must follow.

Requests without corrections are judged at once. A correction needs the line that it replaces: those requests
wait until their old lines are fetched, each part of the openings being read once more at the most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sagwan.formats.opening import parse
from sagwan.formats.tally import Table
from sagwan.formats.withheld import PREFIX
from sagwan.verify.events import request_number
from sagwan.verify.findings import Findings
from sagwan.verify.lives import Lives
from sagwan.verify.requests import Range, Requests
from sagwan.verify.spark.share import Order, Result, Share
from sagwan.verify.work import PYTHON

LineAt = Callable[[int], bytes | None]

ALONE = replace(PYTHON, map_in_order=lambda function, tasks, size: map(function, tasks))
"""The partitions are spread over executors already."""

AFTER_ALL: Order = (1 << 62, 0, 0)
"""The lives of requests are judged when all lines are read."""


@dataclass(slots=True)
class Waiting:
    """Requests with corrections, and the log indexes of the lines that these name."""

    shares: list[Share]
    targets: set[int] = field(default_factory=set)


def follow(shares: Iterable[Share], ranges: Sequence[Range]) -> Iterator[Result | Waiting]:
    """Judge the requests of one partition (on an executor)."""
    ordered = sorted(shares, key=lambda share: share.order)
    corrections = [parse(line) for share in ordered for line in share.corrected.values()]
    if not corrections:
        yield judge(ordered, ranges, lambda index: None)
        return
    held = frozenset(request_number(opening.request) for opening in corrections)
    others = [share.only(lambda request: request not in held) for share in ordered]
    result = judge(others, ranges, lambda index: None)
    result.waiting = len(corrections)
    yield result
    waiting = [share.only(held.__contains__) for share in ordered]
    targets = {opening.supersedes for opening in corrections if opening.supersedes is not None}
    yield Waiting([share for share in waiting if share.dealt], targets)


def settle(waiting: Waiting, old: Mapping[int, bytes], ranges: Sequence[Range]) -> Result:
    """Judge requests that waited, with the lines at the indexes that they named (on an executor)."""

    def line_at(index: int) -> bytes | None:
        line = old.get(index)
        return None if line is None or line.startswith(PREFIX) else line

    return judge(waiting.shares, ranges, line_at)


def judge(shares: Sequence[Share], ranges: Sequence[Range], line_at: LineAt) -> Result:
    """Follow the lines in the order in which they were opened; `shares` are in that order."""
    findings = Findings()
    late: dict[int, bytes] = {}
    lives = Lives(0, ALONE)
    requests = Requests(findings, lambda index: late.get(index) or line_at(index), lives)
    result = Result()
    begun = -1
    for share in shares:
        half = share.order[0]
        while begun < half:
            begun += 1
            requests.begin(ranges[begun])
        late.update(share.late)
        requests.enter(share.counted(), ranges[share.home].period)
        kept, more = findings.failures(6)
        if kept:
            result.fail(share.order, kept, more)
            findings.clear()
        for home, covered in enumerate(ranges[: begun + 1]):
            table = requests.tables[covered.period]
            if table.rows:
                result.change(half, home, table)
                requests.tables[covered.period] = Table()
    lives.check(findings)
    result.fail(AFTER_ALL, *findings.failures(6))
    return result
