"""Private items shown with their proofs: chosen, approved, recorded, and checked without the home."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import decided, ok, received, run


@pytest.fixture
def filed(home: Path) -> str:
    """A warrant's number, sealed."""
    number = received()
    ok("seal", "--at", "2016-03-02T20:00:00+09:00")
    return number


def reveal(number: str, *more: object) -> tuple[object, ...]:
    return ("reveal", number, "--to", "court", "--by", "kim", "--approved-by", "lee", *more)


def events(home: Path, kind: str) -> list[dict]:
    with sqlite3.connect(home / "sagwan.db") as database:
        rows = database.execute("select public from journal_event where type = ? order by id", (kind,))
        return [json.loads(row[0]) for row in rows]


def test_chosen_items_are_shown_and_the_others_are_not(home: Path, filed: str, tmp_path: Path) -> None:
    listed = ok("reveal", filed, "--list", "--by", "kim", "--json").json
    places = [item["place"] for item in listed if item["name"] == "target"]
    file = tmp_path / "shown.revealed"
    said = ok(*reveal(filed, "--items", f"case-number,{places[0]}", "--out", file)).out
    key = said.split("--key ")[1].strip()
    found = ok("verify", "--private", file, "--key", key, "--json").json
    wanted = [item for item in listed if item["name"] == "case-number" or item["place"] == places[0]]
    assert found["items"] == [{"name": item["name"], "value": item["value"]} for item in wanted]
    hidden = [item["value"] for item in listed if item not in wanted and len(item["value"]) > 4]
    assert hidden and not [value for value in hidden if value in file.read_text()]
    assert file.stat().st_mode & 0o077 == 0
    told = events(home, "ItemsRevealed")[0]
    assert (told["request"], told["to"], told["approved_by"]) == (filed, "court", "lee")
    assert told["items"] == sorted(item["place"] for item in wanted)
    assert not [item["value"] for item in wanted if item["value"] in json.dumps(told, ensure_ascii=False)]
    assert len(events(home, "Viewed")) == 1


def test_without_items_it_is_what_an_official_holds(filed: str, tmp_path: Path) -> None:
    file = tmp_path / "shown.revealed"
    ok(*reveal(filed, "--out", file))
    names = [item["name"] for item in json.loads(file.read_text())["items"]]
    assert set(names) == {"authority", "case-number", "official"}


def test_a_changed_file_fails(filed: str, tmp_path: Path) -> None:
    file = tmp_path / "shown.revealed"
    key = ok(*reveal(filed, "--items", "case-number", "--out", file)).out.split("--key ")[1].strip()
    assert "case-number:" in ok("verify", "--private", file, "--key", key).out
    document = json.loads(file.read_text())
    document["items"][0]["value"] = "2016-x"
    file.write_text(json.dumps(document))
    ran = run("verify", "--private", file, "--key", key)
    assert ran.code == 1 and "private root" in ran.out and "case-number:" not in ran.out
    assert "증명하지 못함" in run("verify", "--private", file, "--key", key, "--lang", "ko").out


@pytest.mark.parametrize(
    "words, code, says",
    [
        (("--by", "lee"), 1, "four eyes"),
        (("--approved-by", "choi"), 1, "may not"),
        (("--by", "nam"), 1, "may not"),
        (("--by", "hong"), 1, "may not"),
        (("--to", "press"), 2, "court, regulator"),
        (("--items", "secrets"), 1, "no item"),
        (("--items", "99"), 1, "places: 0 to"),
        (("--line", "7"), 2, "no sealed line 7"),
    ],
)
def test_who_and_what_is_refused(
    home: Path, filed: str, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    ran = run(*reveal(filed, "--out", tmp_path / "x", *words))
    assert ran.code == code and says in ran.err
    assert not (tmp_path / "x").exists() and events(home, "ItemsRevealed") == []


def test_what_is_not_sealed_or_destroyed_cannot_be_shown(home: Path, filed: str, tmp_path: Path) -> None:
    fresh = received(case="가상-2", at="2016-03-03T09:00:00+09:00")
    ran = run(*reveal(fresh, "--out", tmp_path / "x"))
    assert ran.code == 1 and "not in the log yet" in ran.err
    decided(filed, "refused", "--reason", "document-defective")
    ok("destroy-key", filed, "--class", "matter", "--by", "kim", "--approved-by", "lee", "--yes")
    ran = run(*reveal(filed, "--out", tmp_path / "x"))
    assert ran.code == 2 and "are gone" in ran.err
    assert run("verify", "--private", tmp_path / "x").code == 2
    assert run("verify").code == 2
    (tmp_path / "x").write_text("mine")
    assert run(*reveal(filed, "--out", tmp_path / "x")).code == 2 and (tmp_path / "x").read_text() == "mine"
