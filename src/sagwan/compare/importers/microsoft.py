"""Microsoft: a workbook a half-year, a sheet a strand; headers over three rows, shares and counts in pairs.

Shares are stored as fractions of 1, whatever their format. Counts that are no whole numbers, and error cells,
are kept as they are stored and stay unreadable.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from sagwan.compare.importers.cells import COUNT, fraction, reading
from sagwan.compare.importers.countries import TOTAL, country, named
from sagwan.compare.importers.dates import Span, find_period, read_period
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.sums import check_sum, check_total, count_in
from sagwan.compare.importers.table import Row, Table, key, merged_labels
from sagwan.compare.importers.understood import Document
from sagwan.compare.importers.written import plain
from sagwan.compare.value import PERCENT

PROVIDER = "microsoft"
PUBLISHER = "Microsoft"

# What closes a header: `%` and `#` under each outcome; words for them are taken for the same.
_LEAVES = (
    {"%": "%", "#": "#"}
    | dict.fromkeys(("percent", "percentage"), "%")
    | dict.fromkeys(("number", "count"), "#")
)
_COUNTRY = frozenset({"country", "countryregion", "countryterritory"})
_TITLE = re.compile(r"law ?enforcement ?requests|civil ?legal ?request", re.IGNORECASE)
_HEAD_ROWS = 15
_FEWEST_LEAVES = 4
_FEWEST_METRICS = frozenset({"requested", "refused", "no-data"})
_SCANNED = 60
_ANY = "law-enforcement-requests"
_STRANDS = (
    ("civil", "civil-legal-requests"),
    ("emergenc", "emergency-requests"),
    ("criminal", "criminal-requests"),
)
_COUNTED = {"requested": "request", "accounts": "account"}
_OUTCOMES = (
    (r"reject", "refused"),
    (r"nodatafound|nodata$", "no-data"),
    (r"noncontent|subscriber", "disclosed-non-content-only"),
    (r"disclosureofcontent|contentdisclosed|contentdata", "disclosed-content"),
)


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    label: str
    metric: str
    percent: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet's columns, and what all its rows share; `names` is where the countries stand."""

    names: int
    columns: tuple[_Column, ...]
    rows: tuple[Row, ...]
    span: Span
    service: str
    category: str


def knows(document: Document) -> bool:
    return any(_is_report(table) for table in document.tables)


def resembles(document: Document) -> str:
    """What a workbook lacks that heads its columns as Microsoft does; nothing where it does not."""
    for table in document.tables:
        texts = [key(cell) for row in table.rows[:_HEAD_ROWS] for cell in row.cells]
        metrics = {metric for text in texts if (metric := _metric(text))}
        if metrics >= _FEWEST_METRICS and _leaf(table) is None:
            return f"sheet {table.sheet}: there is no row of % and # that says which columns are shares"
    return ""


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        maker.sheet = table.sheet
        if sheet := _understand(table, maker):
            _read_sheet(sheet, maker)


def _title(table: Table) -> str:
    """What stands above and beside the header, and the sheet's own name."""
    leaf = _leaf(table)
    rows = table.rows[: leaf or 0]
    return " ".join([*(cell for row in rows for cell in row.cells), table.sheet])


def _leaf(table: Table) -> int | None:
    """The place of the row of `%` and `#` that closes the header."""
    for place, row in enumerate(table.rows[:_HEAD_ROWS]):
        if sum(_as_leaf(cell) in ("%", "#") for cell in row.cells) >= _FEWEST_LEAVES:
            return place
    return None


def _as_leaf(cell: str) -> str:
    return _LEAVES.get(plain(cell).casefold(), "")


def _is_report(table: Table) -> bool:
    """By its title or, as a sheet may be called just `Civil` or `Emergencies`, by what its columns count."""
    leaf = _leaf(table)
    if leaf is None:
        return False
    if _TITLE.search(_title(table)):
        return True
    texts = (key(cell) for row in table.rows[:leaf] for cell in row.cells)
    return {_metric(text) for text in texts} >= _FEWEST_METRICS


