"""Figures that the law allows only in bands, counted from the sealed lines of their requests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Min
from django.db.models.functions import Substr

from sagwan.desk.casework.models import Case
from sagwan.desk.casework.packs import Packs
from sagwan.desk.clock import time_at
from sagwan.desk.home import Home
from sagwan.desk.journal import banded, models
from sagwan.desk.journal.actions import opened_line
from sagwan.desk.journal.queries import REQUESTS
from sagwan.desk.setup import Desk
from sagwan.desk.vault.keyring import CHUNK
from sagwan.formats.banded import Banded, BandedFigure
from sagwan.formats.opening import Opening, parse
from sagwan.law import bands
from sagwan.law.bands import Asked
from sagwan.law.library import pack_names
from sagwan.law.model_bands import BandOption
from sagwan.record.errors import InvalidValue
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind


def jurisdictions(home: Home) -> list[str]:
    """Whose bands a home reports, whether it was asked for anything under them or not: its own law's, and
    those that `bands` names in sagwan.toml."""
    own = [home.jurisdiction] if home.jurisdiction.lower() in pack_names() else []
    return sorted({*own, *(home.bands or {})})


def check_can_hide(home: Home, jurisdiction: str) -> None:
    """Raise InvalidValue unless a request under a law that allows only bands can be taken in: its lines must
    be hidden among others, and its figures reported in bands."""
    if not home.banded_per_batch:
        raise InvalidValue(
            "the law allows no more than bands of such requests, and banded_per_batch in sagwan.toml is 0:"
            " the log would tell how many there are",
            hint="set banded_per_batch: docs/how-to/bands.md says to what",
        )
    if jurisdiction not in jurisdictions(home):
        raise InvalidValue(
            f"the law of {jurisdiction} allows no more than bands of such requests, and the report has none"
            " of it",
            hint="name it under [bands] in sagwan.toml: docs/how-to/bands.md",
        )


def check_options(home: Home) -> None:
    """Raise LawPackError where `bands` names a law or a way of banding that there is not: else only the
    half-year's report would."""
    list(options(home, Packs(home), time_at(home).astimezone(home.zone).date()))


def options(home: Home, packs: Packs, day: date) -> Iterator[tuple[str, BandOption]]:
    """(jurisdiction, how its figures are banded) of a home on a day; raise LawPackError."""
    for jurisdiction in jurisdictions(home):
        chosen = (home.bands or {}).get(jurisdiction, "")
        option = bands.option_of(packs.current(jurisdiction), chosen, day)
        if option is not None:
            yield jurisdiction, option


def report_bands(desk: Desk, packs: Packs, period: Period) -> Banded | None:
    """What a report says of figures that are banded; None where the log holds no banded line up to its end.

    Nothing is said of half-years before the first banded line or its cover: the home took no such request
    then. The same half-year always gives the same: it rests on lines of batches that are sealed, and on the
    config.
    """
    since = models.Line.objects.filter(behind__isnull=False).aggregate(first=Min("period"))["first"]
    if since is None or since > str(period):
        return None
    hidden = models.Place.objects.filter(batch__period=str(period), line__behind__isnull=False)
    begun = hidden.order_by("index").values_list("batch__first", flat=True).first()
    figures: list[BandedFigure] = []
    asked = list(_asked(desk, period))
    for jurisdiction, option in options(desk.home, packs, period.last_day):
        named = {one.slug for one in packs.current(jurisdiction).instruments}
        mine = [one for law, one in asked if law == jurisdiction and one.instrument in named]
        counted = bands.banded(option, mine, period, Period.parse(since))
        figures += (_written(jurisdiction, option, one) for one in counted)
    each = 0 if begun is None else banded.per_batch(desk.home, period)
    return Banded(each, begun or 0, tuple(figures))


def banded_requests() -> Any:
    """The numbers of all requests whose lines are banded, as a query to filter by."""
    rows = models.Line.objects.filter(behind__isnull=False, stream__startswith=REQUESTS)
    return rows.values(number_of=Substr("stream", len(REQUESTS) + 1))


def _written(jurisdiction: str, option: BandOption, one: bands.Banded) -> BandedFigure:
    figure = one.figure
    return BandedFigure(
        figure=figure.slug,
        names={"ko": figure.label.ko, "en": figure.label.en},
        jurisdiction=jurisdiction,
        instruments=figure.instruments,
        measure=str(figure.measure),
        about=one.about,
        width=option.width,
        low=one.low,
        high=one.high,
        option=option.slug,
        rule=str(figure.citation),
        citation={"ko": figure.citation.text("ko"), "en": figure.citation.text("en")},
    )


def _asked(desk: Desk, period: Period) -> Iterator[tuple[str, Asked]]:
    """(jurisdiction, request) of every banded request received up to the end of a half-year, as corrected by
    the lines that were sealed up to it."""
    found: dict[str, Opening] = {}
    standing: dict[int, str] = {}  # log index of the line that a later correction may replace → request
    rows = models.Line.objects.filter(behind__isnull=False, period__lte=str(period))
    rows = rows.filter(stream__startswith=REQUESTS).order_by("stream", "number")
    columns = rows.values_list("commitment", "sealed", "place__index")
    for commitment, sealed, index in columns.iterator(chunk_size=CHUNK):
        line, _ = opened_line(desk, bytes(commitment), bytes(sealed))
        opening = parse(line)
        if opening.kind is LineKind.RECEIVED or opening.supersedes in standing:
            found[opening.request] = opening if opening.supersedes is None else _corrected(found, opening)
            if index is not None:
                standing[index] = opening.request
    days = _days(desk, found)
    for number, opening in found.items():
        asked = Asked(
            opening.service,
            opening.instrument,
            Period.parse(opening.period),
            days[number],
            opening.accounts,
        )
        yield opening.jurisdiction, asked


def _corrected(found: dict[str, Opening], correction: Opening) -> Opening:
    """The received line with what a correction says: it stays in the half-year in which it came."""
    return replace(correction, period=found[correction.request].period)


def _days(desk: Desk, numbers: dict[str, Opening]) -> dict[str, date]:
    """On which day each request came."""
    names, zone = sorted(numbers), desk.home.zone
    found: dict[str, date] = {}
    for start in range(0, len(names), CHUNK):
        rows = Case.objects.filter(number__in=names[start : start + CHUNK]).values_list(
            "number", "received_at"
        )
        found |= {number: at.astimezone(zone).date() for number, at in rows}
    return found
