"""What may still happen after the end: follow-ups, corrections, and what a withdrawal leaves."""

import pytest

from sagwan.record import commands as ask
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.events import Correction, FollowUp, Withdrawn
from sagwan.record.lifecycle import IllegalStep, decide
from sagwan.record.state import SealedLine, Stage, State
from sagwan.record.vocabulary import LineKind, Mark, Outcome

from .make import ACCESS, ALL, CONTENT, NAMED, NONE, accounts, at, decided, play


def approved(proposal: FollowUp | Correction, state: State) -> State:
    after, _ = play(("kim", ask.Propose(proposal)), ("lee", ask.Approve()), state=state)
    return after


REFUSED = Correction(1, Outcome.REFUSED, "document-defective")


def test_follow_ups_are_lines_of_their_own() -> None:
    state = at(Stage.RESOLVED)
    for _ in range(2):
        state = approved(NAMED, state)
    assert [line.accounts for line in state.current(LineKind.FOLLOW_UP)] == [2, 2]
    assert state.resolution is not None and state.resolution.accounts == 3
    assert state.stage is Stage.RESOLVED


@pytest.mark.parametrize(
    ("follow_up", "says"),
    [
        (FollowUp((), 1), "at least one account and one data category"),
        (FollowUp((CONTENT,), 0), "at least one account"),
        (FollowUp((CONTENT, ACCESS), 1), "alphabetical"),
    ],
)
def test_follow_ups_that_name_nothing(follow_up: FollowUp, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        decide(at(Stage.RESOLVED), ask.Propose(follow_up), actor="kim")


def test_a_follow_up_counts_all_it_names() -> None:
    command = ask.Propose(NAMED, targets=accounts("d", "e", "f"))
    with pytest.raises(InvalidValue, match="3 targets are named but 2 accounts counted"):
        decide(at(Stage.RESOLVED), command, actor="kim")


def test_a_follow_up_needs_a_request_complied_with() -> None:
    state, _ = play(*decided(NONE), ("kim", ask.Resolve()))
    for over in (state, at(Stage.WITHDRAWN)):
        with pytest.raises(IllegalStep, match="needs a request that was complied with"):
            decide(over, ask.Propose(NAMED), actor="kim")


def test_a_decision_comes_once() -> None:
    for stage in (Stage.RESOLVED, Stage.WITHDRAWN):
        with pytest.raises(IllegalStep, match="can only be corrected"):
            decide(at(stage), ask.Propose(ALL), actor="kim")


def test_corrections_form_a_chain() -> None:
    state = approved(Correction(1, Outcome.PARTIAL, "partly-expired", (ACCESS,), 2), at(Stage.RESOLVED))
    state = approved(Correction(2, Outcome.PARTIAL, "scope-narrowed", (ACCESS,), 1), state)
    first, resolved, second, last = state.lines
    assert not first.superseded and resolved.superseded and second.superseded
    assert (second.replaces, last.replaces) == (1, 2)
    assert last.kind is LineKind.RESOLVED
    assert state.resolution == last and last.accounts == 1


def test_a_line_is_corrected_once() -> None:
    state = approved(Correction(1, Outcome.PARTIAL, "partly-expired", (ACCESS,), 2), at(Stage.RESOLVED))
    with pytest.raises(IllegalStep, match=r"line 1 was corrected already.*correct the last correction"):
        decide(state, ask.Propose(REFUSED), actor="kim")


def test_the_receipt_too_can_be_corrected() -> None:
    state = approved(Correction(0, None, "", (ACCESS,), 5, (Mark.EMERGENCY,)), at(Stage.WITHDRAWN))
    assert state.received == SealedLine(
        LineKind.RECEIVED, None, "", (ACCESS,), 5, (Mark.EMERGENCY,), replaces=0
    )


@pytest.mark.parametrize(
    ("correction", "says"),
    [
        (Correction(2, None), "has 2 sealed lines; there is no line 2"),
        (Correction(-1, None), "there is no line -1"),
        (Correction(0, Outcome.COMPLIED, "", (ACCESS,), 1), "a received line has no outcome"),
        (Correction(1, None, "", (ACCESS,), 1), "a resolved line needs an outcome"),
        (Correction(0, None, "scope-narrowed", (ACCESS,), 1), "without an outcome"),
        (Correction(1, Outcome.REFUSED, "", (), 0), "refused needs a reason"),
    ],
)
def test_corrections_that_cannot_be(correction: Correction, says: str) -> None:
    with pytest.raises(SagwanError, match=says):
        decide(at(Stage.RESOLVED), ask.Propose(correction), actor="kim")


def test_a_resolution_with_follow_ups_cannot_become_a_refusal() -> None:
    state = approved(NAMED, at(Stage.RESOLVED))
    with pytest.raises(IllegalStep, match="follow-ups rest on this line"):
        decide(state, ask.Propose(REFUSED), actor="kim")
    state = approved(Correction(2, None), state)
    assert approved(REFUSED, state).resolution == SealedLine(
        LineKind.RESOLVED, Outcome.REFUSED, "document-defective", (), 0, (), replaces=1
    )


def test_corrected_into_a_refusal_it_takes_no_follow_up() -> None:
    state = approved(REFUSED, at(Stage.RESOLVED))
    with pytest.raises(IllegalStep, match="complied with"):
        decide(state, ask.Propose(NAMED), actor="kim")


def test_a_withdrawal_counts_as_withdrawn() -> None:
    state, events = play(("intake", ask.Withdraw("replaced-by-request")), state=at(Stage.DECISION_PROPOSED))
    assert events == [Withdrawn("replaced-by-request", by="intake")]
    assert state.pending is None and state.proposed_by == ""
    assert state.resolution == SealedLine(
        LineKind.RESOLVED, Outcome.WITHDRAWN, "replaced-by-request", (), 0, ()
    )


@pytest.mark.parametrize("reason", ["", "-", "Not A Slug", "zurück", "two words", "slug\n"])
def test_a_withdrawal_says_why(reason: str) -> None:
    with pytest.raises(InvalidValue, match="reason"):
        decide(at(Stage.UNDER_REVIEW), ask.Withdraw(reason), actor="intake")
