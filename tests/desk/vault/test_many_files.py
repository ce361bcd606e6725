"""Many files at once, a release of what was looked at, looking into files, and what is left behind."""

import gc
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.careful import MovedOn
from sagwan.desk.journal.models import Event
from sagwan.desk.people.errors import UnknownPerson
from sagwan.desk.setup import Desk
from sagwan.desk.vault.connectors import ConnectorError, Incoming
from sagwan.desk.vault.productions import actions, fetching, looking, queries, store, unblinding
from sagwan.desk.vault.productions.actions import Tried
from sagwan.desk.vault.productions.errors import Changed, OutsideScope, ProductionRefused
from sagwan.desk.vault.productions.scope import Scope
from sagwan.desk.web.config import web_config
from sagwan.desk.web.server import DeskServer
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.request import Target
from tests.desk.casework.make import work
from tests.desk.vault.make import (
    CHAT,
    LATER,
    MESSAGES,
    ONE,
    approved,
    blobs,
    leftovers,
    on_disk,
    opaque,
    put,
    release,
)
from tests.support.people import Visitor


def incoming(name: str, *targets: Target, data: bytes = b"12345") -> Incoming:
    return Incoming(opaque(name, *targets), lambda: nullcontext(BytesIO(data)))


def test_one_that_is_refused_does_not_keep_the_others_out(desk: Desk) -> None:
    number = approved(desk)

    def bring(scope: Scope) -> Iterator[Incoming | Tried]:
        assert scope.number == number
        yield incoming("one.zip")
        yield Tried("odd.zip", refused=InvalidValue("no such thing"))
        yield incoming("stranger.zip", Target("account", "stranger"))
        yield incoming("ONE.zip")
        yield incoming("two.zip")
        raise ConnectorError("the archive does not answer")

    tried = actions.put_each(desk, number, bring, actor="kim", at=LATER)
    assert [(one.name, one.held is not None) for one in tried] == [
        ("one.zip", True), ("odd.zip", False), ("stranger.zip", False), ("ONE.zip", False),
        ("two.zip", True), ("", False),
    ]  # fmt: skip
    assert isinstance(tried[2].refused, OutsideScope)
    assert [held.declared.name for held in queries.check(desk, number).files] == ["one.zip", "two.zip"]
    assert len(blobs(desk)) == 2 and leftovers(desk) == []


def test_nothing_is_put_in_by_a_stranger_or_before_approval(desk: Desk) -> None:
    number = approved(desk)
    with pytest.raises(UnknownPerson):
        actions.put_each(desk, number, lambda scope: [incoming("one.zip")], actor="nobody", at=LATER)
    work(desk, number, ("lee", ask.SendBack("again")), at=LATER)
    with pytest.raises(ProductionRefused):
        actions.put_each(desk, number, lambda scope: [incoming("one.zip")], actor="kim", at=LATER)
    assert blobs(desk) == []


