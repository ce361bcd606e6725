"""Who decides is never who approves: decisions, follow-ups and corrections alike."""

import pytest

from sagwan.record import commands as ask
from sagwan.record.events import Approved, Corrected, Correction, FollowedUp, Proposed
from sagwan.record.lifecycle import IllegalStep, decide
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

from .make import ACCESS, ALL, NAMED, NONE, accounts, at, play

FOLLOWING = ask.Propose(NAMED, targets=accounts("d", "e"))
CORRECTING = ask.Propose(Correction(1, Outcome.PARTIAL, "partly-expired", (ACCESS,), 2))
PROPOSALS = {
    "decision": (Stage.UNDER_REVIEW, ask.Propose(NONE)),
    "follow-up": (Stage.RESOLVED, FOLLOWING),
    "correction": (Stage.RESOLVED, CORRECTING),
}


@pytest.mark.parametrize("what", PROPOSALS)
def test_the_one_who_proposed_cannot_approve(what: str) -> None:
    stage, command = PROPOSALS[what]
    state, _ = play(("kim", command), state=at(stage))
    with pytest.raises(IllegalStep, match=r"kim proposed this.*second person"):
        decide(state, ask.Approve(), actor="kim")
    after, events = play(("lee", ask.Approve("확인")), state=state)
    assert isinstance(events[0], Approved) and events[0].by == "lee"
    assert after.pending is None and after.proposed_by == ""


@pytest.mark.parametrize("what", PROPOSALS)
def test_sent_back_it_is_as_if_never_proposed(what: str) -> None:
    stage, command = PROPOSALS[what]
    before = at(stage)
    after, _ = play(("kim", command), ("lee", ask.SendBack("다시")), state=before)
    assert after == before


def test_after_sending_back_the_new_proposer_counts() -> None:
    state, _ = play(
        ("kim", ask.Propose(ALL)),
        ("lee", ask.SendBack("다시")),
        ("lee", ask.Propose(NONE)),
        state=at(Stage.UNDER_REVIEW),
    )
    with pytest.raises(IllegalStep, match="lee proposed this"):
        decide(state, ask.Approve(), actor="lee")
    state, _ = play(("kim", ask.Approve()), state=state)
    assert state.decision == NONE


def test_while_a_follow_up_waits_nothing_else_can_be_done() -> None:
    state, _ = play(("kim", FOLLOWING), state=at(Stage.RESOLVED))
    with pytest.raises(IllegalStep) as refused:
        decide(state, CORRECTING, actor="lee")
    assert refused.value.hint == "possible now: Approve, SendBack"


def test_sending_back_says_why() -> None:
    state, _ = play(("kim", ask.Propose(ALL)), state=at(Stage.UNDER_REVIEW))
    with pytest.raises(Exception, match="reason for sending back is empty"):
        decide(state, ask.SendBack(" "), actor="lee")


def test_notes_travel_privately_and_only_where_there_are_any() -> None:
    _, (noted,) = play(("kim", ask.Propose(ALL, "근거\r\n둘")), state=at(Stage.UNDER_REVIEW))
    _, (bare,) = play(("kim", ask.Propose(ALL)), state=at(Stage.UNDER_REVIEW))
    assert isinstance(noted, Proposed) and noted.matter is not None and noted.matter.text == "근거\n둘"
    assert isinstance(bare, Proposed) and bare.matter is None


def test_approving_a_follow_up_names_whom_it_was_proposed_for() -> None:
    _, events = play(("kim", FOLLOWING), ("lee", ask.Approve()), state=at(Stage.RESOLVED))
    followed = events[-1]
    assert isinstance(followed, FollowedUp)
    assert followed.matter is not None and followed.matter.targets == accounts("d", "e")
    assert (followed.accounts, followed.by) == (2, "lee")


def test_approving_a_correction_writes_it() -> None:
    _, events = play(("kim", CORRECTING), ("lee", ask.Approve()), state=at(Stage.RESOLVED))
    assert isinstance(events[-1], Corrected) and events[-1].correction == CORRECTING.proposal
