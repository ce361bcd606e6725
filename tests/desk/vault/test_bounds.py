"""What is too much is refused before anything of it is kept; keys and pseudonyms stay apart."""

import re
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from sagwan.desk.setup import Desk
from sagwan.desk.vault import age
from sagwan.desk.vault.blinding import PSEUDONYM
from sagwan.desk.vault.productions import actions, queries, store
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target
from tests.desk.vault.make import (
    CHAT,
    LATER,
    MESSAGES,
    ONE,
    TWO,
    approved,
    blobs,
    leftovers,
    opaque,
    put,
    release,
    to_key,
    unpacked,
)
from tests.support.home import filing


def test_a_file_that_is_too_large_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = approved(desk)
    monkeypatch.setattr(store, "MAX_FILE", 4)
    with pytest.raises(InvalidValue, match="more than 4 bytes"):
        put(desk, number, data=b"12345")
    put(desk, number, data=b"1234")
    monkeypatch.setattr(actions, "MAX_TOTAL", 5)
    with pytest.raises(ProductionRefused, match="at most 5 bytes"):
        put(desk, number, opaque("two.zip"), b"12")
    monkeypatch.setattr(actions, "MAX_FILES", 1)
    with pytest.raises(ProductionRefused, match="at most 1 files"):
        put(desk, number, opaque("two.zip"), b"1")
    assert [held.declared.name for held in queries.check(desk, number).files] == ["talk.zip"]
    assert leftovers(desk) == []


@pytest.mark.parametrize("days", [0, 366])
def test_an_end_too_near_or_far_is_refused(desk: Desk, days: int) -> None:
    number = approved(desk)
    put(desk, number)
    with pytest.raises(InvalidValue, match=f"after {days} days"):
        release(desk, number, days=days)


def test_a_package_too_large_for_a_passphrase_needs_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "MAX_PASSPHRASE_PACKAGE", 4)
    (tmp_path / "clear").write_bytes(b"12345")
    with pytest.raises(InvalidValue, match="too large for a passphrase"):
        age.encrypt_with("x", tmp_path / "clear", tmp_path / "sealed")
    assert not (tmp_path / "sealed").exists()


def test_a_staged_file_opens_only_with_its_own_key_and_unchanged(tmp_path: Path) -> None:
    clear, sealed = tmp_path / "clear", tmp_path / "sealed"
    clear.write_bytes(b"words" * 50_000)
    mine = age.new_identity()
    age.encrypt_to_own(mine, clear, sealed)
    with (tmp_path / "back").open("wb") as sink:
        age.decrypt_own(mine, sealed, sink)
    assert (tmp_path / "back").read_bytes() == clear.read_bytes()
    for identity, change in ((age.new_identity(), 0), (mine, 1)):
        data = bytearray(sealed.read_bytes())
        data[-1] ^= change
        sealed.write_bytes(data)
        with (tmp_path / "again").open("wb") as sink, pytest.raises(age.AgeError):
            age.decrypt_own(identity, sealed, sink)


def test_a_passphrase_has_the_strength_that_is_stated() -> None:
    made = {age.new_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"([2-9a-hjkmnp-z]{5}-){4}[2-9a-hjkmnp-z]{5}", each) for each in made)
    used = set("".join(made)) - {"-"}
    assert 2**age.PASSPHRASE_BITS <= len(used) ** 25 < 2 ** (age.PASSPHRASE_BITS + 1)


def pseudonyms(desk: Desk, number: str, name: str, target: Target, at_hour: int) -> set[bytes]:
    """Who is blinded in a conversation that goes out of the request."""
    put(desk, number, opaque(name, target, columns=CHAT), MESSAGES.replace(ONE.value, target.value).encode())
    identity, locking = to_key()
    before = set(blobs(desk))
    release(desk, number, locking=locking, at=LATER + timedelta(hours=at_hour))
    (sealed,) = set(blobs(desk)) - before
    text = unpacked(pyrage.decrypt(sealed, [identity]))[f"files/{name}"]
    return set(re.findall(PSEUDONYM.pattern.encode(), text))


def test_a_person_has_one_pseudonym_in_a_request_and_another_in_the_next(desk: Desk) -> None:
    number = approved(desk)
    first = pseudonyms(desk, number, "one.csv", ONE, 0)
    second = pseudonyms(desk, number, "two.csv", TWO, 1)
    assert first == second
    assert len(first) == 2
    one = filing("2016-7")
    other = pseudonyms(desk, approved(desk, one), "one.csv", one.targets[0], 0)
    assert len(other) == 2
    assert not other & first
