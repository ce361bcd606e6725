"""A call is done once however often it is sent, also when it is sent twice at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api import once
from sagwan.desk.api.models import Answer
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story, thread
from sagwan.desk.setup import Desk
from tests.desk.api.programs import FILING, filed, now, problem, program

PARK, HAN = "park-official", "han-official"
KEY = "one-and-the-same-key"


def mine() -> int:
    return Case.objects.filter(filed_by=PARK).count()


def test_the_same_call_gets_the_same_answer_and_is_done_once(desk: Desk) -> None:
    person = program(desk, PARK)
    first = person.send("/filings", FILING, key=KEY)
    again = person.send("/filings", FILING, key=KEY)
    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert again["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert mine() == 1
    assert person.send("/filings", FILING).json()["number"] != first.json()["number"]
    assert program(desk, PARK).send("/filings", FILING, key=KEY).status_code == 201  # another token's key
    assert mine() == 3


def test_a_key_is_for_one_call_only(desk: Desk) -> None:
    person = program(desk, PARK)
    number = person.send("/filings", FILING, key=KEY).json()["number"]
    assert problem(person.send("/filings", FILING | {"text": "more"}, key=KEY)) == "other-body"
    seen = person.read(f"/requests/{number}")["ETag"]
    where = f"/requests/{number}/messages"
    assert problem(person.send(where, {"text": "hello"}, key=KEY, seen=seen)) == "other-body"
    assert mine() == 1 and thread(story(desk, number)) == ()


@pytest.mark.parametrize("key", ["", "short", "x" * 129, "with a blank", "한국어-한국어"])
def test_a_call_without_a_usable_key_does_nothing(desk: Desk, key: str) -> None:
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    answer = program(desk, PARK).send("/filings", FILING, key="", **headers)
    assert (answer.status_code, problem(answer)) == (400, "idempotency-key")
    assert mine() == 0


def test_what_failed_leaves_its_key_free(desk: Desk) -> None:
    person = program(desk, PARK)
    assert problem(person.send("/filings", FILING | {"instrument": "none-such"}, key=KEY)) == "invalid"
    assert Answer.objects.count() == 0
    assert person.send("/filings", FILING, key=KEY).status_code == 201


def test_answers_are_kept_sealed_and_not_for_ever(desk: Desk) -> None:
    person = program(desk, PARK)
    number = person.send("/filings", FILING, key=KEY).json()["number"]
    row = Answer.objects.get()
    assert number.encode() not in bytes(row.sealed) and "raven" not in str(Answer.objects.values().get())
    Answer.objects.update(at=now() - once.KEPT - timedelta(seconds=1))
    person.send("/filings", FILING)
    assert not Answer.objects.filter(key=KEY).exists()


def test_two_answers_at_once_to_one_question_are_one(desk: Desk) -> None:
    """The second saw what the first had changed by then."""
    number, one, two = filed(desk), program(desk, PARK), program(desk, HAN)
    seen, where = one.read(f"/requests/{number}")["ETag"], f"/requests/{number}/messages"
    assert one.send(where, {"text": "hello"}, seen=seen).status_code == 200
    assert problem(two.send(where, {"text": "hello"}, seen=seen)) == "moved-on"
    assert len(thread(story(desk, number))) == 1


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each in a thread with a connection of its own."""
    barrier, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        try:
            barrier.wait(30)
            found[place] = calls[place]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    return found


def test_of_the_same_call_sent_four_times_at_once_one_is_done(desk: Desk) -> None:
    person = program(desk, PARK)
    answers = _at_once([lambda: person.send("/filings", FILING, key=KEY)] * 4)
    assert [answer.status_code for answer in answers] == [201] * 4, [one.content for one in answers]
    assert len({answer.content for answer in answers}) == 1
    assert sorted("Idempotency-Replayed" in answer for answer in answers) == [False, True, True, True]
    assert mine() == 1


def test_of_two_calls_at_once_under_one_key_the_other_is_refused(desk: Desk) -> None:
    person = program(desk, PARK)
    texts = ("one", "two", "three")
    calls = [lambda text=text: person.send("/filings", FILING | {"text": text}, key=KEY) for text in texts]
    answers = _at_once(calls)
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]
    assert mine() == 1
