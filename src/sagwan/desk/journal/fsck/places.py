"""Where entries lie in the log: batches without gap, each place its line's, cuts where batches end."""

from collections.abc import Iterator

from django.db import connection

from sagwan.desk.journal import models
from sagwan.desk.journal.fsck.problem import CHUNK, Problem
from sagwan.desk.setup import Desk
from sagwan.record.period import Period


def database_file() -> Iterator[Problem]:
    """SQLite's own check of its file: pages, and indexes that say what the tables say."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield Problem("database", said)
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, other, _ in cursor.fetchall():
            yield Problem(f"{table} row {row}", f"names a row of {other} that is not there")


def places(desk: Desk) -> Iterator[Problem]:
    """Batches follow each other, places have no gap, each lies in its batch and has its line's commitment."""
    batches = list(models.Batch.objects.order_by("number"))
    yield from _batches(batches)
    yield from _places(batches)
    yield from _settled(batches)
    yield from _cuts(desk, batches)


def _batches(batches: list[models.Batch]) -> Iterator[Problem]:
    expected, number, at = 0, 0, None
    for batch in batches:
        where = f"batch {batch.number}"
        number += 1
        if batch.number != number:
            yield Problem(where, f"batch {number} was expected")
            number = batch.number
        if batch.first != expected:
            yield Problem(where, f"begins at {batch.first}, not at {expected}")
        if at is not None and batch.at < at:
            yield Problem(where, "is older than the one before")
        expected, at = batch.first + batch.size, batch.at


def _places(batches: list[models.Batch]) -> Iterator[Problem]:
    index, following = 0, iter(batches)
    batch = next(following, None)
    rows = models.Place.objects.select_related("line").order_by("index")
    for place in rows.iterator(chunk_size=CHUNK):
        where = f"place {place.index}"
        if place.index != index:
            yield Problem(where, f"place {index} was expected")
            index = place.index
        while batch is not None and index >= batch.first + batch.size:
            batch = next(following, None)
        if batch is None or place.batch_id != batch.number:
            yield Problem(where, f"is of batch {place.batch_id}, in which it does not lie")
        elif batch.last_line and place.line is not None and place.line.period != batch.period:
            yield Problem(where, f"its line waits for {place.line.period}, its batch is of {batch.period}")
        if place.line is not None and bytes(place.line.commitment) != bytes(place.commitment):
            yield Problem(where, "its commitment is not its line's")
        index += 1
    end = batches[-1].first + batches[-1].size if batches else 0
    if index != end:
        yield Problem("places", f"{index} places, but the batches hold {end}")


def _settled(batches: list[models.Batch]) -> Iterator[Problem]:
    """Every line up to a batch's `settled` had a place by then, and it reaches as far as it can: a line below
    it that has none would never be sealed. Where entries were lost or recovered, only the first."""
    recovered = models.Place.objects.filter(line__isnull=True).exists() or any(
        not b.last_line for b in batches
    )
    found = {
        bytes(c) for c in models.Place.objects.filter(line__isnull=True).values_list("commitment", flat=True)
    }
    rows = models.Line.objects.order_by("id").values_list("id", "commitment", "place__index")
    lines = [(line, 0 if index is None and bytes(digest) in found else index) for line, digest, index in rows]
    at = 0
    for batch in batches:
        end = batch.first + batch.size
        while at < len(lines) and (place := lines[at][1]) is not None and place < end:
            at += 1
        left = lines[at][0] if at < len(lines) else None
        where = f"batch {batch.number}"
        if left is not None and batch.settled >= left:
            yield Problem(where, f"counts line {left} as placed, which was not")
        elif not recovered and batch.settled != _reach(batch, left):
            yield Problem(where, f"settled is {batch.settled}, the lines give {_reach(batch, left)}")


def _reach(batch: models.Batch, left: int | None) -> int:
    if left is not None and left <= batch.last_line:
        return left - 1
    placed = models.Place.objects.filter(batch=batch).order_by("-line_id").values_list("line_id", flat=True)
    return placed.first() or 0


def _cuts(desk: Desk, batches: list[models.Batch]) -> Iterator[Problem]:
    """Half-years are closed in order, after their end, each where its last batch ends."""
    expected: Period | None = None
    for cut in models.Cut.objects.order_by("period"):
        period, where = Period.parse(cut.period), f"cut of {cut.period}"
        if expected is not None and period != expected:
            yield Problem(where, f"{expected} was expected")
        expected = period.next
        size = max((b.first + b.size for b in batches if b.period <= cut.period), default=0)
        if cut.size != size:
            yield Problem(where, f"is at {cut.size}, its batches end at {size}")
        if cut.at < period.end(desk.home.zone):
            yield Problem(where, f"was made at {cut.at}, before the half-year's end")
