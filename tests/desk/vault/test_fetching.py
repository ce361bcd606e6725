"""Fetched after a second factor, by those it is for, for a limited time; then gone."""

from datetime import datetime, timedelta

import pyrage
import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.destruction import destroy
from sagwan.desk.casework.queries import story
from sagwan.desk.journal.queries import all_events
from sagwan.desk.people import officials
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import actions, queries, store
from sagwan.desk.vault.productions.errors import ProductionRefused, SecondFactorNeeded
from sagwan.desk.vault.productions.fetching import SecondFactor, carry_out, open_for_fetch
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, SagwanError
from sagwan.record.events import Decision
from sagwan.record.private import RecordClass
from sagwan.record.vocabulary import Outcome, Sender
from tests.desk.casework.make import work
from tests.desk.people import make as askers
from tests.desk.vault.make import LATER, approved, blobs, opaque, put, release, to_key, unpacked
from tests.support.home import CONTENT, check, filing, keeper

SOON = LATER + timedelta(minutes=5)
MONTH = timedelta(days=30)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A home with a vetted authority and two officials of it, and one of another."""
    askers.staff(desk)
    askers.vetted(desk)
    askers.invited(desk)
    askers.called(desk)
    return desk


def filed(desk: Desk) -> str:
    """A request of an official, approved and released."""

    one = filing(channel="portal")
    command = ask.Receive(one, "", sender=Sender.CONFIRMED)
    number = execute(desk, [Step("", command, "o-1", LATER - timedelta(hours=1))])[0].request

    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))),
        ("lee", ask.Approve()),
    )
    return number


def fetch(desk: Desk, number: str, who: str = "o-1", at: datetime = SOON, stage: int = 1) -> bytes:
    proof = SecondFactor(who, at)
    return b"".join(open_for_fetch(desk, number, stage, actor=who, proof=proof, at=at).chunks)


def test_an_official_fetches_decrypts_and_is_recorded_each_time(office: Desk) -> None:
    number = filed(office)
    put(office, number, data=b"words")
    identity, locking = to_key()
    release(office, number, locking=locking)
    for _ in range(2):
        assert unpacked(pyrage.decrypt(fetch(office, number), [identity]))["files/talk.zip"] == b"words"
    found = story(office, number)
    assert found.progress.state.fetched == (1, 1)
    assert [stored.actor for stored, _ in found.events if stored.type == "Fetched"] == ["o-1", "o-1"]
    (out,) = queries.released(office, number, SOON)
    assert (out.fetched, out.is_open) == (2, True)


@pytest.mark.parametrize(
    "proof",
    [
        SecondFactor("o-1", SOON - timedelta(minutes=11)),
        SecondFactor("o-1", SOON + timedelta(minutes=1)),
        SecondFactor("kim", SOON),
    ],
)
def test_without_a_second_factor_just_shown_nothing_is_fetched(office: Desk, proof: SecondFactor) -> None:
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    with pytest.raises(SecondFactorNeeded):
        open_for_fetch(office, number, 1, actor="o-1", proof=proof, at=SOON)
    assert story(office, number).progress.state.fetched == ()


def test_another_authority_s_official_learns_nothing(office: Desk) -> None:
    askers.vetted(office, "busan-police", "busan.go.kr", ko="가상부산경찰서")

    officials.invite_official(
        office,
        authority="busan-police",
        name="o-9",
        full_name="가상 임꺽정",
        email="o-9@busan.go.kr",
        phone="051-1",
        actor="hong",
        at=askers.START,
    )
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    told = set()
    for stage in (1, 2):
        with pytest.raises(IllegalStep) as caught:
            fetch(office, number, "o-9", stage=stage)
        told.add(str(caught.value))
    assert len(told) == 1
    assert story(office, number).progress.state.fetched == ()


def test_staff_cannot_fetch_but_carry_out_what_came_by_post(office: Desk) -> None:

    number = approved(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    with pytest.raises(UnknownPerson):
        fetch(office, number, "kim")
    with pytest.raises(UnknownPerson):
        carry_out(office, number, 1, actor="hong", at=SOON)
    parcel = carry_out(office, number, 1, actor="kim", at=SOON)
    assert (parcel.name, [b"".join(parcel.chunks)]) == (f"{number}-data-1.zip.age", blobs(office))
    assert [event.type for event in all_events("access/kim")] == ["ProductionCarriedOut"]


def test_after_its_end_it_is_gone_and_that_is_recorded_once(office: Desk) -> None:
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    reading = open_for_fetch(office, number, 1, actor="o-1", proof=SecondFactor("o-1", SOON), at=SOON)
    assert actions.expire_due(office, LATER + MONTH - timedelta(seconds=1)) == 0
    with pytest.raises(ProductionRefused, match="no more"):
        fetch(office, number, at=LATER + MONTH)
    (sealed,) = blobs(office)
    assert actions.expire_due(office, LATER + MONTH) == 1
    assert actions.expire_due(office, LATER + MONTH) == 0
    assert blobs(office) == []
    assert b"".join(reading.chunks) == sealed  # who was fetching got all of it
    expired = [stored.actor for stored, _ in story(office, number).events if stored.type == "Expired"]
    assert expired == ["@tick"]
    with pytest.raises(SagwanError, match="no more"):
        fetch(office, number, at=LATER + MONTH)
    assert not queries.released(office, number, LATER)[0].is_open
    assert check(office) == []


def test_a_person_may_end_it_before(office: Desk) -> None:
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    with pytest.raises(UnknownPerson):
        actions.expire(office, number, 1, actor="o-1", at=SOON)
    actions.expire(office, number, 1, actor="kim", at=SOON)
    assert blobs(office) == []
    with pytest.raises(ProductionRefused, match="stage 2"):
        actions.expire(office, number, 2, actor="kim", at=SOON)


def test_a_request_found_forged_after_the_release_hands_out_nothing_more(office: Desk) -> None:
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    work(office, number, ("kim", ask.SuspectForgery("a wrong seal")), at=LATER)
    with pytest.raises(IllegalStep, match="forged"):
        fetch(office, number)


def test_a_package_that_is_missing_or_cut_is_not_recorded_as_fetched(office: Desk) -> None:
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    (path,) = (office.home.path / "productions").glob("*.age")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ProductionRefused, match="another size"):
        fetch(office, number)
    assert [what[:15] for _, what in queries.amiss(office)] == ["has the SHA-256"]
    path.unlink()
    with pytest.raises(ProductionRefused, match="not there"):
        fetch(office, number)
    assert [what for _, what in queries.amiss(office)] == ["is missing"]
    assert story(office, number).progress.state.fetched == ()


def test_with_the_request_s_key_all_of_it_goes(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, opaque("a.zip"))
    release(desk, number, locking=to_key()[1])
    put(desk, number, opaque("b.zip", *filing().targets))
    release(desk, number, locking=to_key()[1])
    work(desk, number, ("kim", ask.Resolve()), at=LATER)
    destroy(
        desk,
        keeper(desk),
        number=number,
        record_class=RecordClass.MATTER,
        by="kim",
        approved_by="lee",
        at=LATER + timedelta(hours=1),
    )
    store.sweep(desk.home)
    assert blobs(desk) == []
    out = queries.released(desk, number, SOON)
    assert [(one.stage, one.files, one.is_open) for one in out] == [(1, (), False), (2, (), False)]


def test_a_colleague_of_the_one_who_filed_may_fetch(office: Desk) -> None:
    askers.invited(office, "o-2")
    number = filed(office)
    put(office, number)
    release(office, number, locking=to_key()[1])
    assert fetch(office, number, "o-2") == blobs(office)[0]
    assert [event.actor for event, _ in story(office, number).events if event.type == "Fetched"] == ["o-2"]
