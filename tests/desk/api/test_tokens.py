"""Tokens: who may have which, that they are shown once, and that they end with their person."""

import re
from datetime import timedelta

import pytest

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api import door
from sagwan.desk.api.actions import allow_token, make_token, revoke_token, take_token
from sagwan.desk.api.errors import NoToken, TokenRefused
from sagwan.desk.api.models import Token
from sagwan.desk.api.scopes import Scope
from sagwan.desk.journal.queries import all_events, public
from sagwan.desk.people.actions import suspend_person
from sagwan.desk.people.authorities import suspend_authority
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.web.signin import factors
from tests.desk.api.programs import FILING, Program, now, problem, program, token
from tests.support.people import Visitor

PARK = "park-official"


def works(shown: str) -> bool:
    answer = Program(shown).read("/instruments")
    assert answer.status_code in (200, 401, 403), answer.content
    return answer.status_code == 200


def test_only_a_digest_of_a_token_is_kept_and_its_making_is_an_event(desk: Desk) -> None:
    shown = token(desk, PARK, Scope.READ)
    row = Token.objects.get()
    secret = shown.split("_", 2)[2]
    assert shown.startswith(f"sagwan_{row.name}_") and len(secret) >= 43
    assert all(secret not in str(value) for value in Token.objects.values().get().values())
    (event,) = [one for one in all_events("access/park-official") if one.type == "TokenMade"]
    assert public(event)["token"] == row.name and secret not in event.public
    assert works(shown)
    assert Token.objects.get().used_at is not None


@pytest.mark.parametrize(
    "shown", ["", "sagwan_", "sagwan_x_y", "sagwan__", "x" * 5000, "sagwan_a\0_b", "Ω_Ω_Ω"]
)
def test_what_is_no_token_does_not_work(desk: Desk, shown: str) -> None:
    whole = token(desk, PARK, Scope.READ)
    for text in (shown, whole[:-1], whole + "x", whole.replace("sagwan_", "SAGWAN_")):
        answer = Program().read("/instruments", HTTP_AUTHORIZATION=f"Bearer {text}")
        assert problem(answer) == "no-token" and answer["WWW-Authenticate"].startswith("Bearer")
    assert problem(Program().read("/instruments", HTTP_AUTHORIZATION=f"Basic {whole}")) == "no-token"


def test_a_token_ends_and_is_revoked(desk: Desk) -> None:
    shown, other = token(desk, PARK, Scope.READ, days=1), token(desk, PARK, Scope.READ)
    Token.objects.filter(name=shown.split("_")[1]).update(ends_at=now() - timedelta(seconds=1))
    assert not works(shown) and works(other)
    name = other.split("_")[1]
    with pytest.raises(NoToken):
        revoke_token(desk, name, actor="han-official", at=now())
    revoke_token(desk, name, actor="hong", at=now())
    revoke_token(desk, name, actor="hong", at=now())
    assert not works(other)
    assert [one.type for one in all_events("access/park-official")][-1] == "TokenRevoked"


def test_suspending_the_person_or_the_authority_stops_their_tokens_at_once(desk: Desk) -> None:
    park, oh = token(desk, PARK, Scope.READ), token(desk, "oh-official", Scope.READ)
    seo = program(desk, "seo", Scope.QUEUE)
    assert works(park) and works(oh) and seo.read("/desk/queue").status_code == 200
    suspend_person(desk, name=PARK, reason="lost phone", actor="hong", at=now())
    assert not works(park) and works(oh)
    suspend_authority(desk, slug="daegu", reason="forged", actor="hong", at=now())
    suspend_person(desk, name="seo", reason="left", actor="hong", at=now())
    assert not works(oh) and problem(seo.read("/desk/queue")) == "no-token"


def test_a_lost_second_factor_stops_tokens_too(desk: Desk) -> None:
    shown = token(desk, PARK, Scope.READ)
    factors.forget(Person.objects.get(name=PARK))
    assert not works(shown)


def test_who_lost_a_role_lost_its_scopes(desk: Desk) -> None:
    seo = program(desk, "seo", Scope.PROPOSE, Scope.QUEUE)
    Person.objects.filter(name="seo").update(roles="intake")
    answer = seo.send("/desk/requests/0000000000000000/review", {}, seen='"1"')
    assert problem(answer) == "not-allowed"
    assert seo.read("/desk/queue").status_code == 200