def test_only_what_was_looked_at_is_released(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    looked = queries.check(desk, number).seen
    put(desk, number, opaque("more.zip"))
    with pytest.raises(Changed):
        release(desk, number, seen=looked)
    actions.take_out(desk, number, "more.zip", actor="kim", at=LATER)
    assert queries.check(desk, number).seen == looked
    work(desk, number, ("kim", ask.AddNote("wait")), at=LATER)
    with pytest.raises(MovedOn):
        release(desk, number, seen=looked, at=LATER + timedelta(hours=1))
    assert queries.check(desk, number).problems == () and queries.released(desk, number, LATER) == ()
    assert len(blobs(desk)) == 2, "the package that was not recorded goes with the next sweep"
    store.sweep(desk.home)
    assert len(blobs(desk)) == 1
    release(desk, number, seen=queries.check(desk, number).seen, at=LATER + timedelta(hours=1))


def test_productions_are_not_written_within_a_transaction(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    with transaction.atomic(), pytest.raises(RuntimeError):
        put(desk, number, opaque("more.zip"))
    with transaction.atomic(), pytest.raises(RuntimeError):
        release(desk, number)
    release(desk, number)
    with transaction.atomic(), pytest.raises(RuntimeError):
        actions.expire(desk, number, 1, actor="kim", at=LATER)
    assert queries.released(desk, number, LATER)[0].is_open


def test_a_look_leaves_nothing_behind_however_it_ends(desk: Desk) -> None:
    number = approved(desk)
    secret = b"a secret that nobody else has said" * 100_000
    put(desk, number, data=secret)
    (pk,) = queries.check(desk, number).ids
    pieces = looking.contents(desk, number, pk)
    assert next(pieces) == secret[: store.CHUNK]
    assert leftovers(desk) != []
    pieces.close()  # type: ignore[attr-defined]
    assert leftovers(desk) == []
    assert b"".join(looking.contents(desk, number, pk)) == secret
    assert looking.beginning(desk, number, pk) is None, "a zip is not shown"
    assert leftovers(desk) == [] and not any(secret[:34] in data for data in on_disk(desk))
    with pytest.raises(ProductionRefused):
        looking.contents(desk, number, pk + 1)


def test_the_beginning_of_a_table_ends_with_a_whole_line(desk: Desk) -> None:
    number = approved(desk)
    rows = "account,at\n" + "2016-1-0,2016-01-02T10:00:00+09:00\n" * 2000
    put(desk, number, opaque("rows.csv"), rows.encode())
    (pk,) = queries.check(desk, number).ids
    text = looking.beginning(desk, number, pk)
    assert text is not None and rows.startswith(text) and len(text) <= looking.PREVIEW
    assert text.endswith("+09:00")


def test_what_a_killed_server_left_of_uploads_is_destroyed(desk: Desk) -> None:
    (store.uploads(desk.home) / "tmp1.upload.zip").write_bytes(b"clear")
    assert store.sweep(desk.home) == 0, "somebody may be sending it just now"
    assert store.sweep_uploads(desk.home) == 1
    assert list(store.uploads(desk.home).iterdir()) == [] and store.sweep_uploads(desk.home) == 0
    assert store.uploads(desk.home).stat().st_mode & 0o777 == 0o700


def test_each_way_out_is_listed_with_who_and_when(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    release(desk, number)
    soon = LATER + timedelta(days=1)
    fetching.carry_out(desk, number, 1, actor="kim", at=soon).chunks.close()  # type: ignore[attr-defined]
    (out,) = queries.released(desk, number, soon)
    assert [(one.by, one.at, one.carried) for one in out.fetches] == [("kim", soon, True)]
    assert (out.by, out.at, out.to, out.fetched) == ("lee", LATER, "passphrase", 0)
    assert Event.objects.filter(stream=f"system/production/{number}", type="CarriedOut").count() == 1
    work(desk, number, ("lee", ask.SuspectForgery("stamp")), at=soon)
    with pytest.raises(IllegalStep):
        fetching.carry_out(desk, number, 1, actor="kim", at=soon + timedelta(hours=1))


def test_a_package_is_ended_once_and_by_staff_only(desk: Desk) -> None:
    number = approved(desk)
    put(desk, number)
    release(desk, number)
    with pytest.raises(UnknownPerson):
        actions.expire(desk, number, 1, actor="nobody", at=LATER)
    with pytest.raises(MovedOn):
        actions.expire(desk, number, 1, actor="kim", at=LATER, seen=1)
    assert len(blobs(desk)) == 1
    with pytest.raises(ProductionRefused):
        actions.expire(desk, number, 1, actor="kim", at=LATER, follow_up=True)
    actions.expire(desk, number, 1, actor="kim", at=LATER)
    assert blobs(desk) == [] and not queries.released(desk, number, LATER)[0].is_open


def test_of_many_ids_only_those_asked_for_are_told(desk: Desk) -> None:
    number = approved(desk)
    with pytest.raises(ProductionRefused):
        unblinding.unblind(desk, number, ("~" + "0" * 20,), ("minsu77",))
    put(desk, number, opaque("chat.csv", ONE, columns=CHAT), MESSAGES.encode())
    (pk,) = queries.check(desk, number).ids
    text = b"".join(looking.contents(desk, number, pk)).decode()
    minsu = text.splitlines()[2].split(",")[0]
    asked = unblinding.pseudonyms_in(f"{minsu} and {minsu}, ~{'0' * 20}; ~short")
    assert asked == (minsu, "~" + "0" * 20)
    found = unblinding.unblind(desk, number, asked, ("younghee", "minsu77"))
    assert found.named == ((minsu, "minsu77"),) and found.unknown == ("~" + "0" * 20,)
    with pytest.raises(InvalidValue):
        unblinding.unblind(desk, number, asked, map(str, range(unblinding.MAX_IDS + 1)))


def test_the_server_begins_with_a_clean_folder(desk: Desk) -> None:
    (store.uploads(desk.home) / "tmp1.upload.zip").write_bytes(b"clear")
    work_folder = store.folder(desk.home) / "work" / "0123456789abcdef"
    work_folder.mkdir()
    (work_folder / "source").write_bytes(b"clear")
    (store.folder(desk.home) / f"{'0' * 64}.age").write_bytes(b"named by no row")
    DeskServer(web_config(desk.home), port=0).close()
    assert leftovers(desk) == [] and blobs(desk) == []
    assert list(store.uploads(desk.home).iterdir()) == []


def test_a_large_upload_waits_in_the_home_and_is_gone_afterwards(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = approved(desk)
    seen: list[int] = []
    take = store.copy_in

    def watched(source: BinaryIO, target: Path, name: str) -> None:
        seen.append(len(list(store.uploads(desk.home).iterdir())))
        take(source, target, name)

    monkeypatch.setattr(store, "copy_in", watched)
    file = SimpleUploadedFile("large.zip", bytes(3 * 1024 * 1024))
    values = {"files": [file], "data": "content", "whose": "all", "kind": "opaque"}
    days = {"first": "2016-01-01", "last": "2016-01-31"}
    answer = Visitor("kim").post(f"/request/{number}/production/put/", values | days)
    assert "put in" in answer.content.decode() and seen == [1]
    answer.close()
    gc.collect()
    assert list(store.uploads(desk.home).iterdir()) == []
