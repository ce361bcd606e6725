"""The figures that a person labelled: what is found, what is missed, and that no ghosts are seen."""

from collections import Counter
from dataclasses import replace

from benchmarks.blind import load_judgements, score_blind
from benchmarks.ghosts import from_nowhere, in_order, wrongly_seen
from benchmarks.labels import load_labels, score
from benchmarks.slips import measure

from sagwan.compare import Code, Status, compare, load_packaged

CLAIMS = load_packaged()
ALL = compare(CLAIMS)
LABELS = load_labels()
JUDGEMENTS = load_judgements()


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


def test_the_blind_judgements_stand_as_they_were_written() -> None:
    drawn = Counter(judgement.drawn for judgement in JUDGEMENTS)
    assert (drawn["agreeing"], drawn["one-paper"], drawn["one-report"]) == (30, 16, 16)
    assert len({j.figure for j in JUDGEMENTS if j.drawn == "differing"}) == 41
    assert not {j.figure for j in JUDGEMENTS if not j.disputed} & {label.figure for label in LABELS}
    assert all(j.how and bool(j.why) == (j.settled != j.codes) for j in JUDGEMENTS)


def test_the_floors_of_the_blind_judgements() -> None:
    disputes, explanations = score_blind(ALL, JUDGEMENTS)
    assert (dict(disputes.ghosts), dict(disputes.missed)) == ({}, {})
    assert explanations.precision >= 0.8
    assert explanations.recall >= 0.93
    _, settled = score_blind(ALL, JUDGEMENTS, settled=True)
    assert dict(settled.ghosts) == {}
    assert settled.recall >= 0.98


def test_a_blind_ghost_and_miss_are_counted() -> None:
    [judged] = [j for j in JUDGEMENTS if j.value == "687"]
    wrong = replace(judged, disputed=False, value="", codes=frozenset(), settled=frozenset({"unit"}))
    disputes, explanations = score_blind(ALL, [wrong])
    assert (disputes.ghosts["disputed"], explanations.ghosts["one-digit"]) == (1, 1)
    _, explanations = score_blind(ALL, [wrong], settled=True)
    assert explanations.missed["unit"] == 1


def test_numbers_from_nowhere_stay_unexplained() -> None:
    for seen in from_nowhere(CLAIMS, each=200):
        assert seen.put >= 195
        assert seen.explained / seen.put <= (0.15 if "within" in seen.kind else 0.04), seen


def test_where_nothing_is_wrong_nothing_is_seen() -> None:
    figures, disputes, explained = wrongly_seen(CLAIMS, seeds=(0, 1))
    assert figures > 5000
    assert (disputes, explained) == (0, 0)
    # The tables are in order, not empty: one more paper with a wrong number is seen in them.
    claims = in_order(CLAIMS, 0)
    before = len(compare(claims).with_status(Status.DISPUTED))
    [wrong] = [claim for claim in CLAIMS if claim.value == "687"]
    assert len(compare([*claims, wrong]).with_status(Status.DISPUTED)) == before + 1
