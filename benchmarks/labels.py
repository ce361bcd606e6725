"""Precision and recall of statuses and explanations, on figures that a person labelled (`labelled/`)."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sagwan.compare import Comparison, Reconciled, Status
from sagwan.compare.figure import Figure, parse_key

TABLE = Path(__file__).with_name("labelled") / "claims.csv"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one value of a figure."""

    figure: Figure
    status: Status
    value: str
    codes: frozenset[str]
    how: str


@dataclass(slots=True)
class Score:
    """What was found, and rightly; what was found but is not there; what is there but was missed."""

    found: Counter[str] = field(default_factory=Counter)
    ghosts: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, told: frozenset[str], expected: frozenset[str]) -> None:
        self.found.update(told & expected)
        self.ghosts.update(told - expected)
        self.missed.update(expected - told)

    @property
    def precision(self) -> float:
        return _share(self.found.total(), self.ghosts.total())

    @property
    def recall(self) -> float:
        return _share(self.found.total(), self.missed.total())


def load_labels(table: Path = TABLE) -> list[Label]:
    with table.open(encoding="utf-8", newline="") as stream:
        return [
            Label(
                parse_key(row["figure"]),
                Status(row["status"]),
                row["value"],
                frozenset(row["codes"].split()),
                row["how"],
            )
            for row in csv.DictReader(stream)
        ]


def score(comparison: Comparison, labels: list[Label]) -> tuple[Score, Score]:
    """How the disputes and how the explanations agree with the labels.

    A doubted value of a labelled figure that has no label of its own ought to have no explanation.
    """
    disputes, explanations = Score(), Score()
    expected = {(label.figure, label.value): label.codes for label in labels if label.value}
    for figure, status in {label.figure: label.status for label in labels}.items():
        result = comparison.by_key[figure]
        disputes.add(_disputed(result.status), _disputed(status))
        values = {value for known, value in expected if known == figure} | set(_doubted(result))
        for value in values:
            explanations.add(codes_of(result, value), expected.get((figure, value), frozenset()))
    return disputes, explanations


def codes_of(result: Reconciled, value: str) -> frozenset[str]:
    """The codes of the explanations of a value as printed."""
    ids = {claim.id for claim in result.claims if claim.value == value}
    return frozenset(e.code.value for e in result.explanations if ids & set(e.claims))


def _doubted(result: Reconciled) -> list[str]:
    explained = {name for explanation in result.explanations for name in explanation.claims}
    return [claim.value for claim in result.claims if claim.id in explained]


def _disputed(status: Status) -> frozenset[str]:
    return frozenset({"disputed"} if status is Status.DISPUTED else ())


def _share(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 1.0