def _understand(table: Table, maker: Maker) -> _Sheet | None:
    leaf = _leaf(table)
    title = _title(table)
    if leaf is None or not _is_report(table):
        if table.rows:
            maker.skip(table.rows[0].number, table.sheet, "the sheet has no header of a requests report")
        return None
    span = _period(table.rows[:leaf], maker)
    if span is None:
        maker.skip(table.rows[0].number, title, "the sheet does not say of which half-year it is")
        return None
    heads = [row for row in table.rows[: leaf + 1] if _is_head(row)]
    labels = merged_labels(heads, lambda text: bool(_as_leaf(text)))
    columns = _first_of_each(_columns(labels), table.rows[leaf].number, maker)
    rows = table.rows[leaf + 1 :]
    names = _names(labels, columns, rows)
    _note_strays(labels, {names, *(column.index for column in columns)}, rows, maker)
    return _Sheet(
        names, columns, rows, span, _service(title), _category(table.sheet) or _category(title, _ANY)
    )


def _names(labels: Sequence[str], columns: Sequence[_Column], rows: Sequence[Row]) -> int:
    """Where countries stand: under their head, else in the column left of all measures that names most."""
    headed = next((index for index, label in enumerate(labels) if key(label) in _COUNTRY), None)
    if headed is not None:
        return headed
    left = range(min((column.index for column in columns), default=1))
    cells = {
        index: sum(_is_name(row.cells[index]) for row in rows[:_SCANNED] if index < len(row.cells))
        for index in left
    }
    return max(left, key=lambda index: cells[index], default=0)


def _is_name(cell: str) -> bool:
    place = country(cell)
    return bool(place.code) or place.part == TOTAL


def _first_of_each(columns: Iterator[_Column], row: int, maker: Maker) -> tuple[_Column, ...]:
    """The columns, one a measure; a second one of a measure is noted as not read."""
    first: dict[str, _Column] = {}
    for column in columns:
        if first.setdefault(column.metric, column) is not column:
            maker.skip(row, "", f"a second column of {column.metric}: it is not read", column.label)
    return tuple(first.values())


def _is_head(row: Row) -> bool:
    """A row of the header: more than a title, which stands alone in its first cell."""
    return sum(1 for cell in row.cells if cell.strip()) > 1


def _period(rows: Sequence[Row], maker: Maker) -> Span | None:
    """The title's half-year, else the file's; where both are printed and differ, a warning too."""
    if maker.origin.period:
        return read_period(maker.origin.period)
    titles = [find_period(cell) for row in rows for cell in row.cells if cell.strip()]
    own = next((span for span in titles if span), None)
    named = find_period(maker.document.name)
    if own and named and own.period != named.period:
        maker.warn("period", rows[0].number, f"the sheet says {own.period}, the file's name {named.period}")
    return own or named


def _service(title: str) -> str:
    words = title.casefold()
    if "excluding skype" in words:
        return "microsoft-excluding-skype"
    whole = "all microsoft services" in words or "combined microsoft" in words or "including skype" in words
    return "skype" if "skype" in words and not whole else "all"


def _category(title: str, otherwise: str = "") -> str:
    words = title.casefold()
    for word, category in _STRANDS:
        # `Criminal, excluding emergencies` are no emergencies.
        if word in words and not re.search(rf"(?:excluding|without|non-?)[^,;.]*{word}", words):
            return category
    return otherwise


def _columns(labels: Sequence[str]) -> Iterator[_Column]:
    for index, label in enumerate(labels):
        percent = _as_leaf(label.rpartition(" / ")[2]) == "%"
        if metric := _metric(key(label)):
            yield _Column(index, label, f"{metric}-percent" if percent else metric, percent)


