"""A folder brings files in a stable order, within bounds, and every one of them is checked."""

import json
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from sagwan.desk.home import HomeError, config_text, home_from, load_home
from sagwan.desk.setup import Desk
from sagwan.desk.vault import connectors
from sagwan.desk.vault.connectors import ConnectorError, Folder, connector
from sagwan.desk.vault.productions import actions, queries
from sagwan.desk.vault.productions.errors import OutsideScope
from sagwan.desk.vault.productions.scope import Scope
from sagwan.record.vocabulary import DataCategory
from tests.desk.vault.make import FIRST, LAST, LATER, MESSAGES, ONE, TWO, approved, package, release, to_key
from tests.support.home import SEOUL

NUMBER = "0" * 16
SCOPE = Scope(NUMBER, {DataCategory.CONTENT: frozenset({ONE, TWO})}, (FIRST, LAST), SEOUL)
PERIOD = {"first": "2016-01-01", "last": "2016-01-31"}


def laid(root: Path, place: str, data: bytes = b"x", **said: object) -> Path:
    file = root / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if said:
        file.with_name(file.name + ".scope.json").write_text(json.dumps(said), "utf-8")
    return file


def names(root: Path) -> list[str]:
    return [incoming.declared.name for incoming in Folder({"path": str(root)}).fetch(SCOPE)]


def test_a_folder_s_files_go_out_checked(desk: Desk, tmp_path: Path) -> None:
    number = approved(desk)
    chat = {"sender": "sender", "nick": "nick", "time": "at", "text": ["text"]}
    laid(tmp_path, f"{number}/content/account=2016-1-1/b.zip", b"opaque", **PERIOD)
    laid(
        tmp_path,
        f"{number}/content/account=2016-1-0/chat.csv",
        MESSAGES.encode(),
        **PERIOD,
        columns=chat,
    )
    found = actions.from_connector(
        desk, number, connector("folder", {"path": str(tmp_path)}), actor="kim", at=LATER
    )
    assert [(held.declared.name, held.source, held.blinded) for held in found] == [
        ("chat.csv", "folder", 2),
        ("b.zip", "folder", None),
    ]
    identity, locking = to_key()
    release(desk, number, locking=locking)
    assert package(desk, identity)["files/b.zip"] == b"opaque"


def test_what_the_folder_holds_of_others_is_refused(desk: Desk, tmp_path: Path) -> None:
    number = approved(desk)
    laid(tmp_path, f"{number}/content/account=stranger/a.zip", **PERIOD)
    with pytest.raises(OutsideScope, match="account stranger"):
        actions.from_connector(desk, number, Folder({"path": str(tmp_path)}), actor="kim", at=LATER)
    assert queries.check(desk, number).files == ()


def test_the_order_is_that_of_the_names_and_hidden_files_stay(tmp_path: Path) -> None:
    for place in ("content/account=b/1", "content/account=a/2", "content/account=a/10", "access/phone=1/z"):
        laid(tmp_path / NUMBER, place)
    laid(tmp_path / NUMBER, "content/account=a/.DS_Store")
    assert names(tmp_path) == ["z", "10", "2", "1"]


def test_a_target_is_written_as_in_a_url(tmp_path: Path) -> None:
    laid(tmp_path / NUMBER, "content/url=https%3A%2F%2Fa.example%2F%EA%B0%80/x.zip")
    (incoming,) = Folder({"path": str(tmp_path)}).fetch(SCOPE)
    assert incoming.declared.targets[0].value == "https://a.example/가"


@pytest.mark.parametrize(
    "place", ["content/account=a", "content", "content/account=a/x.zip", "content/account=a/deeper"]
)
def test_no_link_is_followed_out_of_the_folder(tmp_path: Path, place: str) -> None:
    outside = laid(tmp_path, "outside/secret")
    link = tmp_path / "root" / NUMBER / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside if place.endswith("zip") else outside.parent)
    with pytest.raises(ConnectorError, match="not"):
        names(tmp_path / "root")


def test_a_file_that_becomes_a_link_after_it_was_listed_is_not_read(tmp_path: Path) -> None:
    file = laid(tmp_path / NUMBER, "content/account=a/x.zip")
    (incoming,) = Folder({"path": str(tmp_path)}).fetch(SCOPE)
    file.unlink()
    file.symlink_to(laid(tmp_path, "outside/secret"))
    with pytest.raises(ConnectorError, match="cannot be read"):
        incoming.open()


@pytest.mark.parametrize(
    ("place", "said", "what"),
    [
        ("content/nobody/x", {}, "names no target"),
        ("gossip/account=a/x", {}, "names no data category"),
        ("content/account=a/x", {"first": "yesterday"}, "not understood"),
        ("content/account=a/x", {"colour": "red"}, "colour"),
        ("content/account=a/x", {"columns": {"target": "a", "sender": "b"}}, "either a target column"),
        ("content/account=a/x", {"columns": {"sender": "b", "text": "c"}}, "are lists"),
    ],
)
def test_a_folder_that_is_laid_out_wrongly_is_named(
    tmp_path: Path, place: str, said: dict, what: str
) -> None:
    laid(tmp_path / NUMBER, place, **said)
    with pytest.raises(ConnectorError, match=what):
        names(tmp_path)


def test_too_many_files_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connectors, "MAX_ENTRIES", 2)
    for name in "abc":
        laid(tmp_path / NUMBER, f"content/account=a/{name}")
    with pytest.raises(ConnectorError, match="more than 2"):
        names(tmp_path)


def test_another_package_s_connector_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("mine", "sagwan.desk.vault.connectors:Folder", "sagwan.connectors")
    asked = []
    monkeypatch.setattr(connectors, "entry_points", lambda group: asked.append(group) or EntryPoints([point]))
    assert connector("mine", {"path": "/x"}).describe().name == "folder"
    assert asked == ["sagwan.connectors"]
    with pytest.raises(ConnectorError, match="folder, mine"):
        connector("other", {})
    with pytest.raises(ConnectorError, match="path"):
        connector("mine", {"folder": "/x"})


def test_connectors_stand_in_the_config(tmp_path: Path) -> None:
    values = {
        "provider": "kakao",
        "names": {"ko": "카카오", "en": "Kakao"},
        "services": {"kakao": {"ko": "카카오톡", "en": "KakaoTalk"}},
        "origin": "demo.invalid/kakao",
        "connectors": {"handover": {"connector": "folder", "path": '/srv/hand "over"'}},
    }
    home = home_from(tmp_path, values, "test")
    (tmp_path / "sagwan.toml").write_text(config_text(home), "utf-8")
    assert load_home(tmp_path).connectors == values["connectors"]
    for wrong in ({"handover": {"path": "/srv"}}, {"hand over": {"connector": "folder"}},
                  {"handover": {"connector": "folder", "path": 1}}, {"handover": "folder"}):  # fmt: skip
        with pytest.raises(HomeError, match="connectors"):
            home_from(tmp_path, values | {"connectors": wrong}, "test")
