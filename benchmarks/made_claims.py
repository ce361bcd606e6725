"""Claims made up for measuring: the real ones over and over, under other providers and with other counts.

Every copy keeps what makes the real table what it is: rivals, copies of an article, sums, restatements, bands
and blanks. All its counts are multiplied by one small number, so that whatever added up still does.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from sagwan.compare import COLUMNS, Claim, Exact, load_packaged

SEED = 2016


def rows(count: int, seed: int = SEED) -> Iterator[list[str]]:
    """`count` rows of a table of claims; the same for the same seed."""
    claims = load_packaged()
    chance = random.Random(seed)  # noqa: S311  (a measure, not a secret)
    for copy in range(-(-count // len(claims))):
        times = chance.choice((1, 2, 3, 7, 11))
        order = chance.sample(range(len(claims)), len(claims))
        for place in order[: count - copy * len(claims)]:
            yield _row(claims[place], copy, times)


def _row(claim: Claim, copy: int, times: int) -> list[str]:
    row = {column: str(getattr(claim, column)) for column in COLUMNS}
    row["provider"] = "+".join(f"{name}-{copy}" for name in claim.provider.split("+"))
    row["source_url"] = f"{claim.source_url}#{copy}"
    if isinstance(claim.read, Exact) and isinstance(claim.read.number, int) and claim.unit != "percent":
        row["value"] = str(claim.read.number * times)
    row["note"] = ""
    return list(row.values())


def write(table: Path, count: int, seed: int = SEED) -> None:
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(count, seed))
