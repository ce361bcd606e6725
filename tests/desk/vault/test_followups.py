"""A follow-up names exactly those whom a further request lists; everyone else stays blinded."""

from datetime import timedelta

import pyrage
import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.journal.queries import all_events
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import actions
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.desk.vault.productions.fetching import SecondFactor, open_for_fetch
from sagwan.desk.vault.productions.followups import release_names
from sagwan.record import commands as ask
from sagwan.record.events import Decision, FollowUp
from sagwan.record.request import Target
from sagwan.record.vocabulary import Outcome, Sender
from tests.desk.casework.make import work
from tests.desk.people import make as askers
from tests.desk.vault.make import (
    CHAT,
    LATER,
    MESSAGES,
    ONE,
    TWO,
    approved,
    blobs,
    opaque,
    package,
    put,
    release,
    to_key,
    unpacked,
)
from tests.support.home import CONTENT, check, filing

MINSU = Target("account", "minsu77")
NEXT = LATER + timedelta(days=1)


def blinded(desk: Desk, number: str) -> bytes:
    """A conversation went out and the request was resolved; the conversation as it went out."""
    put(desk, number, opaque("chat.csv", ONE, columns=CHAT), MESSAGES.encode())
    put(desk, number, opaque("two.zip", TWO))
    identity, locking = to_key()
    release(desk, number, locking=locking)
    work(desk, number, ("kim", ask.Resolve()), at=LATER)
    return package(desk, identity)["files/chat.csv"]


def followed(desk: Desk, number: str, *targets: Target) -> None:
    proposal = FollowUp(CONTENT, len(targets))
    work(desk, number, ("kim", ask.Propose(proposal, targets=targets)), ("lee", ask.Approve()), at=NEXT)


def test_the_names_of_those_listed_and_of_nobody_else_go_out(desk: Desk) -> None:
    number = approved(desk)
    chat = blinded(desk, number)
    followed(desk, number, MINSU)
    before = set(blobs(desk))
    identity, locking = to_key()
    out = release_names(desk, number, 1, releaser="lee", at=NEXT + timedelta(hours=1), locking=locking)
    (sealed,) = set(blobs(desk)) - before
    files = unpacked(pyrage.decrypt(sealed, [identity]))
    head, row = files["files/pseudonyms.csv"].decode().splitlines()
    assert head == "pseudonym,kind,value"
    pseudonym, kind, value = row.split(",")
    assert (kind, value) == ("account", "minsu77")
    assert pseudonym.encode() in chat
    assert b"younghee" not in b"".join(files.values())
    noted = [event.type for event in all_events(f"system/production/{number}")]
    assert noted[-1] == "FollowUpReleased"
    assert out.stage == 1
    assert check(desk) == []
    with pytest.raises(ConcurrentChange, match="already"):
        release_names(desk, number, 1, releaser="lee", at=NEXT + timedelta(hours=2), locking=locking)


def test_no_names_without_an_approved_follow_up_or_by_its_proposer(desk: Desk) -> None:
    number = approved(desk)
    blinded(desk, number)
    with pytest.raises(ProductionRefused, match="no follow-up 1"):
        release_names(desk, number, 1, releaser="lee", at=NEXT)
    proposal = FollowUp(CONTENT, 1)
    work(desk, number, ("park", ask.Propose(proposal, targets=(MINSU,))), ("lee", ask.Approve()), at=NEXT)
    with pytest.raises(ProductionRefused, match="four eyes"):
        release_names(desk, number, 1, releaser="park", at=NEXT + timedelta(hours=1))


def test_where_nobody_was_blinded_there_are_no_names(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, opaque("a.zip", ONE, TWO))
    release(desk, number, locking=to_key()[1])
    work(desk, number, ("kim", ask.Resolve()), at=LATER)
    followed(desk, number, MINSU)
    with pytest.raises(ProductionRefused, match="nobody was blinded"):
        release_names(desk, number, 1, releaser="lee", at=NEXT + timedelta(hours=1))


def test_names_are_fetched_and_end_like_data(desk: Desk) -> None:
    askers.staff(desk)
    askers.vetted(desk)
    askers.invited(desk)
    askers.invited(desk, "o-2")
    askers.called(desk)
    command = ask.Receive(filing(channel="portal"), "", sender=Sender.CONFIRMED)
    number = execute(desk, [Step("", command, "o-1", LATER - timedelta(hours=1))])[0].request
    decision = Decision(Outcome.COMPLIED, "", CONTENT, 2)
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.Propose(decision)), ("lee", ask.Approve()))
    blinded(desk, number)
    followed(desk, number, MINSU)
    out = release_names(
        desk, number, 1, releaser="lee", at=NEXT + timedelta(hours=1), locking=to_key()[1], days=2
    )
    soon = NEXT + timedelta(hours=2)
    parcel = open_for_fetch(
        desk, number, 1, actor="o-1", proof=SecondFactor("o-1", soon), at=soon, follow_up=True
    )
    assert len(b"".join(parcel.chunks)) == out.size
    with pytest.raises(UnknownPerson):
        open_for_fetch(desk, number, 1, actor="kim", proof=SecondFactor("kim", soon), at=soon, follow_up=True)
    assert actions.expire_due(desk, out.expires_at) == 1
    with pytest.raises(ProductionRefused):
        late = out.expires_at
        open_for_fetch(desk, number, 1, actor="o-1", proof=SecondFactor("o-1", late), at=late, follow_up=True)
    noted = [event.type for event in all_events(f"system/production/{number}")]
    assert noted[-3:] == ["FollowUpReleased", "FollowUpFetched", "FollowUpExpired"]
