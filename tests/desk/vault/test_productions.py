"""From files to a package: checked, four eyes, encrypted, recorded, and nothing clear left."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sagwan.desk.casework.queries import story
from sagwan.desk.journal.actions import ConcurrentChange
from sagwan.desk.journal.queries import all_events
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.vault import documents
from sagwan.desk.vault.productions import actions, drafts, queries
from sagwan.desk.vault.productions.errors import OutsideScope, ProductionRefused
from sagwan.desk.vault.productions.shipping import Locking
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.errors import InvalidValue
from sagwan.record.events import Decision
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome
from tests.desk.casework.make import receive, work
from tests.desk.vault.make import (
    CHAT,
    LATER,
    MESSAGES,
    ONE,
    TWO,
    approved,
    blobs,
    leftovers,
    on_disk,
    opaque,
    package,
    put,
    release,
    sha256,
    to_key,
    unpacked,
)
from tests.support.components import age
from tests.support.home import CONTENT, check, filing

SECRET = b"the very words that were handed over: " * 40


def test_what_is_put_in_goes_out_checked_encrypted_and_recorded(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, opaque("talk.zip", ONE, TWO), SECRET)
    put(desk, number, opaque("chat.csv", columns=CHAT), MESSAGES.encode())
    identity, locking = to_key()
    out = release(desk, number, locking=locking)
    files = package(desk, identity)
    assert files["files/talk.zip"] == SECRET
    assert b"minsu77" not in files["files/chat.csv"]
    manifest = files["manifest.txt"]
    assert f"{sha256(SECRET)}  files/talk.zip\n".encode() in manifest
    assert f"# request: {number}\n# stage: 1\n".encode() in manifest
    state = story(desk, number).progress.state
    disclosed = [event for _, event in story(desk, number).events if type(event).__name__ == "Disclosed"]
    assert disclosed[0].manifest == out.manifest == sha256(manifest)
    assert (state.stages, state.disclosed_accounts, set(state.disclosed_targets)) == (1, 2, {ONE, TWO})
    keys = drafts.keyring(desk, drafts.stream_of(number))
    assert documents.read(keys, drafts.stream_of(number), out.manifest) == manifest
    assert out.passphrase == ""
    assert queries.check(desk, number).files == ()


def test_no_clear_byte_is_on_disk_before_or_after_the_release(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, data=SECRET)
    assert not any(SECRET[:38] in data or b"talk.zip" in data for data in on_disk(desk))
    release(desk, number, locking=to_key()[1])
    assert not any(SECRET[:38] in data or b"talk.zip" in data for data in on_disk(desk))
    assert leftovers(desk) == []
    assert len(blobs(desk)) == 1
    root = desk.home.path / "productions"
    assert [oct(path.stat().st_mode & 0o777) for path in (root, *root.glob("*.age"))] == ["0o700", "0o600"]


def test_with_a_passphrase_it_is_told_once_and_opens_the_package(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, data=SECRET)
    out = release(desk, number)
    assert len(out.passphrase) == 29
    clear = pyrage.passphrase.decrypt(blobs(desk)[0], out.passphrase)
    assert unpacked(clear)["files/talk.zip"] == SECRET
    assert not any(out.passphrase.encode() in data for data in on_disk(desk))


@pytest.mark.age
@pytest.mark.skipif(age() is None, reason="the age program is not installed")
def test_the_age_tool_and_sha256sum_read_it(desk: Desk, tmp_path: Path) -> None:
    number = approved(desk)
    put(desk, number, data=SECRET)
    identity, locking = to_key()
    release(desk, number, locking=locking)
    (tmp_path / "key").write_text(str(identity))
    (tmp_path / "p.age").write_bytes(blobs(desk)[0])
    subprocess.run(["age", "-d", "-i", "key", "-o", "p.zip", "p.age"], cwd=tmp_path, check=True)
    shutil.unpack_archive(tmp_path / "p.zip", tmp_path / "out")
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "manifest.txt"],
        cwd=tmp_path / "out",
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "files/talk.zip: OK\n"


def test_whoever_put_a_file_in_cannot_release_it(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number, by="park")
    with pytest.raises(ProductionRefused, match="four eyes"):
        release(desk, number, by="park")
    with pytest.raises(UnknownPerson, match="approver"):
        release(desk, number, by="kim")
    assert story(desk, number).progress.state.stages == 0
    assert release(desk, number, by="lee", locking=to_key()[1]).stage == 1


def test_nothing_of_a_refused_file_is_kept(desk: Desk) -> None:
    number = approved(desk)
    with pytest.raises(OutsideScope):
        put(
            desk, number, opaque("x.csv", columns=CHAT), MESSAGES.replace("2016-01-02", "2016-02-02").encode()
        )
    assert queries.check(desk, number).files == ()
    assert blobs(desk) == leftovers(desk) == []
    with pytest.raises(ProductionRefused, match="no file was put in"):
        release(desk, number)


def test_only_what_was_granted_to_each_target_is_taken(desk: Desk) -> None:
    number = receive(desk, filing())
    split = (
        Disposition(Grant.DISCLOSE, CONTENT, (ONE,)),
        Disposition(Grant.REFUSE, CONTENT, (TWO,), "scope-narrowed"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 1, (Mark.NARROWED,))
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.Propose(decision, dispositions=split)),
        ("lee", ask.Approve()),
    )
    with pytest.raises(OutsideScope, match="account 2016-1-1"):
        put(desk, number, opaque("talk.zip", ONE, TWO))
    put(desk, number)
    found = queries.check(desk, number)
    assert (found.problems, found.without) == ((), ())


def test_check_tells_who_is_still_without_data(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    assert queries.check(desk, number).without == (TWO,)


def test_a_decision_that_changed_asks_for_the_files_again(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    less = (
        Disposition(Grant.DISCLOSE, CONTENT, (ONE,)),
        Disposition(Grant.REFUSE, CONTENT, (TWO,), "scope-narrowed"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 1, (Mark.NARROWED,))
    work(
        desk,
        number,
        ("lee", ask.SendBack("too much")),
        ("kim", ask.Propose(decision, dispositions=less)),
        ("lee", ask.Approve()),
        at=LATER,
    )
    with pytest.raises(ProductionRefused, match="before the decision changed"):
        release(desk, number, at=LATER + timedelta(hours=1))


def test_before_an_approval_and_under_suspicion_nothing_is_put_in(desk: Desk) -> None:
    number = receive(desk, filing())
    with pytest.raises(ProductionRefused, match="no approved decision"):
        put(desk, number)
    number = approved(desk, filing("2016-3"))
    work(desk, number, ("kim", ask.SuspectForgery("a wrong seal")), at=LATER)
    with pytest.raises(ProductionRefused, match="forged"):
        put(desk, number)


def test_a_second_stage_counts_only_new_targets(desk: Desk) -> None:
    number = approved(desk)
    for name, targets in (("a.zip", (ONE,)), ("b.zip", (ONE, TWO))):
        put(desk, number, opaque(name, *targets))
        release(desk, number, locking=to_key()[1])
    state = story(desk, number).progress.state
    assert (state.stages, state.disclosed_accounts) == (2, 2)
    assert [out.stage for out in queries.released(desk, number, LATER)] == [1, 2]


def test_a_file_is_taken_out_again_and_its_name_is_free(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    with pytest.raises(InvalidValue, match=r"TALK\.zip already"):
        put(desk, number, opaque("TALK.zip"))
    actions.take_out(desk, number, "talk.zip", actor="kim", at=LATER)
    assert blobs(desk) == []
    put(desk, number, opaque("TALK.zip"))
    with pytest.raises(InvalidValue, match="no file"):
        actions.take_out(desk, number, "talk.zip", actor="kim", at=LATER)


def test_a_production_that_changed_while_it_was_packaged_is_not_recorded(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)

    def meanwhile(station: str) -> None:
        if station == "packaged":
            put(desk, number, opaque("late.zip"))

    with pytest.raises(ConcurrentChange):
        release(desk, number, step=meanwhile, locking=to_key()[1])
    assert story(desk, number).progress.state.stages == 0
    assert len(queries.check(desk, number).files) == 2


@pytest.mark.parametrize("recipients", [("age1nonsense",), ("ssh-rsa AAAA",), ("AGE-SECRET-KEY-1QQ",)])
def test_a_key_that_age_does_not_know_is_refused(desk: Desk, recipients: tuple[str, ...]) -> None:
    number = approved(desk)
    put(desk, number)
    with pytest.raises(InvalidValue, match="no public key"):
        release(desk, number, locking=Locking(recipients))
    assert leftovers(desk) == []


def test_an_ssh_key_is_one_that_age_knows(desk: Desk, tmp_path: Path) -> None:

    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(form.Encoding.OpenSSH, form.PublicFormat.OpenSSH).decode()
    number = approved(desk)
    put(desk, number, data=SECRET)
    release(desk, number, locking=Locking((public,)))
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.OpenSSH, form.NoEncryption())
    clear = pyrage.decrypt(blobs(desk)[0], [pyrage.ssh.Identity.from_buffer(private)])
    assert unpacked(clear)["files/talk.zip"] == SECRET


def test_who_put_what_in_stands_in_the_journal_without_a_private_value(desk: Desk) -> None:

    number = approved(desk)
    put(desk, number, opaque("가상이름.zip"))
    release(desk, number, locking=to_key()[1])
    noted = list(all_events(f"system/production/{number}"))
    assert [(event.type, event.actor) for event in noted] == [
        ("FileAdded", "kim"),
        ("ProductionReleased", "lee"),
    ]
    assert not any("가상이름" in event.public or ONE.value in event.public for event in noted)
    assert check(desk) == []


def test_a_stranger_may_not_put_in(desk: Desk) -> None:
    number = approved(desk)
    with pytest.raises(UnknownPerson):
        put(desk, number, by="nobody")
    with pytest.raises(OutsideScope):
        put(desk, number, opaque("a.zip", Target("phone", ONE.value)))
    with pytest.raises(OutsideScope):
        put(desk, number, opaque("a.zip", data=DataCategory.SUBSCRIBER))
