"""A half-year's report: its value, its JSON and its CSV, both byte for byte the same on every run."""

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sagwan.formats.banded import Banded, banded_document, read_banded
from sagwan.formats.errors import FormatError
from sagwan.formats.reading import LANGUAGES, Reader, no_constant, no_duplicates, texts
from sagwan.formats.tally import BASE_MEASURES, RowKey, is_measure
from sagwan.record.errors import SagwanError
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason

FORMAT = "sagwan-report/1"
ROW_COLUMNS = ("service", "jurisdiction", "instrument")
RESTATED_COLUMNS = ("period", *ROW_COLUMNS, "measure", "before", "after")

Rows = dict[RowKey, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Restated:
    """A cell of an earlier half-year's table that corrections or late openings change."""

    period: str
    row: RowKey
    measure: str
    before: int
    after: int

    def cells(self) -> tuple[str | int, ...]:
        return (self.period, *self.row, self.measure, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one provider and half-year.

    `first` and `cut` bound the log entries it counts (first included, cut not). `rows` are the counts of
    tally.py. `withheld` counts entries not opened, by reason. `stated` holds what openings cannot carry
    (medians in days, promises): a reader must take the provider's word for it. `banded` are figures that the
    law allows only in bands; None, and not in the file, where nothing of the log is banded.
    """

    provider: str
    names: Mapping[str, str]
    service_names: Mapping[str, Mapping[str, str]]
    origin: str
    period: str
    time_zone: str
    batch_interval_hours: int
    synthetic: bool
    first: int
    cut: int
    rows: Rows
    withheld: Mapping[str, int]
    restated: tuple[Restated, ...] = ()
    stated: Mapping[str, int | float | None] = field(default_factory=dict)
    banded: Banded | None = None


def encode_json(report: Report) -> bytes:
    """The report as JSON: UTF-8, keys in this order, one blank of indent, LF at the end."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "provider": report.provider,
        "names": _in_order(report.names),
        "service-names": {service: _in_order(names) for service, names in report.service_names.items()},
        "origin": report.origin,
        "period": report.period,
        "time-zone": report.time_zone,
        "batch-interval-hours": report.batch_interval_hours,
        "synthetic": report.synthetic,
        "entries": {"first": report.first, "cut": report.cut},
        "rows": [
            {**dict(zip(ROW_COLUMNS, key, strict=True)), "counts": counts}
            for key, counts in report.rows.items()
        ],
        "withheld": {reason: report.withheld.get(reason, 0) for reason in map(str, WithheldReason)},
        "restated": [dict(zip(RESTATED_COLUMNS, r.cells(), strict=True)) for r in report.restated],
        "stated": dict(report.stated),
    }
    if report.banded is not None:
        document["banded"] = banded_document(report.banded)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(names: Mapping[str, str]) -> dict[str, str]:
    return {language: names[language] for language in LANGUAGES}


def decode_json(data: bytes) -> Report:
    """Read a report, strictly; raise FormatError naming the member that is missing, unknown or ill-formed."""
    try:
        document = json.loads(data.decode(), object_pairs_hook=no_duplicates, parse_constant=no_constant)
        json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate could not be written again
    except (ValueError, RecursionError) as error:  # among them: not UTF-8, and a number of 4,301 digits
        raise FormatError(f"the report is not JSON: {error}") from None
    reader = Reader(document, "report")
    if reader.take("format", str) != FORMAT:
        raise FormatError(f"report.format is not {FORMAT!r}", hint="a newer sagwan may be needed")
    entries = Reader(reader.take("entries", dict), "report.entries")
    report = Report(
        provider=reader.take("provider", str),
        names=texts(reader.take("names", dict), "report.names"),
        service_names={
            service: texts(names, f"report.service-names.{service}")
            for service, names in reader.take("service-names", dict).items()
        },
        origin=reader.take("origin", str),
        period=_period(reader.take("period", str)),
        time_zone=reader.take("time-zone", str),
        batch_interval_hours=reader.count("batch-interval-hours"),
        synthetic=reader.take("synthetic", bool),
        first=entries.count("first"),
        cut=entries.count("cut"),
        rows=_rows(reader.take("rows", list)),
        withheld=_withheld(reader.take("withheld", dict)),
        restated=tuple(_restated(cells, n) for n, cells in enumerate(reader.take("restated", list))),
        stated=_stated(reader.take("stated", dict)),
        banded=read_banded(reader.take("banded", dict)) if reader.has("banded") else None,
    )
    entries.end()
    reader.end()
    return report


def _period(text: str) -> str:
    try:
        return str(Period.parse(text))
    except SagwanError as error:
        raise FormatError(f"report.period: {error.message}") from None


def _rows(documents: list[Any]) -> Rows:
    rows: Rows = {}
    for number, document in enumerate(documents):
        reader = Reader(document, f"report.rows[{number}]")
        service, jurisdiction, instrument = (reader.take(column, str) for column in ROW_COLUMNS)
        key = (service, jurisdiction, instrument)
        counts = Reader(reader.take("counts", dict), f"report.rows[{number}].counts")
        names = list(document["counts"])
        for name in names:
            if not is_measure(name):
                raise FormatError(f"report.rows[{number}].counts.{name} is not a measure")
        if tuple(names[: len(BASE_MEASURES)]) != BASE_MEASURES:
            raise FormatError(f"report.rows[{number}].counts lacks one of {', '.join(BASE_MEASURES)}")
        if key in rows:
            raise FormatError(f"report.rows[{number}]: the row {' '.join(key)} stands there twice")
        rows[key] = {name: counts.count(name) for name in names}
        reader.end()
    return rows


def _withheld(document: dict[str, Any]) -> dict[str, int]:
    reader = Reader(document, "report.withheld")
    counts = {reason: reader.count(reason) for reason in map(str, WithheldReason)}
    reader.end()
    return counts


def _restated(document: Any, number: int) -> Restated:
    reader = Reader(document, f"report.restated[{number}]")
    period, service, jurisdiction, instrument, measure = (reader.take(c, str) for c in RESTATED_COLUMNS[:5])
    restated = Restated(
        _period(period),
        (service, jurisdiction, instrument),
        measure,
        reader.count("before"),
        reader.count("after"),
    )
    reader.end()
    return restated


def _stated(document: dict[str, Any]) -> dict[str, int | float | None]:
    for name, value in document.items():
        finite = isinstance(value, float) and math.isfinite(value)
        if not (value is None or type(value) is int or finite):
            raise FormatError(f"report.stated.{name} is {value!r}, not a number or null")
    return document


def encode_csv(rows: Rows) -> bytes:
    """The rows as CSV (RFC 4180, LF): the three row columns, all base measures, then every other measure
    that some row has, alphabetically; a row that lacks one has 0."""
    extra = sorted({name for counts in rows.values() for name in counts} - set(BASE_MEASURES))
    columns = [*BASE_MEASURES, *extra]
    table = ([*key, *(counts.get(column, 0) for column in columns)] for key, counts in rows.items())
    return _csv([*ROW_COLUMNS, *columns], table)


def encode_restated_csv(restated: tuple[Restated, ...]) -> bytes:
    return _csv(RESTATED_COLUMNS, (row.cells() for row in restated))


def decode_csv(data: bytes) -> Rows:
    """Read what `encode_csv` writes, leaving out measures that are 0 beyond the base ones."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"the table is not CSV in UTF-8: {error}") from None
    if not lines or tuple(lines[0][:3]) != ROW_COLUMNS:
        raise FormatError(f"the table's header does not begin with {', '.join(ROW_COLUMNS)}")
    header = lines[0]
    for name in header[3:]:
        if not is_measure(name):
            raise FormatError(f"the table's column {name!r} is not a measure")
    rows: Rows = {}
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(header):
            raise FormatError(f"line {number} of the table has {len(cells)} cells, not {len(header)}")
        key = (cells[0], cells[1], cells[2])
        if key in rows:
            raise FormatError(f"line {number} of the table: the row {' '.join(key)} stands there twice")
        rows[key] = _cells(header[3:], cells[3:], number)
    return rows


def _cells(names: list[str], cells: list[str], number: int) -> dict[str, int]:
    counts = {}
    for name, cell in zip(names, cells, strict=True):
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 18):
            raise FormatError(f"line {number} of the table, column {name}: {cell!r} is not a count")
        if int(cell) or name in BASE_MEASURES:
            counts[name] = int(cell)
    return counts


def _csv(header: Any, rows: Any) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return sink.getvalue().encode()
