"""A second reader's judgement of the claims, made before seeing any outcome (`labelled/blind.csv`)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.labels import Score, codes_of

from sagwan.compare import Comparison, Reconciled, Status
from sagwan.compare.figure import Figure, parse_key

TABLE = Path(__file__).with_name("labelled") / "blind.csv"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader said of a figure: whether it is in doubt, which printed value is off, and why.

    `settled` is what was agreed once the outcome lay beside the judgement, with `why` where it differs.
    """

    figure: Figure
    drawn: str
    disputed: bool
    value: str
    codes: frozenset[str]
    how: str
    settled: frozenset[str]
    why: str


def load_judgements(table: Path = TABLE) -> list[Judgement]:
    with table.open(encoding="utf-8", newline="") as stream:
        return [
            Judgement(
                parse_key(row["figure"]),
                row["drawn"],
                row["disputed"] == "yes",
                row["value"],
                frozenset(row["codes"].split()),
                row["how"],
                frozenset(row["settled"].split()),
                row["why"],
            )
            for row in csv.DictReader(stream)
        ]


def score_blind(
    comparison: Comparison, judgements: Iterable[Judgement], *, settled: bool = False
) -> tuple[Score, Score]:
    """How the disputes and the explanations agree with the reader, who did not know which value is preferred:
    of a value that stands, the explanations of its rivals are compared. Any explanation of a figure that the
    reader found in order is a ghost."""
    judgements = list(judgements)
    disputes, explanations = Score(), Score()
    for figure, disputed in {j.figure: j.disputed for j in judgements}.items():
        told = comparison.by_key[figure].status is Status.DISPUTED
        disputes.add(_set(told), _set(disputed))
    for judgement in judgements:
        told = _codes(comparison.by_key[judgement.figure], judgement.value)
        explanations.add(told, judgement.settled if settled else judgement.codes)
    return disputes, explanations


def _codes(result: Reconciled, value: str) -> frozenset[str]:
    if value and all(claim.value != value for claim in result.supporters):
        return codes_of(result, value)
    return frozenset(explanation.code.value for explanation in result.explanations)


def _set(disputed: bool) -> frozenset[str]:
    return frozenset({"disputed"} if disputed else ())
