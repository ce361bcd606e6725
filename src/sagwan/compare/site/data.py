"""The data: tables as CSV, a comparison of each period as JSON, and what describes them.

`datapackage.json` (Frictionless Data Package 1) describes all tables, `data/layout.json` (JSON Schema) the
JSON files, `data/catalog.jsonld` (DCAT 3) the whole for catalogues.
"""

import csv
import io
import json
from collections.abc import Iterator

from sagwan.compare.result import Comparison, Status
from sagwan.compare.site import addresses
from sagwan.compare.site.layout import LAYOUT
from sagwan.compare.site.scores import SCHEMES
from sagwan.compare.site.tables import TABLES, Table
from sagwan.compare.site.view import View
from sagwan.compare.site.whole import Whole
from sagwan.pages import translator


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
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@type": "dcat:Catalog",
        "dct:title": "Sagwan observatory",
        "dct:description": "Published figures on requests for users' data, each beside its rivals.",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Sagwan observatory"},
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
                    "dcat:accessURL": {"@id": "../en/data.html"},
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
            "columns": [{"name": name, "text": translate(text)} for name, _type, text in table.columns],
        }
        for table in TABLES
    ]