def test_officials_make_their_own_and_staff_take_what_was_allowed(desk: Desk) -> None:
    scopes, at = (Scope.QUEUE,), now()
    with pytest.raises(UnknownPerson):
        allow_token(desk, person="seo", title="x", scopes=scopes, days=1, actor="lee", at=at)
    with pytest.raises(UnknownPerson):
        make_token(desk, title="x", scopes=scopes, days=1, actor="seo", at=at)
    with pytest.raises(TokenRefused):
        allow_token(desk, person=PARK, title="x", scopes=(Scope.READ,), days=1, actor="hong", at=at)
    for person, wrong in (("seo", Scope.APPROVE), ("seo", Scope.FILE), ("hong", Scope.QUEUE)):
        with pytest.raises(TokenRefused, match=person):
            allow_token(desk, person=person, title="x", scopes=(wrong,), days=1, actor="hong", at=at)
    for days in (0, 367):
        with pytest.raises(TokenRefused):
            allow_token(desk, person="seo", title="x", scopes=scopes, days=days, actor="hong", at=at)
    name = allow_token(desk, person="seo", title="x", scopes=scopes, days=1, actor="hong", at=at)
    for stranger in ("hong", "lee"):
        with pytest.raises(NoToken):
            take_token(desk, name, actor=stranger, at=at)
    take_token(desk, name, actor="seo", at=at)
    with pytest.raises(TokenRefused):
        take_token(desk, name, actor="seo", at=at)


def test_a_token_is_made_in_the_browser_after_the_second_factor_and_shown_once(desk: Desk) -> None:
    person = Visitor(PARK)
    person.forget_freshness()
    assert person.get("/me/tokens/new/")["Location"].startswith("/again/")
    person = Visitor(PARK)
    wanted = {"title": "기록 서버", "scopes": ["read", "file"], "days": "30"}
    assert person.post("/me/tokens/new/", wanted)["Location"] == "/me/tokens/"
    page = person.get("/me/tokens/").content.decode()
    (shown,) = re.findall(r"sagwan_[0-9a-f]{16}_[\w-]+", page)
    assert works(shown) and "기록 서버" in page
    assert "sagwan_" not in person.get("/me/tokens/").content.decode()
    refused = person.post("/me/tokens/new/", wanted | {"scopes": ["approve"], "days": "0"})
    assert refused.status_code == 200 and Token.objects.count() == 1
    name = Token.objects.get().name
    assert Visitor("han-official").post(f"/me/tokens/{name}/revoke/").status_code == 404
    assert person.get(f"/me/tokens/{name}/revoke/").status_code == 200
    assert person.post(f"/me/tokens/{name}/revoke/")["Location"] == "/me/tokens/"
    assert not works(shown)


def test_the_administrator_allows_and_never_sees_it(desk: Desk) -> None:
    hong, seo = Visitor("hong"), Visitor("seo")
    wanted = {"title": "queue screen", "scopes": ["queue"], "days": "30"}
    where = "/person/seo/tokens/"
    assert hong.post(f"{where}new/", wanted)["Location"] == where
    assert "sagwan_" not in hong.get(where).content.decode()
    assert hong.get(f"/person/{PARK}/tokens/new/").status_code == 404
    name = Token.objects.get().name
    take = f"/me/tokens/{name}/take/"
    assert hong.get(take).status_code == 404
    assert seo.get(take).status_code == 200
    assert seo.post(take)["Location"] == "/me/tokens/"
    (shown,) = re.findall(r"sagwan_[0-9a-f]{16}_[\w-]+", seo.get("/me/tokens/").content.decode())
    assert Program(shown).read("/desk/queue").status_code == 200
    assert hong.post(f"{where}{name}/revoke/")["Location"] == where
    assert problem(Program(shown).read("/desk/queue")) == "no-token"


def test_a_session_is_no_token(desk: Desk) -> None:
    person = Visitor(PARK)
    assert person.get("/portal/").status_code == 200
    for answer in (
        person.get("/api/v1/requests"),
        person.post("/api/v1/filings", FILING, content_type="application/json"),
    ):
        assert problem(answer) == "no-token" and not answer.cookies


def test_a_token_is_no_session(desk: Desk) -> None:
    answer = program(desk, PARK).get("/portal/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def test_a_token_that_calls_too_often_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CALLS", 3)
    person, other = program(desk, PARK, Scope.READ), program(desk, "han-official", Scope.READ)
    assert [person.read("/requests").status_code for _ in range(4)][:3] == [200, 200, 200]
    answer = person.read("/requests")
    assert problem(answer) == "too-many" and 1 <= int(answer["Retry-After"]) <= 60
    assert other.read("/requests").status_code == 200


def test_strangers_are_counted_by_their_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "STRANGERS", 2)
    found = [problem(Program().read("/requests")) for _ in range(4)]
    assert found[:2] == ["no-token"] * 2 and found[-1] == "too-many"
    assert problem(Program().read("/requests", REMOTE_ADDR="203.0.113.9")) == "no-token"
