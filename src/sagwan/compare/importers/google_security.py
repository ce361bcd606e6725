"""Google: United States national-security requests as bands, and the letters released from their gag."""

from sagwan.compare.importers.cells import COUNT, RANGE, Reading
from sagwan.compare.importers.columns import known_sections
from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import half_ending, half_of, order_of, read_day
from sagwan.compare.importers.errors import ImporterError
from sagwan.compare.importers.google import PROVIDER
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.national import band_between
from sagwan.compare.importers.table import Section, has_section, key, spec
from sagwan.compare.importers.understood import Document
from sagwan.compare.value import State

_BANDS = spec("bands", "Reporting period ending date", "Number of requests (range MIN)")
_LETTERS = spec("letters", "National Security Letter (NSL) number", "NSL issue date")
SPECS = (_BANDS, _LETTERS)
_HERE = Place("US", "")

# The table does not say what it counts; its file's name does. The longest first.
_KINDS = (
    ("fisanoncontent", "fisa-non-content-requests"),
    ("fisacontent", "fisa-content-requests"),
    ("nsl", "national-security-letters"),
)
_COLUMNS = (("requested", "requests", "request"), ("accounts", "accounts", "account"))

_KNOWN = frozenset(
    {
        *(name for one in SPECS for name in one.needs),
        "fbireleaseletterdate",
        *(f"numberof{thing}range{end}" for _, thing, _ in _COLUMNS for end in ("min", "max")),
    }
)


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for section in known_sections(document.tables, SPECS, maker, _KNOWN.__contains__):
        if section.spec is _BANDS:
            _read_bands(section, _kind(document.name), maker)
        else:
            _read_letters(section, maker)


def _kind(name: str) -> str:
    plain = key(name)
    for part, category in _KINDS:
        if part in plain:
            return category
    raise ImporterError(
        f"{name}: the table does not say what it counts, and neither does the file's name",
        hint="name the file as Google does: …fisa-content…, …fisa-non-content… or …nsl-requests…",
    )


def _read_bands(section: Section, category: str, maker: Maker) -> None:
    ending = "reportingperiodendingdate"
    order = order_of(record.get(ending) for record in section.records)
    for record in section.records:
        span = maker.span(record.row.number, record.get(ending), lambda text: half_ending(text, order))
        if span is None:
            continue
        line = Line(record.row.number, PROVIDER, "google", span, category, _HERE)
        for metric, thing, counted in _COLUMNS:
            low, high = f"numberof{thing}rangemin", f"numberof{thing}rangemax"
            if low in record.header.at and high in record.header.at:
                cell, read = band_between(record.get(low), record.get(high))
                label = f"{record.label(low)}; {record.label(high)}"
                maker.add(line, metric, label, cell, RANGE, read, counted=counted)


def _read_letters(section: Section, maker: Maker) -> None:
    """Each letter is a claim of one, in the half-year in which it was issued."""
    number, issued = "nationalsecurityletternslnumber", "nslissuedate"
    order = order_of(record.get(issued) for record in section.records)
    for record in section.records:
        day = record.get(issued)
        span = maker.span(record.row.number, day, lambda text: half_of(read_day(text, order), text))
        if span is None:
            continue
        letter, released = record.get(number), record.get("fbireleaseletterdate")
        parts = {"letter": letter}
        line = Line(record.row.number, PROVIDER, "google", span, "national-security-letters", _HERE, parts)
        one = Reading(State.EXACT.value, "1", reason=f"one letter, released {released}".strip())
        maker.add(line, "released", record.label(number), letter, COUNT, one, counted="letter")
