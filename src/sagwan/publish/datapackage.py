"""`datapackage.json`: every table of the folder, described (Frictionless Data Package)."""

import json
from collections.abc import Sequence
from typing import Any

from sagwan.formats import paths
from sagwan.formats.report import RESTATED_COLUMNS, ROW_COLUMNS, Report
from sagwan.formats.tally import BASE_MEASURES
from sagwan.record.period import Period

_ROWS = {
    "service": "The service that was asked: a slug.",
    "jurisdiction": "Whose law: ISO 3166-1 alpha-2, or EU.",
    "instrument": "The legal process: a slug of the jurisdiction's law pack.",
}
_MEASURES = {
    "requested": "Requests received in the half-year.",
    "processed": "Requests resolved in the half-year as complied with, in full or in part.",
    "complied": "Resolved: complied with in full.",
    "partial": "Resolved: complied with in part.",
    "refused": "Resolved: refused.",
    "no-data": "Resolved: there was no such data.",
    "withdrawn": "Resolved: withdrawn by the authority.",
    "accounts-asked": "Accounts whose data was asked for by the requests received.",
    "accounts-disclosed": "Accounts whose data was disclosed by the requests resolved.",
    "follow-ups": "Later requests that named more accounts of a request already answered.",
    "follow-up-accounts": "Accounts named by them.",
}


def datapackage(reports: Sequence[Report]) -> bytes:
    """The descriptor of all half-years' tables, in the order of the half-years."""
    newest = reports[-1]
    resources: list[dict[str, Any]] = []
    for report in reports:
        period = Period.parse(report.period)
        extra = sorted({name for counts in report.rows.values() for name in counts} - set(BASE_MEASURES))
        fields = [_field(name, "string", _ROWS[name]) for name in ROW_COLUMNS]
        fields += [_field(name, "integer", _MEASURES[name]) for name in BASE_MEASURES]
        fields += [_field(name, "integer", _extra(name)) for name in extra]
        resources.append(
            _table(f"report-{report.period.lower()}", paths.report_csv(period), fields, ROW_COLUMNS)
        )
        restated = [
            _field(name, "integer" if name in ("before", "after") else "string", f"Restated: {name}.")
            for name in RESTATED_COLUMNS
        ]
        resources.append(
            _table(
                f"restated-{report.period.lower()}",
                paths.restated_csv(period),
                restated,
                RESTATED_COLUMNS[:5],
            )
        )
    document = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"sagwan-{newest.provider}",
        "title": f"{newest.names['en']}: government requests for user data",
        "description": ("SYNTHETIC: made for a demonstration. " if newest.synthetic else "")
        + "Counts of requests by service, jurisdiction and instrument, each half-year, recountable from "
        "the openings in this folder.",
        "resources": resources,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _table(name: str, path: str, fields: list[dict[str, Any]], key: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": list(key)},
    }


def _field(name: str, kind: str, description: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind, "description": description}
    field["constraints"] = {"required": True} | ({"minimum": 0} if kind == "integer" else {})
    return field


def _extra(name: str) -> str:
    what, _, slug = name.partition(".")
    return {
        "reason": f"Resolved for the reason {slug}.",
        "received": f"Received with the mark {slug}.",
        "resolved": f"Resolved with the mark {slug}.",
    }[what]
