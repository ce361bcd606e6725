"""The data: tables as CSV, a comparison of each period as JSON, and what describes them.

`datapackage.json` (Frictionless Data Package 1) describes all tables, `data/layout.json` (JSON Schema) the
JSON files, `data/catalog.jsonld` (DCAT 3) the whole for catalogues.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sagwan.compare.claim import COLUMNS, Claim
from sagwan.compare.result import Comparison, Status
from sagwan.compare.score import policies, score
from sagwan.compare.series import definitions, reviewed
from sagwan.compare.site import addresses
from sagwan.compare.site.layout import LAYOUT
from sagwan.compare.site.scores import SCHEMES
from sagwan.compare.site.view import View
from sagwan.compare.site.whole import Whole
from sagwan.compare.value import Missing, bounds
from sagwan.pages import N_, translator

Row = Iterable[object]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the site: its columns with their types and meanings, and its rows."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...]
    rows: Callable[[Whole], Iterable[Row]]

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


def _figures(whole: Whole) -> Iterator[Row]:
    for item in whole.comparison.figures:
        low, high = bounds(item.value) if item.value is not None else ("", "")
        figure = item.figure
        yield (
            str(figure), figure.provider, figure.service, figure.jurisdiction, figure.period, figure.category,
            figure.metric, figure.part, item.status, low, high, item.missing or "",
            item.preferred.id if item.preferred else "", item.why or "", item.voices, len(item.rivals),
            " ".join(item.codes), f"en/{addresses.figure_page(figure)}",
        )  # fmt: skip


def _claims(whole: Whole) -> Iterator[Row]:
    for claim in _all_claims(whole.comparison):
        read = claim.read
        low, high = ("", "") if isinstance(read, Missing) else bounds(read)
        yield (claim.id, str(claim.figure), *(getattr(claim, column) for column in COLUMNS), low, high)


def _all_claims(comparison: Comparison) -> list[Claim]:
    found = {claim.id: claim for item in comparison.figures for claim in item.claims}
    return [found[name] for name in sorted(found)]


def _explanations(whole: Whole) -> Iterator[Row]:
    for item in whole.comparison.figures:
        for one in item.explanations:
            said = (one.sentence("en"), one.sentence("ko"))
            yield str(item.figure), one.code, one.variant, " ".join(one.claims), " ".join(one.against), *said


def _scores(whole: Whole) -> Iterator[Row]:
    for period in whole.halves:
        for provider in whole.providers:
            if any((f.provider, f.period) == (provider, period) for f in whole.comparison.by_key):
                for sheet in score(whole.comparison, provider, period):
                    for point in sheet.points:
                        figures = " ".join(map(str, point.evidence.figures))
                        said = " ".join(policy.id for policy in point.evidence.policies)
                        yield provider, period, sheet.scheme, point.id, point.answer, figures, said


def _marks(_: Whole) -> Iterator[Row]:
    for mark in reviewed():
        yield mark.id, mark.date, mark.period, mark.text["en"], mark.text["ko"], " ".join(mark.sources)


def _policies(_: Whole) -> Iterator[Row]:
    for one in policies():
        said = (one.text["en"], one.text["ko"], one.source, one.publisher, one.date)
        yield one.id, one.provider, one.service, " ".join(one.topics), one.since, one.until, *said


def _definitions(_: Whole) -> Iterator[Row]:
    for one in definitions().values():
        yield one.provider, one.accounts, one.text["en"], one.text["ko"], one.source


_FIGURE = ("figure", "string", "the figure's key")
TABLES = (
    Table(
        "figures",
        N_("Every figure: what stands, and how firmly"),
        (
            _FIGURE, ("provider", "string", "who is asked"), ("service", "string", "the service, or all"),
            ("jurisdiction", "string", "who asks: ISO 3166-1 alpha-2, or EU"),
            ("period", "string", "half-year or year"), ("category", "string", "kind of request"),
            ("metric", "string", "what is counted"), ("part", "string", "part of the whole, or empty"),
            ("status", "string", "how the figure stands"), ("low", "number", "the least it can be"),
            ("high", "number", "the most it can be"), ("missing", "string", "why there is no number"),
            ("preferred", "string", "id of the claim that stands"), ("why", "string", "what decided for it"),
            ("voices", "integer", "independent sources that give the value"),
            ("rivals", "integer", "claims that give another value"),
            ("explanations", "string", "codes of the explanations that hold"),
            ("page", "string", "the figure's page"),
        ),
        ("figure",),
        _figures,
    ),
    Table(
        "claims",
        N_("Every claim, as printed"),
        (
            ("id", "string", "stays the same as long as what was printed does"), _FIGURE,
            *((name, "string", "as printed") for name in COLUMNS),
            ("low", "number", "the least that the value can mean"), ("high", "number", "the most"),
        ),
        ("id",),
        _claims,
    ),
    Table(
        "explanations",
        N_("Why sources differ"),
        (
            _FIGURE, ("code", "string", "kind of explanation"), ("variant", "string", "form of the rule"),
            ("claims", "string", "ids of the claims explained"), ("against", "string", "ids tested against"),
            ("en", "string", "the sentence in English"), ("ko", "string", "the sentence in Korean"),
        ),
        (),
        _explanations,
    ),
    Table(
        "scores",
        N_("The disclosure score, point by point"),
        (
            ("provider", "string", "whose report"), ("period", "string", "half-year"),
            ("scheme", "string", "P11a, P10a, P12, OTI or DSA"), ("point", "string", "the scheme's point"),
            ("answer", "string", "yes, partly, no or unknown, which is not no"),
            ("figures", "string", "keys of the figures that say so"),
            ("policies", "string", "ids of the policies that say so"),
        ),
        ("provider", "period", "point"),
        _scores,
    ),
    Table(
        "marks",
        N_("What changed: events beside the series"),
        (
            ("id", "string", "name"), ("date", "string", "day, month or year"),
            ("period", "string", "half-year"),
            ("en", "string", "in English"), ("ko", "string", "in Korean"), ("sources", "string", "addresses"),
        ),
        ("id",),
        _marks,
    ),
    Table(
        "policies",
        N_("What providers say or are said to do"),
        (
            ("id", "string", "name"), ("provider", "string", "of whom"),
            ("service", "string", "or empty for all"), ("topics", "string", "what it is about"),
            ("since", "string", "first day"), ("until", "string", "last day"),
            ("en", "string", "in English"), ("ko", "string", "in Korean"), ("source", "string", "address"),
            ("publisher", "string", "who says so"), ("date", "string", "when"),
        ),
        ("id",),
        _policies,
    ),
    Table(
        "definitions",
        N_("What each provider counts"),
        (
            ("provider", "string", "who"), ("accounts", "string", "asked or disclosed"),
            ("en", "string", "in English"), ("ko", "string", "in Korean"), ("source", "string", "address"),
        ),
        ("provider",),
        _definitions,
    ),
)  # fmt: skip


def files(whole: Whole) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every data file: the same figures give the same bytes, in whatever order they came."""
    for table in TABLES:
        yield table.path, _csv(table, whole)
    for period in whole.halves:
        yield addresses.data(period), to_json(of_period(whole.comparison, period))
    yield "data/index.json", to_json(_index(whole))
    yield "data/layout.json", to_json(LAYOUT)
    yield "datapackage.json", to_json(datapackage())
    yield "data/catalog.jsonld", to_json(catalogue())


