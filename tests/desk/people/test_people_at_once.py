"""Two at the same instant: one of them wins, whole, on each database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from sagwan.desk.people import authorities, officials, queries
from sagwan.desk.people.invitations import accept
from sagwan.desk.people.models import Person
from sagwan.desk.people.sightings import first_seen, remember_domain
from sagwan.desk.setup import Desk
from sagwan.record.errors import SagwanError
from tests.desk.people.make import added, invited, proposed, vetted
from tests.support.home import START, check

MANY = 4


def at_once(step: Callable[[int], object]) -> tuple[list[object], list[SagwanError]]:
    """Do `step` in several threads together: (what it returned, what it refused)."""
    barrier = Barrier(MANY)

    def run(number: int) -> object:
        try:
            barrier.wait()
            return step(number)
        except SagwanError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        found = list(pool.map(run, range(MANY)))
    refused = [one for one in found if isinstance(one, SagwanError)]
    return [one for one in found if not isinstance(one, SagwanError)], refused


def test_an_invitation_is_used_once(office: Desk) -> None:
    vetted(office)
    token = invited(office)
    done, refused = at_once(lambda number: accept(office, token=token, at=START))
    assert (len(done), len(refused)) == (1, MANY - 1) and check(office) == []


def test_a_vetting_is_approved_once(office: Desk) -> None:
    added(office)
    proposed(office)
    actors = ("lee", "park", "nam", "lee")
    done, _ = at_once(
        lambda number: authorities.approve_vetting(
            office, slug="seoul-police", actor=actors[number], at=START
        )
    )
    assert len(done) == 1 and queries.authority("seoul-police").approved_by in actors and check(office) == []


def test_a_mail_address_is_taken_once(office: Desk) -> None:
    vetted(office)
    done, refused = at_once(
        lambda number: officials.invite_official(
            office, authority="seoul-police", full_name="가", email="one@police.go.kr", phone="02-111-2222",
            actor="hong", at=START,
        )
    )  # fmt: skip
    assert (len(done), len(refused)) == (1, MANY - 1)
    assert Person.objects.filter(email="one@police.go.kr").count() == 1 and check(office) == []


def test_a_domain_is_seen_first_once(office: Desk) -> None:
    done, refused = at_once(lambda n: remember_domain(office, domain="a.example", actor="kim", at=START))
    assert sorted(done) == [False] * (MANY - 1) + [True] and refused == []
    assert first_seen(office, "a.example") == START and check(office) == []
