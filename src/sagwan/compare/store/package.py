"""The store's `datapackage.json`: which files belong to it, what their columns mean, where they came from."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from sagwan.compare.check import CLOSED
from sagwan.compare.claim import COLUMNS
from sagwan.compare.store import restated
from sagwan.compare.store.csvs import STORE_COLUMNS

NAME = "datapackage.json"
RESTATEMENTS = "restatements"
"""The name of the table of restatements, and of the folder that it lies in."""
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_PATTERNS = {
    "id": "[0-9a-f]{16}",
    "jurisdiction": "[A-Z]{2}",
    "assisting": "[A-Z]{2}",
    "source_date": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "period": "[0-9]{4}(H[12]|Q[1-4]|-[0-9]{2}|-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})?",
}
_OPTIONAL = frozenset({"jurisdiction", "category", "part", "value", "note"})


def described() -> Mapping[str, str]:
    """What each column of a table of claims means, in a sentence."""
    text = resources.files("sagwan.compare").joinpath("data", "columns.json").read_text(encoding="utf-8")
    columns: Mapping[str, str] = json.loads(text)
    return columns


def schema() -> dict[str, Any]:
    """The Frictionless schema of a table of claims, as the store writes it."""
    meaning = described()
    return {
        "fields": [_field(column, meaning[column]) for column in STORE_COLUMNS],
        "primaryKey": ["id"],
        "missingValues": [""],
    }


def _field(column: str, meaning: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column == "id" or (column in COLUMNS and column not in _OPTIONAL):
        constraints["required"] = True
    if column in _PATTERNS:
        constraints["pattern"] = _PATTERNS[column]
    if column in CLOSED:
        constraints["enum"] = sorted(CLOSED[column])
    field: dict[str, Any] = {"name": column, "type": "string", "description": meaning}
    return field | ({"constraints": constraints} if constraints else {})


def resource(name: str, csv: Path, parquet: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """One imported file's entry. `about` is what the import knows: title, sources, format, checksum."""
    return {**_files(name, "", csv, parquet), **about, "schema": schema()}


def restatements(csv: Path, parquet: Path) -> dict[str, Any]:
    """The entry of the table of restatements, which lies in a folder of its own: it holds no claims."""
    return {
        **_files(RESTATEMENTS, f"{RESTATEMENTS}/", csv, parquet),
        "title": "What later editions of one source say otherwise, and why",
        "schema": restated.schema(),
    }


def _files(name: str, folder: str, csv: Path, parquet: Path) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{folder}{csv.name}",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.stat().st_size,
        "hash": f"sha256:{sha256(csv)}",
        "parquet": {"path": f"{folder}{parquet.name}", "hash": f"sha256:{sha256(parquet)}"},
    }


def package(resources: Sequence[Mapping[str, Any]]) -> bytes:
    """The whole description, as JSON in UTF-8."""
    document = {
        "$schema": PROFILE,
        "name": "sagwan-store",
        "title": "Published figures on government requests for user data",
        "description": "One row is one figure as one source printed it, never merged and never corrected.",
        "resources": list(resources),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