def of_period(comparison: Comparison, period: str) -> dict[str, object]:
    mine = tuple(item for item in comparison.figures if item.figure.period == period)
    return Comparison(period, mine, {}).to_json()


def to_json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(table: Table, whole: Whole) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(name for name, _, _ in table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows(whole))
    return sink.getvalue().encode()


def _safe(cell: object) -> object:
    return " ".join(cell.split("\r\n")).replace("\r", " ") if isinstance(cell, str) else cell


def _index(whole: Whole) -> dict[str, object]:
    return {
        "layout": "data/layout.json",
        "periods": {period: addresses.data(period) for period in whole.halves},
        "tables": {table.name: table.path for table in TABLES},
        "statuses": [str(status) for status in Status],
        "schemes": list(SCHEMES),
        "providers": list(whole.providers),
        "countries": list(whole.countries),
    }


def datapackage() -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "sagwan-observatory",
        "title": "Government requests for users' data: every published figure beside its rivals",
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [{"name": n, "type": t, "description": d} for n, t, d in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def catalogue() -> dict[str, object]:
    """DCAT 3 in JSON-LD; addresses are relative to the file's own."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
        },
        "@type": "dcat:Catalog",
        "dct:title": "Sagwan observatory",
        "dcat:dataset": [
            {
                "@type": "dcat:Dataset",
                "@id": f"#{table.name}",
                "dct:title": table.title,
                "dct:description": "; ".join(f"{name}: {text}" for name, _, text in table.columns),
                "dct:language": ["en", "ko"],
                "dcat:keyword": ["government requests", "user data", "transparency reports"],
                "dcat:distribution": {
                    "@type": "dcat:Distribution",
                    "dcat:downloadURL": {"@id": f"../{table.path}"},
                    "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                },
            }
            for table in TABLES
        ],
    }


def listing(whole: Whole, lang: str) -> list[View]:
    """The tables as the data page shows them."""
    translate = translator(lang).gettext
    return [
        {
            "title": translate(table.title),
            "path": table.path,
            "columns": [{"name": name, "text": text} for name, _type, text in table.columns],
        }
        for table in TABLES
    ]
