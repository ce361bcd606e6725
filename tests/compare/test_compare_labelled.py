"""The figures that a person labelled: what is found, what is missed, and that no ghosts are seen."""

from collections import Counter

from benchmarks.labels import load_labels, score
from benchmarks.slips import measure

from sagwan.compare import Code, Status, compare, load_packaged

CLAIMS = load_packaged()
ALL = compare(CLAIMS)
LABELS = load_labels()


def test_the_labels_are_of_all_periods_and_countries() -> None:
    assert len({label.figure for label in LABELS}) >= 80
    assert {label.figure.period for label in LABELS} == {claim.period for claim in CLAIMS}
    assert {label.figure.jurisdiction for label in LABELS} == {claim.jurisdiction for claim in CLAIMS}
    by_status = Counter(label.status is Status.DISPUTED for label in LABELS)
    assert min(by_status.values()) >= 40
    assert {code for label in LABELS for code in label.codes} <= set(Code)
    assert all(label.how for label in LABELS)


def test_the_floors() -> None:
    disputes, explanations = score(ALL, LABELS)
    assert (dict(disputes.ghosts), dict(explanations.ghosts)) == ({}, {})
    assert disputes.recall >= 0.97
    assert explanations.recall >= 0.97
    assert explanations.found.total() >= 65


def test_a_missed_and_a_ghost_are_counted() -> None:
    [label] = [label for label in LABELS if label.value == "687"]
    _, explanations = score(compare([claim for claim in CLAIMS if claim.value != "687"]), LABELS)
    assert explanations.missed["one-digit"] == 1
    unlabelled = [other for other in LABELS if other.figure != label.figure or not other.value]
    blank = [*unlabelled, type(label)(label.figure, Status.AGREED, "", frozenset(), "")]
    disputes, explanations = score(ALL, blank)
    assert (disputes.ghosts["disputed"], explanations.ghosts["one-digit"]) == (1, 1)


def test_slips_put_in_on_purpose() -> None:
    for slip in measure(CLAIMS, each=40):
        assert slip.put == 40, slip
        assert slip.right / slip.put >= 0.96, slip
        assert slip.wrong / slip.put <= 0.15, slip
