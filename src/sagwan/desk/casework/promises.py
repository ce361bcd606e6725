"""How many promises of inclusion were made in a half-year, and how many were kept: the desk's own count.

Each line of a request is promised to stand in the log two batch intervals after its event (seal/receipts.py).
Nobody can recount this from what is published; a receipt can contradict it.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sagwan.desk.casework.actions import STREAM
from sagwan.desk.journal import models
from sagwan.record.period import Period
from sagwan.seal.receipts import BATCHES_TO_PROMISE

_CHUNK = 500


def promises(period: Period, batch_interval: timedelta) -> dict[str, int]:
    """Promises made for the half-year's lines; kept in time; kept late.

    A promise is kept by the first published checkpoint that holds the line. What is neither kept nor late is
    in no checkpoint yet. Of banded lines nothing is counted: how many there are is what the band hides.
    """
    checkpoints = list(models.Checkpoint.objects.order_by("size").values_list("size", "at"))
    sizes = [size for size, _ in checkpoints]
    counts = {"promises-made": 0, "promises-kept": 0, "promises-late": 0}
    found = models.Line.objects.filter(period=str(period), stream__startswith=STREAM, behind__isnull=True)
    found = found.order_by("id")
    lines = list(found.values_list("id", "stream", "event_seq"))
    for start in range(0, len(lines), _CHUNK):
        chunk = lines[start : start + _CHUNK]
        made, places = _made(chunk), _places(chunk)
        for line, stream, seq in chunk:
            counts["promises-made"] += 1
            which = bisect_right(sizes, places[line]) if line in places else len(sizes)
            if which == len(sizes):
                continue
            due = made[stream, seq] + BATCHES_TO_PROMISE * batch_interval
            counts["promises-kept" if checkpoints[which][1] <= due else "promises-late"] += 1
    return counts


def _made(lines: Sequence[tuple[int, str, int]]) -> Mapping[tuple[str, int], datetime]:
    """When each line's event was, by (stream, number of the event)."""
    streams = {stream for _, stream, _ in lines}
    rows = models.Event.objects.filter(stream__in=streams).values_list("stream", "seq", "at")
    return {(stream, seq): at for stream, seq, at in rows}


def _places(lines: Sequence[tuple[int, str, int]]) -> Mapping[int, int]:
    """The log index of each line that has one."""
    rows = models.Place.objects.filter(line_id__in=[line for line, _, _ in lines])
    return {line: index for line, index in rows.values_list("line_id", "index") if line is not None}
