"""Any event that could have been stored, for Hypothesis."""

from typing import get_args

from hypothesis import strategies as st

from sagwan.record import events as happened
from sagwan.record.disposition import Disposition
from sagwan.record.private import Check, Ledger, Matter
from sagwan.record.request import TARGET_KINDS, Document, Target
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    FindingAnswer,
    Grant,
    Mark,
    Outcome,
    Release,
    Sender,
    Teller,
)

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
documents = st.lists(st.builds(Document, slugs, st.just("ab" * 32), st.integers(0, 9)), max_size=2).map(tuple)
dispositions = st.lists(st.builds(Disposition, st.sampled_from(Grant), data, targets, slugs), max_size=2).map(
    tuple
)
periods = st.none() | st.tuples(st.dates(), st.dates())
matters = st.none() | st.builds(Matter, targets, texts, documents, dispositions, periods).filter(
    lambda matter: matter != Matter()
)
checks = st.none() | st.builds(Check, st.dictionaries(slugs, texts, max_size=3))
findings = st.lists(st.from_regex(r"[a-z-]{1,9}(:[a-z]{1,5})?", fullmatch=True), max_size=3).map(tuple)
days = st.dates()

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
        sender=st.sampled_from(Sender),
        blocking=findings,
        discloses=st.booleans(),
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
    happened.Assigned: st.builds(happened.Assigned, to=people, **by),
    happened.HandedBack: st.builds(happened.HandedBack, **by),
    happened.NoteAdded: st.builds(happened.NoteAdded, **by, **with_matter),
    happened.MessageSent: st.builds(happened.MessageSent, **by, **with_matter),
    happened.MessageReceived: st.builds(happened.MessageReceived, **by, **with_matter),
    happened.ThreadRead: st.builds(happened.ThreadRead, **by),
    happened.FindingAnswered: st.builds(
        happened.FindingAnswered, finding=slugs, answer=st.sampled_from(FindingAnswer), **by, **with_matter
    ),
    happened.PaperSupplied: st.builds(
        happened.PaperSupplied,
        findings=findings,
        blocking=findings,
        ledger=st.none() | ledgers,
        **by,
        **with_matter,
    ),
    happened.CalledBack: st.builds(
        happened.CalledBack, result=st.sampled_from(CallResult), check=checks, **by
    ),
    happened.IdentityChecked: st.builds(happened.IdentityChecked, check=checks, **by),
    happened.ForgerySuspected: st.builds(happened.ForgerySuspected, **by, **with_matter),
    happened.SuspicionCleared: st.builds(happened.SuspicionCleared, **by, **with_matter),
    happened.DutyMet: st.builds(happened.DutyMet, duty=slugs, **by, **with_matter),
    happened.HoldPlaced: st.builds(happened.HoldPlaced, start=days, until=days, **by, **with_matter),
    happened.HoldExtended: st.builds(happened.HoldExtended, until=days, **by),
    happened.HoldReleased: st.builds(happened.HoldReleased, reason=st.sampled_from(Release), **by),
    happened.NoticeDeferred: st.builds(
        happened.NoticeDeferred, ground=slugs, until=days, **by, **with_matter
    ),
    happened.NoticeRecorded: st.builds(
        happened.NoticeRecorded, who=st.sampled_from(Teller), on=days, **by, **with_matter
    ),
    happened.OrderImposed: st.builds(happened.OrderImposed, until=st.none() | days, **by, **with_matter),
    happened.OrderEnded: st.builds(happened.OrderEnded, **by),
    happened.Fetched: st.builds(happened.Fetched, stage=st.integers(1, 9), check=checks),
    happened.Expired: st.builds(happened.Expired, stage=st.integers(1, 9), **by),
}
assert set(EVENTS) == set(get_args(happened.Event)), "a strategy for every event"
events = st.one_of(*EVENTS.values())