def _metric(name: str) -> str:
    """The measure of a column, by the key of its whole label, outer heads first."""
    if outcome := next((metric for words, metric in _OUTCOMES if re.search(words, name)), ""):
        return outcome
    if "accounts" in name or "specifiedinrequests" in name:
        return "accounts"
    return (
        "requested"
        if re.search(r"(total)?numberof.*requests|^totalrequests$|^totalrequests(#|number)$", name)
        else ""
    )


def _note_strays(labels: Sequence[str], named: Set[int], rows: Sequence[Row], maker: Maker) -> None:
    """Cells under no header are no figures, but are said to be there."""
    width = max((len(row.cells) for row in rows), default=0)
    for index in range(width):
        if index in named:
            continue
        reach = [row for row in rows if len(row.cells) > index]
        cells = [(row.number, row.cells[index]) for row in reach if row.cells[index]]
        if cells:
            label = labels[index] if index < len(labels) else ""
            texts = ", ".join(sorted({text for _, text in cells})[:3])
            maker.warn(
                "stray-column",
                cells[0][0],
                f"{len(cells)} cells ({texts}) in column {index + 1}, headed {label!r}, belong to no measure",
            )


def _read_sheet(sheet: _Sheet, maker: Maker) -> None:
    figures = tuple(_figures(sheet, maker))
    counted = _what_outcomes_count(figures)
    for one in figures:
        line = Line(one.row, PROVIDER, sheet.service, sheet.span, sheet.category, named(one.printed))
        for column in sheet.columns:
            _add(line, column, one.cells[column.metric], counted, maker)
    _check(sheet, figures, counted, maker)


@dataclass(frozen=True, slots=True)
class _Figures:
    """A row's cells, by metric."""

    row: int
    printed: str
    cells: Mapping[str, str]

    def adds_up_to(self, whole: str) -> bool:
        counts = [count_in(self.cells.get(metric, "")) for _, metric in _OUTCOMES]
        return None not in counts and sum(filter(None, counts)) == count_in(self.cells.get(whole, ""))


def _figures(sheet: _Sheet, maker: Maker) -> Iterator[_Figures]:
    for row in sheet.rows:
        printed = row.cells[sheet.names] if sheet.names < len(row.cells) else ""
        cells = {c.metric: row.cells[c.index] if c.index < len(row.cells) else "" for c in sheet.columns}
        if any(cell.strip() for cell in cells.values()):
            yield _Figures(row.number, printed, cells)
        else:
            maker.skip(row.number, printed, "the row prints no figure")


def _what_outcomes_count(figures: Sequence[_Figures]) -> str:
    """Requests; but on some civil sheets accounts, where more rows add up to those."""
    to_requests, to_accounts = (
        sum(one.adds_up_to(whole) for one in figures) for whole in ("requested", "accounts")
    )
    return "accounts" if to_accounts > to_requests else "requested"


def _add(line: Line, column: _Column, cell: str, outcomes: str, maker: Maker) -> None:
    unit = PERCENT if column.percent else COUNT
    whole = column.metric if column.metric in _COUNTED else outcomes
    read = fraction(cell) if column.percent else reading(cell, unit)
    maker.add(line, column.metric, column.label, cell, unit, read, counted=_COUNTED[whole])


def _check(sheet: _Sheet, figures: Sequence[_Figures], whole: str, maker: Maker) -> None:
    """Outcomes against what they are parts of in each row, and the total row against the rows."""
    for one in figures:
        outcomes = [(metric, one.cells[metric]) for _, metric in _OUTCOMES if metric in one.cells]
        check_sum(maker, one.row, (f"{one.printed}: {whole}", one.cells.get(whole, "")), outcomes)
    rest = [one for one in figures if country(one.printed).part != TOTAL]
    for one in figures:
        for column in sheet.columns if country(one.printed).part == TOTAL else ():
            if not column.percent:
                cells = [other.cells[column.metric] for other in rest]
                check_total(maker, one.row, column.metric, one.cells[column.metric], cells)
