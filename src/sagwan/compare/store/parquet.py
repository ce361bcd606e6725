"""Claims as Parquet for engines: the columns as text, and beside them what was read, as numbers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from sagwan.compare.claim import WIDE_COLUMNS, Claim
from sagwan.compare.value import Missing, bounds

_BATCH = 20_000
# 18 digits before the point and 18 after it hold every number that can be read.
_NUMBER = pa.decimal128(36, 18)

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        *(pa.field(column, pa.string(), nullable=False) for column in WIDE_COLUMNS),
        pa.field("figure", pa.string(), nullable=False),
        pa.field("voice", pa.string(), nullable=False),
        pa.field("source_rank", pa.int32(), nullable=False),
        pa.field("source_last_day", pa.date32(), nullable=False),
        pa.field("read_state", pa.string(), nullable=False),
        pa.field("read_low", _NUMBER),
        pa.field("read_high", _NUMBER),
    ]
)
"""`read_low` and `read_high` are what the number may be at least and at most (of an exact one, itself twice),
or null where there is none."""


def write_parquet(claims: Iterable[Claim], path: Path) -> None:
    """Write the table in batches; the same claims give the same bytes."""
    remaining = iter(claims)
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            writer.write_table(table(batch))


def table(claims: Sequence[Claim]) -> pa.Table:
    """Claims as an Arrow table."""
    rows = [engine_row(claim) for claim in claims]
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in SCHEMA]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def engine_row(claim: Claim) -> dict[str, Any]:
    """One claim as engines see it."""
    low, high = (None, None) if isinstance(claim.read, Missing) else map(Decimal, bounds(claim.read))
    return {
        "id": claim.id,
        **{column: str(getattr(claim, column)) for column in WIDE_COLUMNS},
        "figure": str(claim.figure),
        "voice": claim.voice,
        "source_rank": claim.source_kind.rank,
        "source_last_day": claim.last_day,
        "read_state": claim.read.code.value,
        "read_low": low,
        "read_high": high,
    }
