"""An official's key: registered after its owner read what was encrypted to it, changed, removed."""

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal.models import Event
from sagwan.desk.people import queries
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.people.keys import keyed_colleagues, public_key, register_key
from sagwan.desk.setup import Desk
from sagwan.record.errors import InvalidValue
from tests.support.components import age
from tests.support.people import Visitor

Official = Callable[..., Visitor]


def pair() -> tuple[pyrage.x25519.Identity, str]:
    identity = pyrage.x25519.Identity.generate()
    return identity, str(identity.to_public())


def armour_in(page: str) -> bytes:
    found = re.search(r"-----BEGIN AGE.*?END AGE ENCRYPTED FILE-----\n?", page, re.DOTALL)
    assert found is not None
    return found.group().encode()


def begin(person: Visitor, key: str) -> bytes:
    """Name a key, and return the phrase as it was encrypted."""
    answer = person.post("/portal/key/new/", {"recipient": key}, follow=True)
    return armour_in(answer.content.decode())


def key_of(desk: Desk) -> str:
    return queries.official("park-official").recipient


def test_who_reads_the_phrase_registers_the_key(desk: Desk, official: Official) -> None:
    identity, key = pair()
    person = official()
    assert "No key is registered" in person.get("/portal/key/").content.decode()
    armour = begin(person, f"  {key}\n")
    assert key_of(desk) == ""
    assert person.get("/portal/key/trial/file/").content == armour
    phrase = pyrage.decrypt(armour, [identity]).decode().strip()
    page = person.post("/portal/key/trial/", {"phrase": phrase.upper()}, follow=True).content.decode()
    assert "Your key is registered." in page and key in page
    assert key_of(desk) == key
    assert person.get("/portal/key/trial/file/").status_code == 404
    (event,) = Event.objects.filter(stream="person/park-official", type="KeyRegistered")
    assert key in event.public and event.actor == "park-official"


@pytest.mark.age
@pytest.mark.skipif(age() is None, reason="the age program is not installed")
def test_the_age_program_reads_the_phrase(desk: Desk, official: Official, tmp_path: Path) -> None:
    identity, key = pair()
    (tmp_path / "key.txt").write_text(str(identity))
    (tmp_path / "test.age").write_bytes(begin(official(), key))
    ran = subprocess.run(
        ["age", "--decrypt", "-i", "key.txt", "test.age"],
        cwd=tmp_path, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert re.fullmatch(rb"[2-9a-z]{5}-[2-9a-z]{5}\n", ran.stdout)


def test_who_cannot_read_it_registers_nothing_and_begins_again(desk: Desk, official: Official) -> None:
    identity, key = pair()
    person = official()
    phrase = pyrage.decrypt(begin(person, key), [identity]).decode()
    for _ in range(4):
        page = person.post("/portal/key/trial/", {"phrase": "aaaaa-aaaaa"}).content.decode()
        assert "These are not the characters" in page
    last = person.post("/portal/key/trial/", {"phrase": "aaaaa-aaaaa"}, follow=True)
    assert "Begin again" in last.content.decode()
    assert person.post("/portal/key/trial/", {"phrase": phrase}).status_code == 302
    assert key_of(desk) == ""


@pytest.mark.parametrize("wrong", ["age1nonsense", "hello", "AGE-SECRET-KEY-1QQQ", "x" * 1999])
def test_what_is_no_public_key_is_refused(wrong: str, desk: Desk, official: Official) -> None:
    answer = official().post("/portal/key/new/", {"recipient": wrong})
    assert answer.status_code == 200 and key_of(desk) == ""
    if wrong.startswith("AGE-SECRET"):
        assert "private key" in answer.content.decode()
        errors = answer.content.decode().split('role="alert"')[1].split("</div>")[0]
        assert wrong not in errors


def test_naming_and_removing_need_the_second_factor_again(desk: Desk, official: Official) -> None:
    register_key(desk, name="park-official", recipient=pair()[1], at=datetime.now(UTC))
    person = official()
    person.forget_freshness()
    for where in ("new", "remove"):
        for method in (person.get, person.post):
            assert method(f"/portal/key/{where}/")["Location"].startswith("/again/")
    assert official().post("/portal/key/remove/").status_code == 302
    assert key_of(desk) == ""
    assert Event.objects.filter(stream="person/park-official", type="KeyRemoved").count() == 1


def test_a_rebuild_gives_the_same_keys(desk: Desk) -> None:
    first, second = pair()[1], pair()[1]
    for key in (first, second, second):
        register_key(desk, name="park-official", recipient=key, at=datetime.now(UTC))
    before = queries.official("park-official")
    rebuild(desk)
    assert queries.official("park-official") == before and before.recipient == second
    assert Event.objects.filter(stream="person/park-official", type="KeyRegistered").count() == 2


def test_keys_of_colleagues_are_offered_and_of_nobody_else(desk: Desk) -> None:
    keys = {name: pair()[1] for name in ("park-official", "han-official", "oh-official")}
    for name, key in keys.items():
        register_key(desk, name=name, recipient=key, at=datetime.now(UTC))
    found = [one.recipient for one in keyed_colleagues("park-official")]
    assert found == [keys["park-official"], keys["han-official"]]
    assert keyed_colleagues("kim") == []
    with pytest.raises(UnknownPerson):
        register_key(desk, name="kim", recipient=pair()[1], at=datetime.now(UTC))


def test_an_ssh_key_is_kept_without_its_comment() -> None:
    line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN me@machine"
    assert public_key(line) == line.rsplit(" ", 1)[0]
    with pytest.raises(InvalidValue):
        public_key("ssh-ed25519 AAAA me@machine")
