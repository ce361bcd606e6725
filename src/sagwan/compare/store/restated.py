"""Restatements as a table: what a later edition of a source says otherwise, before and after, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from sagwan.compare.claim import Claim
from sagwan.compare.editions import Cause, Change, Kind
from sagwan.compare.store.csvs import csv_lines
from sagwan.compare.value import Missing, Number, bounds

Cell = str | Number | None

_DIMENSIONS = ("provider", "service", "jurisdiction", "period", "category", "metric", "part")
_SIDE: Mapping[str, str] = {
    "id": "id of the claim {side}; empty where that edition leaves the figure out",
    "value": "what the edition {side} prints",
    "low": "the least that this can mean; empty where it is no number",
    "high": "the most that this can mean",
    "publisher": "who published the edition {side}",
    "date": "the date of the edition {side}",
    "edition": "the edition {side}: publisher|address|retrieved|sha256, or its address where that is all",
}
_SIDES: Mapping[str, str] = {"before": "before the change", "after": "after the change"}

DESCRIBED: Mapping[str, str] = {
    "figure": "the figure's key",
    **{name: f"the figure's {name}" for name in _DIMENSIONS},
    "kind": "changed, added by the later edition, or removed by it",
    "cause": "why, as far as the editions tell",
    **{
        f"{side}_{name}": meaning.format(side=words)
        for side, words in _SIDES.items()
        for name, meaning in _SIDE.items()
    },
    "others": "ids of further claims that the cause rests on",
    "en": "the change in a sentence, in English",
    "ko": "the change in a sentence, in Korean",
}
COLUMNS = tuple(DESCRIBED)
NUMBERS = frozenset({"before_low", "before_high", "after_low", "after_high"})
_CLOSED = {"kind": [kind.value for kind in Kind], "cause": [cause.value for cause in Cause]}

# 18 digits before the point and 18 after it hold every number that can be read.
_NUMBER = pa.decimal128(36, 18)
SCHEMA = pa.schema(
    [
        pa.field(name, _NUMBER) if name in NUMBERS else pa.field(name, pa.string(), nullable=False)
        for name in COLUMNS
    ]
)


def rows(changes: Iterable[Change]) -> Iterator[tuple[Cell, ...]]:
    """A row a change, in the order given; its cells are those of `COLUMNS`."""
    for change in changes:
        figure = change.figure
        yield (
            str(figure),
            *(getattr(figure, name) for name in _DIMENSIONS),
            change.kind.value,
            change.cause.value,
            *_side(change.before),
            *_side(change.after),
            " ".join(claim.id for claim in change.others),
            change.sentence("en"),
            change.sentence("ko"),
        )


def _side(claim: Claim | None) -> tuple[Cell, ...]:
    if claim is None:
        return "", "", None, None, "", "", ""
    low, high = (None, None) if isinstance(claim.read, Missing) else bounds(claim.read)
    edition = claim.edition or claim.source_url
    return claim.id, claim.value, low, high, claim.source_publisher, claim.source_date, edition


def write_csv(changes: Iterable[Change], path: Path) -> None:
    """Write the table for people, in UTF-8 with LF."""
    with path.open("w", encoding="utf-8", newline="") as sink:
        sink.writelines(csv_lines(COLUMNS, rows(changes)))


def write_parquet(changes: Sequence[Change], path: Path) -> None:
    """Write the table for engines; the same changes give the same bytes."""
    cells = list(zip(*rows(changes), strict=True)) or [()] * len(COLUMNS)
    columns = [
        pa.array([_decimal(cell) for cell in column] if field.name in NUMBERS else column, field.type)
        for field, column in zip(SCHEMA, cells, strict=True)
    ]
    pq.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), path, compression="zstd")


def _decimal(cell: Cell) -> Decimal | None:
    return None if cell is None else Decimal(cell)


def schema() -> dict[str, Any]:
    """The Frictionless schema of the table."""
    return {"fields": [_field(name) for name in COLUMNS], "missingValues": [""]}


def _field(name: str) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": name,
        "type": "number" if name in NUMBERS else "string",
        "description": DESCRIBED[name],
    }
    constraints: dict[str, Any] = {}
    if name in _CLOSED:
        constraints["enum"] = _CLOSED[name]
    if name in ("figure", "kind", "cause", "en", "ko"):
        constraints["required"] = True
    if name.endswith("_id"):
        constraints["pattern"] = "[0-9a-f]{16}"
    return field | ({"constraints": constraints} if constraints else {})
