"""Korea's ministry: its half-yearly releases, as a CSV that a person prepared.

Columns: `period, category` and one or more of `documents, numbers`; also `authority, medium, operators,
source_url, source_publisher, source_date, note`, each of which may be absent or blank. A blank authority or
medium is the total. One row a figure pair, nothing worked out, texts as in the release.
"""

from sagwan.compare.importers.columns import known_sections
from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.korea import AUTHORITIES, KOREA, MEDIA, UNKNOWN, category
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.sums import check_sum
from sagwan.compare.importers.table import Record, Section, has_section, key, slug, spec
from sagwan.compare.importers.understood import Document

PUBLISHER = "Ministry of Science and ICT"
PROVIDER = "ministry"

SPECS = (
    spec("documents", "period", "category", "documents", without=("service", "provider")),
    spec("numbers", "period", "category", "numbers", without=("service", "provider")),
)
_MEASURES = (("documents", "document"), ("numbers", "number"), ("operators", "operator"))
_OWN = (("sourceurl", "source_url"), ("sourcepublisher", "source_publisher"), ("sourcedate", "source_date"))
_ROW_ONLY = ("note",)

_KNOWN = frozenset(
    {"period", "category", "authority", "medium", *_ROW_ONLY}
    | {name for name, _ in _MEASURES}
    | {name for name, _ in _OWN}
)


def knows(document: Document) -> bool:
    return any(has_section(table, SPECS) for table in document.tables)


def read(document: Document, maker: Maker) -> None:
    for section in known_sections(document.tables, SPECS, maker, _KNOWN.__contains__):
        for record in section.records:
            _read_record(record, maker)
        _check_parts(section, maker)


def _read_record(record: Record, maker: Maker) -> None:
    span = maker.span(record.row.number, record.get("period"), read_period)
    if span is None:
        return
    kind = category(record.get("category"))
    if not kind:
        maker.warn("category", record.row.number, UNKNOWN.format(record.get("category")))
    authority, medium = _authority(record), _medium(record)
    dims = {"process": record.get("category"), "requester": authority if authority.isascii() else ""}
    dims |= {column: record.get(name).strip() for name, column in _OWN}
    dims |= {name: record.get(name) for name in _ROW_ONLY}
    line = Line(
        record.row.number,
        PROVIDER,
        "all",
        span,
        kind or slug(record.get("category")),
        Place(KOREA, ""),
        {"authority": authority, "medium": medium},
        dims,
    )
    for measure, counted in _MEASURES:
        if measure in record.header.at and record.get(measure).strip():
            maker.add(line, measure, record.label(measure), record.get(measure), measure, counted=counted)


def _authority(record: Record) -> str:
    printed = record.get("authority")
    return AUTHORITIES.get(key(printed), slug(printed))


def _medium(record: Record) -> str:
    printed = record.get("medium")
    return MEDIA.get(key(printed), slug(printed))


def _check_parts(section: Section, maker: Maker) -> None:
    """The total of each period and category against its authorities, where all of them are in the table."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in section.records:
        if not record.get("medium").strip():
            groups.setdefault((record.get("period"), record.get("category")), []).append(record)
    for (period, kind), records in groups.items():
        totals = [record for record in records if not record.get("authority").strip()]
        parts = [record for record in records if record.get("authority").strip()]
        for measure, _ in _MEASURES[:2]:
            for total in totals if len(parts) > 1 else ():
                cells = [(part.get("authority"), part.get(measure)) for part in parts]
                check_sum(maker, total.row.number, (f"{period} {kind}: {measure}", total.get(measure)), cells)
