"""Deciding per target and category: each thing asked is answered once, and the decision adds them up."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sagwan.record import commands as ask
from sagwan.record.disposition import Asked, Disposition, Share, add_up, differing, granted_to, shares
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.events import Correction, Decision
from sagwan.record.lifecycle import decide
from sagwan.record.proposals import check_decision
from sagwan.record.request import Target
from sagwan.record.state import Stage
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome
from tests.support.steps import steps

from .make import ACCESS, CONTENT, WAY, accounts, at, filing, play

A, B, C = accounts("a", "b", "c")
BOTH = (ACCESS, CONTENT)
ASKED = Asked((A, B, C), BOTH, 3)


def give(*targets: Target, data: tuple[DataCategory, ...] = BOTH) -> Disposition:
    return Disposition(Grant.DISCLOSE, data, targets)


def refuse(
    *targets: Target, data: tuple[DataCategory, ...] = BOTH, why: str = "scope-narrowed"
) -> Disposition:
    return Disposition(Grant.REFUSE, data, targets, why)


def lack(
    *targets: Target, data: tuple[DataCategory, ...] = BOTH, why: str = "retention-expired"
) -> Disposition:
    return Disposition(Grant.NO_DATA, data, targets, why)


@pytest.mark.parametrize(
    ("dispositions", "outcome", "reasons", "data", "count", "narrowed"),
    [
        ((give(A, B, C),), Outcome.COMPLIED, (), BOTH, 3, False),
        ((give(A), refuse(B, C)), Outcome.PARTIAL, ("scope-narrowed",), BOTH, 1, True),
        ((give(A, B), lack(C)), Outcome.PARTIAL, ("retention-expired",), BOTH, 2, False),
        (
            (give(A, B, C, data=(ACCESS,)), refuse(A, data=(CONTENT,)), lack(B, C, data=(CONTENT,))),
            Outcome.PARTIAL,
            ("retention-expired", "scope-narrowed"),
            (ACCESS,),
            3,
            True,
        ),
        ((refuse(A), lack(B, C)), Outcome.REFUSED, ("retention-expired", "scope-narrowed"), (), 0, False),
        ((lack(A, why="b"), lack(B, why="a"), lack(C, why="a")), Outcome.NO_DATA, ("a", "b"), (), 0, False),
    ],
)
def test_what_dispositions_add_up_to(dispositions, outcome, reasons, data, count, narrowed) -> None:
    totals = add_up(ASKED, dispositions)
    assert (totals.outcome, totals.reasons, totals.data, totals.accounts, totals.narrowed) == (
        outcome, reasons, data, count, narrowed
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dispositions", "says"),
    [
        ((), "access of 3 targets is not decided"),
        ((give(A, B),), "access of 1 targets is not decided"),
        ((give(A, B, C, data=(ACCESS,)),), "content of 3 targets is not decided"),
        ((give(A, B, C), refuse(C, data=(CONTENT,))), "content of a target is decided twice"),
        ((give(A, B, C, *accounts("d")),), "account d was not asked for"),
        ((give(A, B, C), give(A, data=(DataCategory.TRAFFIC,))), "traffic was not asked for"),
        ((give(A, A, B, C),), "stands twice"),
        ((give(A, B), Disposition(Grant.ASK, BOTH, (C,))), "still to be asked"),
        ((give(A, B), Disposition(Grant.REFUSE, BOTH, (C,))), "is not a slug"),
        ((give(A, B), Disposition(Grant.DISCLOSE, BOTH, (C,), "why")), "reason 'why' with disclose"),
        ((give(A, B, C), Disposition(Grant.DISCLOSE, (), (C,))), "names no target or no data category"),
        ((give(A, B, C), Disposition(Grant.DISCLOSE, BOTH, ())), "names no target or no data category"),
        ((give(A, B, C, data=(CONTENT, ACCESS)),), "alphabetical"),
    ],
)
def test_what_is_not_an_answer(dispositions, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        add_up(ASKED, dispositions)


def test_the_approver_sees_what_differs() -> None:
    dispositions = (give(A, B), lack(C, data=(ACCESS,)), refuse(C, data=(CONTENT,)))
    assert shares(dispositions)[0] == Share(ACCESS, Grant.DISCLOSE, "", 2)
    assert differing(dispositions) == (
        Share(ACCESS, Grant.NO_DATA, "retention-expired", 1),
        Share(CONTENT, Grant.REFUSE, "scope-narrowed", 1),
    )
    assert differing((give(A, B, C),)) == ()


def test_a_partial_answer_is_named_by_its_main_reason() -> None:
    totals = add_up(ASKED, (give(A), lack(B), refuse(C, why="document-defective")))
    assert totals.reasons == ("document-defective", "retention-expired")
    partly = {"retention-expired": "partly-expired"}
    assert totals.reason(partly, "scope-narrowed") == "partly-expired"
    assert totals.reason({}, "scope-narrowed") == "scope-narrowed"
    assert add_up(ASKED, (give(A, B, C),)).reason(partly) == ""
    assert add_up(ASKED, (lack(A, B, C),)).reason(partly) == "retention-expired"


answers = st.sampled_from([Grant.DISCLOSE, Grant.REFUSE, Grant.NO_DATA])


@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=8))
def test_any_answers_make_a_sound_decision(grants: list[tuple[Grant, Grant]]) -> None:
    targets = accounts(*(f"t{n}" for n in range(len(grants))))
    reason = {Grant.DISCLOSE: "", Grant.REFUSE: "scope-narrowed", Grant.NO_DATA: "retention-expired"}
    dispositions = tuple(
        Disposition(grant, (category,), (target,), reason[grant])
        for target, pair in zip(targets, grants, strict=True)
        for category, grant in zip(BOTH, pair, strict=True)
    )
    totals = add_up(Asked(targets, BOTH, len(targets)), dispositions)
    why = totals.reason({"retention-expired": "partly-expired", "scope-narrowed": "scope-narrowed"})
    decision = Decision(totals.outcome, why, totals.data, totals.accounts, totals.marks)
    check_decision(decision)
    assert decision.accounts == sum(Grant.DISCLOSE in pair for pair in grants)
    everything = all(pair == (Grant.DISCLOSE, Grant.DISCLOSE) for pair in grants)
    assert (decision.outcome is Outcome.COMPLIED) is everything
    assert sum(share.targets for share in shares(dispositions)) == 2 * len(grants)
    granted = granted_to(dispositions)
    assert {target for found in granted.values() for target in found} == {
        target for target, pair in zip(targets, grants, strict=True) if Grant.DISCLOSE in pair
    }


PROPOSED = (give(A), refuse(B, C))
PART = Decision(Outcome.PARTIAL, "scope-narrowed", BOTH, 1, (Mark.NARROWED,))


def test_a_proposal_with_dispositions_keeps_them_private_and_checks_what_goes_out() -> None:
    state, (event,) = play(("kim", ask.Propose(PART, dispositions=PROPOSED)), state=at(Stage.UNDER_REVIEW))
    assert state.dispositions == PROPOSED and event.matter.dispositions == PROPOSED
    state, _ = play(("lee", ask.Approve()), state=state)
    with pytest.raises(IllegalStep, match="access of 1 targets was not approved"):
        decide(state, ask.Disclose(BOTH, 1, (B,)), actor="kim")
    after, _ = play(("kim", ask.Disclose(BOTH, 1, (A,))), state=state)
    assert after.disclosed_targets == (A,)
    with pytest.raises(IllegalStep, match="1 targets were handed over already and are now refused"):
        play(
            ("kim", ask.SendBack("anders")),
            ("kim", ask.Propose(PART, dispositions=(refuse(A, C), give(B)))),
            state=after,
        )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": Outcome.COMPLIED, "reason": "", "marks": ()}, "outcome partial, not complied"),
        ({"data": (ACCESS,)}, "data access, content, not access"),
        ({"accounts": 2}, "1 accounts, not 2"),
        ({"marks": ()}, "the mark narrowed"),
    ],
)
def test_the_decision_must_be_what_they_add_up_to(changes: dict, says: str) -> None:
    wrong = replace(PART, **changes)
    with pytest.raises(InvalidValue, match=says):
        decide(at(Stage.UNDER_REVIEW), ask.Propose(wrong, dispositions=PROPOSED), actor="kim")


JANUARY = (date(2016, 1, 10), date(2016, 1, 20))


def test_fewer_days_than_asked_make_the_answer_partial_and_narrowed() -> None:
    totals = add_up(ASKED, (give(A, B, C),), narrower=True)
    assert (totals.outcome, totals.marks, totals.accounts) == (Outcome.PARTIAL, (Mark.NARROWED,), 3)
    decision = replace(PART, accounts=3)
    propose = ask.Propose(decision, dispositions=(give(A, B, C),), period=JANUARY)
    state, (event,) = play(("kim", propose), state=at(Stage.UNDER_REVIEW))
    assert state.period == event.matter.period == JANUARY
    back, _ = play(("lee", ask.SendBack("all days")), state=state)
    assert back.period is None
    whole = ask.Propose(Decision(Outcome.COMPLIED, "", BOTH, 3), dispositions=(give(A, B, C),))
    with pytest.raises(InvalidValue, match="outcome complied, not partial"):
        decide(back, replace(whole, proposal=decision), actor="kim")
    with pytest.raises(InvalidValue, match="outcome partial, not complied"):
        decide(back, replace(whole, period=JANUARY), actor="kim")


def test_a_period_goes_with_dispositions_that_grant_something() -> None:
    state = at(Stage.UNDER_REVIEW)
    with pytest.raises(InvalidValue, match="goes with dispositions"):
        decide(state, ask.Propose(PART, period=JANUARY), actor="kim")
    refused = ask.Propose(
        Decision(Outcome.REFUSED, "scope-narrowed"), dispositions=(refuse(A, B, C),), period=JANUARY
    )
    with pytest.raises(InvalidValue, match="a period is granted, and no data"):
        decide(state, refused, actor="kim")
    correction = ask.Propose(Correction(0, None, data=BOTH, accounts=3), period=JANUARY)
    with pytest.raises(InvalidValue, match="go with a decision"):
        decide(at(Stage.RESOLVED), correction, actor="kim")


def test_a_refusal_gives_one_of_its_reasons() -> None:
    all_refused = (refuse(A, B, why="document-defective"), lack(C))
    for reason in ("document-defective", "retention-expired"):
        command = ask.Propose(Decision(Outcome.REFUSED, reason), dispositions=all_refused)
        assert decide(at(Stage.UNDER_REVIEW), command, actor="kim")
    wrong = ask.Propose(Decision(Outcome.REFUSED, "no-legal-obligation"), dispositions=all_refused)
    with pytest.raises(InvalidValue, match="one of the reasons"):
        decide(at(Stage.UNDER_REVIEW), wrong, actor="kim")


def test_accounts_are_stated_where_a_target_is_not_an_account() -> None:
    """Three rooms may hold 145 people."""
    state, _ = play(("intake", ask.Receive(filing(accounts=145), pack="0" * 64)), ("kim", ask.StartReview()))
    decision = replace(PART, accounts=40)
    assert decide(state, ask.Propose(decision, dispositions=PROPOSED), actor="kim")


def test_dispositions_go_with_decisions_on_named_targets_only() -> None:
    nameless, _ = play(("intake", ask.Receive(filing(targets=()), pack="0" * 64)), ("kim", ask.StartReview()))
    with pytest.raises(InvalidValue, match="names no target"):
        decide(nameless, ask.Propose(PART, dispositions=PROPOSED), actor="kim")
    correction = ask.Propose(Correction(0, None, data=BOTH, accounts=3), dispositions=PROPOSED)
    with pytest.raises(InvalidValue, match="go with a decision"):
        decide(at(Stage.RESOLVED), correction, actor="kim")
    state, _ = play(*WAY[Stage.RESOLVED], ("kim", replace(correction, dispositions=())))
    assert state.dispositions == ()


def test_the_work_grows_with_the_targets_only() -> None:
    def work(count: int) -> int:
        targets = accounts(*(f"t{n}" for n in range(count)))
        asked = Asked(targets, BOTH, count)
        halves = (give(*targets[: count // 2]), refuse(*targets[count // 2 :]))
        alone = tuple(give(target) for target in targets)
        return steps(partial(add_up, asked, halves)) + steps(partial(add_up, asked, alone))

    small, large = work(300), work(1200)
    assert large < 5 * small


@given(st.integers(0, 3), st.integers(0, 3))
def test_each_target_stands_where_it_was_put(first: int, second: int) -> None:
    assume(first + second <= 3)
    targets = (A, B, C)
    dispositions = tuple(
        each
        for each in (
            give(*targets[:first]),
            refuse(*targets[first : first + second]),
            lack(*targets[first + second :]),
        )
        if each.targets
    )
    totals = add_up(ASKED, dispositions)
    assert totals.accounts == first
    assert totals.narrowed == (first > 0 and second > 0)
