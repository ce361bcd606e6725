"""What was handed over is fetched in the portal: by those it is for, after the second factor."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pyrage

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.queries import story
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import actions
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.vocabulary import FindingAnswer, Outcome, Sender
from tests.desk.vault.make import opaque, release, to_key, unpacked
from tests.support.home import CONTENT, filing
from tests.support.people import Visitor


def handed_over(desk: Desk) -> tuple[str, pyrage.x25519.Identity]:
    """A request of the official, answered with a file that is encrypted to a key."""
    now = datetime.now(UTC)
    command = ask.Receive(filing(channel="portal", paper=paper()), "", sender=Sender.CONFIRMED)
    number = execute(desk, [Step("", command, "park-official", now)])[0].request
    state = story(desk, number).progress.state
    answers = [ask.AnswerFinding(key, FindingAnswer.DISMISSED, "seen") for key in state.blocking]
    decision = ask.Propose(Decision(Outcome.COMPLIED, "", CONTENT, 2))
    for who, step in (("seo", ask.StartReview()), *(("seo", a) for a in answers), ("seo", decision)):
        execute(desk, [Step(number, step, who, now)])
    execute(desk, [Step(number, ask.Approve(), "lee", datetime.now(UTC))])
    actions.put_in(desk, number, opaque(), io.BytesIO(b"words"), actor="seo", at=datetime.now(UTC))
    identity, locking = to_key()
    release(desk, number, at=datetime.now(UTC), locking=locking)
    return number, identity


def paper() -> dict[str, str]:
    from tests.support.home import PAPER  # noqa: PLC0415

    return PAPER | {"valid-until": "2030-12-31"}


def test_an_official_fetches_and_decrypts_what_was_handed_over(
    desk: Desk, official: Callable[..., Visitor]
) -> None:
    number, identity = handed_over(desk)
    person, where = official(), f"/portal/requests/{number}/answers/1/"
    assert f'href="{where}"' in person.get(f"/portal/requests/{number}/").content.decode()
    assert person.get(where).status_code == 200
    assert story(desk, number).progress.state.fetched == ()
    answer = person.post(where)
    assert answer["Cache-Control"] == "no-store"
    sealed = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(sealed)
    assert unpacked(pyrage.decrypt(sealed, [identity]))["files/talk.zip"] == b"words"
    assert story(desk, number).progress.state.fetched == (1,)


def test_nothing_is_fetched_without_the_second_factor_or_by_others(
    desk: Desk, official: Callable[..., Visitor]
) -> None:
    number, _ = handed_over(desk)
    where = f"/portal/requests/{number}/answers/1/"
    person = official()
    person.forget_freshness()
    assert person.post(where)["Location"].startswith("/again/")
    for stranger in (official("oh-official"),):
        assert stranger.get(where).status_code == stranger.post(where).status_code == 404
    for other in (f"/portal/requests/{number}/answers/2/", f"/portal/requests/{number}/names/1/"):
        assert official().post(other).status_code == 404
    assert story(desk, number).progress.state.fetched == ()


def test_what_is_suspected_to_be_forged_is_not_handed_out_and_it_is_not_said_why(
    desk: Desk, official: Callable[..., Visitor]
) -> None:
    number, _ = handed_over(desk)
    execute(desk, [Step(number, ask.SuspectForgery("inner"), "seo", datetime.now(UTC))])
    answer = official().post(f"/portal/requests/{number}/answers/1/", follow=True)
    text = answer.content.decode()
    assert "not possible any more" in text and "forge" not in text
    assert story(desk, number).progress.state.fetched == ()


def test_nothing_is_fetched_after_the_end(desk: Desk, official: Callable[..., Visitor]) -> None:
    number, _ = handed_over(desk)
    actions.expire(desk, number, 1, actor="seo", at=datetime.now(UTC))
    person, where = official(), f"/portal/requests/{number}/answers/1/"
    assert person.get(where).status_code == person.post(where).status_code == 404
    page = person.get(f"/portal/requests/{number}/").content.decode()
    assert "can be fetched no more" in page and where not in page
    assert story(desk, number).progress.state.fetched == ()
