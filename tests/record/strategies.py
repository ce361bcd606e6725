"""Any event that could have been stored, for Hypothesis."""

from typing import get_args

from hypothesis import strategies as st

from sagwan.record import events as happened
from sagwan.record.private import Ledger, Matter
from sagwan.record.request import TARGET_KINDS, Target
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

slugs = st.text("abc-1", min_size=1, max_size=8)
people = st.text("가나ab.", min_size=1, max_size=8)
counts = st.integers(0, 10**12)
texts = st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(c) <= 0xDFFF for c in text))


def alphabetical(words: type) -> st.SearchStrategy[tuple]:
    return st.sets(st.sampled_from(list(words))).map(lambda chosen: tuple(sorted(chosen)))


data = alphabetical(DataCategory)
marks = alphabetical(Mark)
outcomes = st.sampled_from(Outcome)
values = st.text("가a1@._- ", min_size=1, max_size=12).filter(lambda text: text == text.strip())
targets = st.lists(st.builds(Target, st.sampled_from(sorted(TARGET_KINDS)), values), max_size=4).map(tuple)
ledgers = st.builds(
    Ledger, values, values, st.lists(values, max_size=2).map(tuple), st.dictionaries(slugs, texts, max_size=3)
)
# A matter with nothing in it is never written: the lifecycle writes None instead.
matters = st.none() | st.builds(Matter, targets, texts).filter(lambda matter: matter.targets or matter.text)

decisions = st.builds(happened.Decision, outcomes, slugs, data, counts, marks)
follow_ups = st.builds(happened.FollowUp, data, counts, marks)
corrections = st.builds(
    happened.Correction, st.integers(0, 9), st.none() | outcomes, slugs, data, counts, marks
)
proposals = decisions | follow_ups | corrections

by = {"by": people}
with_matter = {"matter": matters}
EVENTS: dict[type, st.SearchStrategy] = {
    happened.RequestReceived: st.builds(
        happened.RequestReceived,
        service=slugs,
        jurisdiction=st.sampled_from(["KR", "EU", "US"]),
        instrument=slugs,
        data=data,
        accounts=counts,
        marks=marks,
        channel=slugs,
        pack=slugs,
        findings=st.lists(slugs, max_size=3).map(tuple),
        synthetic=st.booleans(),
        ledger=st.none() | ledgers,
        matter=matters,
    ),
    happened.ReviewStarted: st.builds(happened.ReviewStarted, **by),
    happened.ClarificationAsked: st.builds(happened.ClarificationAsked, **by, **with_matter),
    happened.ClarificationAnswered: st.builds(happened.ClarificationAnswered, **with_matter),
    happened.Proposed: st.builds(happened.Proposed, proposal=proposals, **by, **with_matter),
    happened.Approved: st.builds(happened.Approved, **by, **with_matter),
    happened.SentBack: st.builds(happened.SentBack, **by, **with_matter),
    happened.Disclosed: st.builds(
        happened.Disclosed,
        stage=st.integers(1, 9),
        data=data,
        accounts=counts,
        manifest=st.sampled_from(["", "ab" * 32]),
        **by,
        **with_matter,
    ),
    happened.Resolved: st.builds(
        happened.Resolved, outcome=outcomes, reason=slugs, data=data, accounts=counts, marks=marks, **by
    ),
    happened.Withdrawn: st.builds(happened.Withdrawn, reason=slugs, **by),
    happened.FollowedUp: st.builds(
        happened.FollowedUp, data=data, accounts=counts, marks=marks, **by, **with_matter
    ),
    happened.Corrected: st.builds(happened.Corrected, correction=corrections, **by),
}
assert set(EVENTS) == set(get_args(happened.Event)), "a strategy for every event"
events = st.one_of(*EVENTS.values())
