"""How lines travel: parts are counted, requests gathered by a shuffle, results merged on the way back."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from sagwan.verify.spark.counting import RESULTS, Job, Sent, count_job
from sagwan.verify.spark.follow import Waiting, follow, settle
from sagwan.verify.spark.late import LateJob, read_late, reader_of
from sagwan.verify.spark.share import Result, Share


def send(job: Job | LateJob) -> Iterator[Sent]:
    """Do one job: its results, and its lines under the number of their partition (on an executor)."""
    return read_late(job) if isinstance(job, LateJob) else count_job(job)


def gather(context: Any, sent: Any, late: LateJob) -> Result:
    """Run the jobs of an RDD of `Sent`: the merged result of them and of every request.

    One partition of the shuffle more than there are for requests merges what the jobs themselves have found.
    """
    shuffled = sent.partitionBy(late.deal.count + 1, partial(_partition, late.deal.count))
    judged = shuffled.mapPartitions(partial(_judge, late)).persist()
    try:
        result = merged(judged.filter(_is_result).collect())
        if result.waiting:
            waiting = judged.filter(_is_waiting).zipWithUniqueId().persist()
            wanted = waiting.flatMap(partial(_wanted, late)).groupByKey()
            old = wanted.flatMap(partial(_fetch, late))
            pairs = waiting.map(_turned).cogroup(old, late.deal.count)
            result.merge(merged(pairs.map(partial(_settle, late)).collect()))
            waiting.unpersist()
        return result
    finally:
        judged.unpersist()


def merged(results: Iterable[Result]) -> Result:
    """All of them in one."""
    whole = Result()
    for result in results:
        whole.merge(result)
    return whole


def _partition(partitions: int, key: int) -> int:
    return partitions if key == RESULTS else key


def _judge(late: LateJob, sent: Iterable[Sent]) -> Iterator[Result | Waiting]:
    result = Result()
    shares: list[Share] = []
    for _, item in sent:
        if isinstance(item, Result):
            result.merge(item)
        else:
            shares.append(item)
    yield result
    if shares:
        yield from follow(shares, late.ranges)


def _is_result(item: Result | Waiting) -> bool:
    return isinstance(item, Result)


def _is_waiting(item: Result | Waiting) -> bool:
    return isinstance(item, Waiting)


def _turned(item: tuple[Waiting, int]) -> tuple[int, Waiting]:
    return item[1], item[0]


def _wanted(late: LateJob, item: tuple[Waiting, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """(part, (who waits, log index)) for each line that a correction names."""
    waiting, number = item
    for index in waiting.targets:
        part = bisect_right(late.parts, index, key=lambda part: part.first) - 1
        if part >= 0:
            yield part, (number, index)


def _fetch(
    late: LateJob, item: tuple[int, Iterable[tuple[int, int]]]
) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """(who waits, (log index, line)) for each of the lines of one part."""
    part, wanted = item
    line_at = reader_of(late.place, late.parts[part : part + 1])
    for number, index in wanted:
        line = line_at(index)
        if line is not None:
            yield number, (index, line)


def _settle(late: LateJob, item: tuple[int, tuple[Iterable[Waiting], Iterable[tuple[int, bytes]]]]) -> Result:
    _, (waiting, old) = item
    lines = dict(old)
    return merged(settle(each, lines, late.ranges) for each in waiting)
