"""Events to text and back, without loss; private parts apart, and None when their key is gone."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.record.codec import EVENT_TYPES, UnreadableEvent, decode, encode
from sagwan.record.events import Corrected, Correction, Decision, Event, Proposed, Resolved, ReviewStarted
from sagwan.record.private import Matter, RecordClass
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome

from .make import WAY, accounts, play
from .strategies import EVENTS, events


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_every_event_comes_back_as_it_was(kind: type) -> None:
    @given(EVENTS[kind])
    def round_trip(event: Event) -> None:
        text = encode(event)
        back = decode(text.type, text.public, text.private)
        assert back == event
        assert [type(getattr(back, each.name)) for each in fields(back)] == [
            type(getattr(event, each.name)) for each in fields(event)
        ]

    round_trip()


@pytest.mark.parametrize("stage", Stage)
def test_a_whole_life_comes_back(stage: Stage) -> None:
    _, history = play(*WAY[stage])
    texts = [encode(event) for event in history]
    assert [decode(text.type, text.public, text.private) for text in texts] == history


@given(events, st.sets(st.sampled_from(RecordClass)))
def test_destroyed_classes_read_as_none(event: Event, destroyed: set[RecordClass]) -> None:
    text = encode(event)
    left = {kind: value for kind, value in text.private.items() if kind not in destroyed}
    parts = {RecordClass.LEDGER: ("ledger", "check"), RecordClass.MATTER: ("matter",)}
    changes: dict[str, Any] = {
        name: None for kind in destroyed for name in parts[kind] if hasattr(event, name)
    }
    assert decode(text.type, text.public, left) == replace(event, **changes)


def test_the_public_part_holds_nothing_private() -> None:
    _, history = play(*WAY[Stage.RESOLVED])
    received = encode(history[0])
    assert set(received.private) == {RecordClass.LEDGER, RecordClass.MATTER}
    for secret in ("가상", "둘째", "judicial-police", '"a"'):
        assert secret not in received.public
        assert secret in "".join(received.private.values())
    for event in history[1:]:
        assert '"a"' not in encode(event).public


def test_what_is_stored_is_compact_and_readable() -> None:
    event = Proposed(
        Decision(Outcome.NO_DATA, "retention-expired"), by="kim", matter=Matter(accounts("가"), "")
    )
    text = encode(event)
    assert text.public == (
        '{"proposal":{"type":"Decision","outcome":"no-data","reason":"retention-expired",'
        '"data":[],"accounts":0,"marks":[]},"by":"kim"}'
    )
    assert text.private == {RecordClass.MATTER: '{"targets":[["account","가"]],"text":""}'}


def test_a_member_that_came_later_reads_as_its_default() -> None:
    text = encode(Corrected(Correction(1, Outcome.REFUSED, "x"), by="kim"))
    public = json.loads(text.public)
    del public["correction"]["marks"]
    assert decode(text.type, json.dumps(public), {}) == Corrected(
        Correction(1, Outcome.REFUSED, "x"), by="kim"
    )


@pytest.mark.parametrize(
    ("kind", "public", "private", "says"),
    [
        ("Invented", "{}", {}, "'Invented' are not known.*newer sagwan"),
        ("ReviewStarted", "{", {}, "a stored ReviewStarted cannot be read"),
        ("ReviewStarted", "{}", {}, "missing .* 'by'"),
        ("ReviewStarted", "[]", {}, "cannot be read"),
        ("ReviewStarted", '{"by":"kim","mood":"good"}', {}, "unexpected keyword argument 'mood'"),
        ("Resolved", '{"outcome":"lost"}', {}, "'lost' is not a valid Outcome"),
        ("Proposed", '{"proposal":{"type":"Wish"},"by":"kim"}', {}, "Wish"),
        (
            "Approved",
            '{"by":"kim"}',
            {RecordClass.MATTER: '{"targets":[["user","a"]],"text":""}'},
            "kind of target",
        ),
        ("ReviewStarted", '{"by":"kim"}', {RecordClass.MATTER: '{"targets":[],"text":""}'}, "'matter'"),
    ],
)
def test_what_cannot_be_read_says_so(
    kind: str, public: str, private: dict[RecordClass, str], says: str
) -> None:
    with pytest.raises(UnreadableEvent, match=says):
        decode(kind, public, private)


def test_the_names_are_kept_for_ever() -> None:
    assert sorted(EVENT_TYPES) == [
        "Approved",
        "Assigned",
        "CalledBack",
        "ClarificationAnswered",
        "ClarificationAsked",
        "Corrected",
        "Disclosed",
        "DutyMet",
        "Expired",
        "Fetched",
        "FindingAnswered",
        "FollowedUp",
        "ForgerySuspected",
        "HandedBack",
        "HoldExtended",
        "HoldPlaced",
        "HoldReleased",
        "IdentityChecked",
        "MessageReceived",
        "MessageSent",
        "NoteAdded",
        "NoticeDeferred",
        "NoticeRecorded",
        "OrderEnded",
        "OrderImposed",
        "PaperSupplied",
        "Proposed",
        "RequestReceived",
        "Resolved",
        "ReviewStarted",
        "SentBack",
        "SuspicionCleared",
        "ThreadRead",
        "Withdrawn",
    ]
    assert encode(ReviewStarted(by="kim")).public == '{"by":"kim"}'
    assert encode(Resolved(Outcome.COMPLIED, "", (), 0, (), by="kim")).public == (
        '{"outcome":"complied","reason":"","data":[],"accounts":0,"marks":[],"by":"kim"}'
    )
