"""The journal as publishing sees it: which lines are opened, cuts, checkpoints, the `report` line."""

import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from sagwan.desk.casework.bands import banded_requests, report_bands
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.orders import under_order
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.promises import promises
from sagwan.desk.journal import models, queries
from sagwan.desk.journal.actions import Recorder, new_number, new_salt, new_seed, opened_line
from sagwan.desk.journal.locks import writing
from sagwan.desk.journal.lost import found_again
from sagwan.desk.setup import Desk
from sagwan.formats.banded import Banded
from sagwan.formats.opening import Opening, parse
from sagwan.law.model import Opened
from sagwan.publish.counting import PublishError
from sagwan.publish.ports import Entry, SealedReport
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind, WithheldReason
from sagwan.seal.lines import uncounted

CHUNK = 500
REPORT_STREAM = "system/reports"
_WITHHELD = {Opened.BANDED: WithheldReason.BANDED, Opened.WITHHELD: WithheldReason.NON_DISCLOSURE_ORDER}


class Reporting:
    """Implements `publish.ports.PublishStore`. `seal` runs the sealer once; `now` is the time it writes;
    `actor` publishes what `approved_by` approved.

    A line stays closed where the law pack says so, and while a non-disclosure order stands over its request
    (docs/decisions/0010-orders-withhold.md). A banded line, and the cover among which it is hidden, stays
    closed for ever and always reads `banded` (docs/decisions/0016-bands.md)."""

    def __init__(
        self, desk: Desk, *, seal: Callable[[], None], actor: str, now: datetime, approved_by: str = ""
    ) -> None:
        self._desk, self._seal, self._actor, self._now = desk, seal, actor, now
        self._approved_by = approved_by
        self._packs = Packs(desk.home)
        self._rule = cache(self._opened_rule)
        self._found = found_again()

    def cut(self, period: Period) -> int | None:
        row = models.Cut.objects.filter(period=str(period)).first()
        return None if row is None else row.size

    def first(self, period: Period) -> int:
        row = models.Cut.objects.filter(period__lt=str(period)).order_by("-period").first()
        return 0 if row is None else row.size

    def earlier(self, period: Period) -> list[Period]:
        rows = models.Cut.objects.filter(period__lt=str(period)).order_by("period")
        return [Period.parse(row.period) for row in rows]

    def entries(self, first: int, cut: int, report: Period) -> Iterator[Entry]:
        as_of = self._published_at(report) or self._now
        for start in range(first, cut, CHUNK):
            places = models.Place.objects.filter(index__gte=start, index__lt=min(start + CHUNK, cut))
            yield from self._chunk(list(places.select_related("line").order_by("index")), as_of)

    def _published_at(self, period: Period) -> datetime | None:
        """When the half-year's report was first published: orders of later days change it no more."""
        rows = models.Event.objects.filter(stream=REPORT_STREAM, type="ReportPublished").order_by("seq")
        for at, public in rows.values_list("at", "public"):
            if json.loads(public)["period"] == str(period):
                return at
        return None

    def _chunk(self, places: list[models.Place], as_of: datetime) -> Iterator[Entry]:
        """Some entries in log order, with few queries for all of them."""
        rows = {place.index: place.line or self._found.get(bytes(place.commitment)) for place in places}
        lines = {}
        for place in places:
            if (row := rows[place.index]) is not None:
                commitment = bytes(place.commitment)
                line, _ = opened_line(self._desk, commitment, bytes(row.sealed))
                lines[place.index] = (line, parse(line))
        days = self._received_on({opening.request for _, opening in lines.values()})
        streams = {row.stream for row in rows.values() if row is not None}
        whole = _whole_so_far(streams, self._found)
        ordered = under_order(streams, as_of, self._desk.home.zone)
        for place in places:
            commitment, row = bytes(place.commitment), rows[place.index]
            if row is None:
                yield Entry(place.index, commitment, None, WithheldReason.LOST)
                continue
            line, opening = lines[place.index]
            reason = self._withheld(opening, days)
            if row.behind is not None:
                reason = WithheldReason.BANDED  # whatever else is true of it: another reason would count it
            elif row.stream in ordered:
                reason = WithheldReason.NON_DISCLOSURE_ORDER
            elif row.number >= whole.get(row.stream, 0):
                reason = reason or WithheldReason.LOST
            yield Entry(place.index, commitment, None if reason else line, reason)

    def _received_on(self, numbers: set[str]) -> dict[str, tuple[str, date]]:
        """Request → law pack and day of receipt."""
        rows = Case.objects.filter(number__in=numbers).values_list("number", "pack", "received_at")
        zone = self._desk.home.zone
        return {number: (pack, at.astimezone(zone).date()) for number, pack, at in rows}

    def _withheld(self, opening: Opening, days: dict[str, tuple[str, date]]) -> WithheldReason | None:
        """Why a line stays closed. The law pack of its request decides, as it was on the day of receipt."""
        if opening.request not in days:
            return None
        pack, day = days[opening.request]
        return self._rule(pack, opening.instrument, day)

    def _opened_rule(self, pack: str, instrument: str, day: date) -> WithheldReason | None:
        rule = self._packs.pinned(pack).instrument_on(instrument, day).opened
        return _WITHHELD.get(rule.how)

    def checkpoints(self, period: Period) -> list[bytes]:
        published = self._published_at(period)  # what witnesses cosign later changes no published file
        return [note.encode() for note in queries.checkpoint_notes(period, published)]

    def stated(self, period: Period) -> Mapping[str, int | float | None]:
        """Median days from receipt to resolution, requests open at the end, and promises made and kept: the
        provider's word. Of banded requests nothing is in them."""
        zone = self._desk.home.zone
        begin, end = period.previous.end(zone), period.end(zone)
        cases = Case.objects.exclude(number__in=banded_requests())
        resolved = cases.filter(resolved_at__gte=begin, resolved_at__lt=end)
        spans = [
            (done - received) / timedelta(days=1)
            for received, done in resolved.values_list("received_at", "resolved_at")
        ]
        open_then = cases.filter(received_at__lt=end).exclude(resolved_at__lt=end).count()
        return {
            "median-days-to-resolution": round(statistics.median(spans), 1) if spans else None,
            "open-at-end": open_then,
            **promises(period, timedelta(hours=self._desk.home.batch_interval_hours)),
        }

    def banded(self, period: Period) -> Banded | None:
        return report_bands(self._desk, self._packs, period)

    def seal_report(self, period: Period, manifest: bytes) -> SealedReport:
        """Write the `report` line, four eyes having approved, and seal it; the same again gives the same."""
        row = self._report_line(period)
        if row is None:
            self._write_line(period, manifest)
            row = self._report_line(period)
        if row is None:
            raise PublishError(f"the report line of {period} could not be written")
        line, _ = opened_line(self._desk, bytes(row.commitment), bytes(row.sealed))
        if parse(line).private != manifest.hex():
            raise PublishError(
                f"{period} was published with the manifest {parse(line).private}, now it is {manifest.hex()}",
                hint="a report is published once; later changes belong into the next one's restated table",
            )
        if not models.Place.objects.filter(line=row).exists():
            self._seal()
        place = models.Place.objects.get(line=row)
        checkpoint = models.Checkpoint.objects.filter(size__gt=place.index).order_by("size").first()
        if checkpoint is None:
            self._seal()
            checkpoint = models.Checkpoint.objects.filter(size__gt=place.index).order_by("size").first()
        if checkpoint is None:
            raise PublishError(
                "the report line is not in the log yet", hint="run sagwan seal, then publish again"
            )
        return SealedReport(line, checkpoint.note.encode())

    def _report_line(self, period: Period) -> models.Line | None:
        for row in models.Line.objects.filter(stream=REPORT_STREAM):
            line, _ = opened_line(self._desk, bytes(row.commitment), bytes(row.sealed))
            if parse(line).reported == period:
                return row
        return None

    def _write_line(self, period: Period, manifest: bytes) -> None:
        with writing():
            recorder = Recorder(self._desk)
            public = {"period": str(period), "manifest": manifest.hex(), "approved_by": self._approved_by}
            recorder.note(REPORT_STREAM, "ReportPublished", public, actor=self._actor, at=self._now)
            opening = uncounted(
                LineKind.REPORT,
                request=new_number(),
                period=recorder.period(self._now),
                salt=new_salt(),
                private=manifest,
                reported=period,
            )
            recorder.seal_line(REPORT_STREAM, opening, new_seed())
            recorder.flush()


def _whole_so_far(streams: set[str], found: Mapping[bytes, models.Line]) -> dict[str, int]:
    """Up to which number each stream's lines are all there and in the log: a line is opened only if all
    earlier lines of its request are. `found` are lines whose entry was given up for lost."""
    numbers: dict[str, set[int]] = {}
    for line in found.values():
        numbers.setdefault(line.stream, set()).add(line.number)
    rows = models.Line.objects.filter(stream__in=streams, place__isnull=False)
    for stream, number in rows.values_list("stream", "number"):
        numbers.setdefault(stream, set()).add(number)
    return {
        stream: next(n for n in range(len(have) + 1) if n not in have) for stream, have in numbers.items()
    }
