"""The store: editions are added, never overwritten, and a half-written one is not there."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare import ClaimsError, load, load_packaged
from sagwan.compare.claim import Claim
from sagwan.compare.store import Added, Store, StoreError, store
from sagwan.compare.store.csvs import write_csv
from sagwan.compare.store.duck import DuckEngine
from sagwan.compare.store.reference import ReferenceEngine

from .generated import claims

ONE, TWO = claims(60, 11), claims(60, 12)
A, B = "a" * 64, "b" * 64


def add(box: Store, what: list[Claim], checksum: str) -> Added:
    return box.add(what, checksum, title="a file", source_format="own", retrieved="2026-07-01")


def bytes_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def box(tmp_path: Path) -> Store:
    return Store(tmp_path / "deep" / "store")


def test_what_was_added_comes_back_with_every_column(box: Store) -> None:
    added = add(box, ONE, A)
    assert added.claims == tuple(ONE) and added.known == 0
    back = box.claims()
    assert back == tuple(ONE)
    for mine, theirs in zip(ONE, back, strict=True):
        assert (theirs.sheet, theirs.state, theirs.rule, theirs.process) == (
            mine.sheet,
            mine.state,
            mine.rule,
            mine.process,
        )
        assert (theirs.read, theirs.read.code) == (mine.read, mine.read.code)
    assert load(box.folder) == back
    box.check()


PRINTED = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(PRINTED, PRINTED, PRINTED, PRINTED), max_size=4))
def test_any_printed_text_comes_back_byte_for_byte(rows: list[tuple[str, str, str, str]]) -> None:
    """Quotes, commas, TABs, line ends of every kind, bells: whatever stood in a cell."""
    mine = [
        replace(ONE[0], state="", rule="", value=value, process=process, sheet=sheet, column=column)
        for value, process, sheet, column in rows
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        write_csv(mine, path)
        back = load(path)
    printed = {one.id: (one.value, one.process, one.sheet, one.column) for one in mine}
    assert {one.id: (one.value, one.process, one.sheet, one.column) for one in back} == printed


def test_importing_twice_changes_nothing(box: Store) -> None:
    add(box, ONE, A)
    before = bytes_of(box.folder)
    assert add(box, ONE, A) == Added((), len(ONE), None)
    # The same claims from another file, such as an archive packed anew.
    assert add(box, ONE, B) == Added((), len(ONE), None)
    assert bytes_of(box.folder) == before
    assert box.holds(A) and not box.holds(B)


def test_a_later_edition_is_kept_beside_the_earlier(box: Store) -> None:
    add(box, ONE, A)
    before = bytes_of(box.folder)
    later = [replace(claim, value="77", source_date="2030") for claim in ONE[:5] if not claim.state]
    added = add(box, [*ONE, *later], B)
    assert set(added.claims) == set(later) and added.known == len(ONE)
    after = bytes_of(box.folder)
    tables = [name for name in before if name.startswith("claims-")]
    assert len(tables) == 2 and [after[name] for name in tables] == [before[name] for name in tables]
    assert set(box.claims()) == {*ONE, *later}


def test_the_same_claims_make_the_same_bytes(tmp_path: Path) -> None:
    boxes = [Store(tmp_path / "1"), Store(tmp_path / "2")]
    for one in boxes:
        add(one, ONE, A)
    assert bytes_of(boxes[0].folder) == bytes_of(boxes[1].folder)


def test_frictionless_finds_it_valid(box: Store) -> None:
    add(box, list(load_packaged())[:300], A)
    add(box, ONE, B)
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=box.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["stats"]["tasks"] == 3


def test_parquet_says_what_the_csv_says(box: Store) -> None:
    add(box, ONE, A)
    add(box, TWO, B)
    engine, reference = DuckEngine(box.files(".parquet")), ReferenceEngine(box.claims())
    for name in ("figures", "standing", "unreadable"):
        assert engine.run(name) == reference.run(name)


class Killed(Exception):
    """The machine stopped here."""


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_stopped_half_way_nothing_was_added_and_it_can_be_done_again(
    box: Store, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(box, ONE, A)
    steps = iter(range(1, 10))
    write = store.write

    def dies(path: Path, fill: Any) -> None:
        if next(steps) == step:
            path.with_name(path.name + ".half").write_bytes(b"half a")
            raise Killed
        write(path, fill)

    monkeypatch.setattr(store, "write", dies)
    with pytest.raises(Killed):
        add(box, TWO, B)
    monkeypatch.undo()
    assert box.claims() == tuple(ONE)
    box.check()
    assert len(add(box, TWO, B).claims) > 0
    assert set(box.claims()) == {*ONE, *TWO}
    box.check()


def test_many_writers_take_turns(box: Store) -> None:
    parts = {f"{seed:016x}" * 4: claims(20, seed) for seed in range(20, 28)}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda checksum: add(box, parts[checksum], checksum), parts))
    assert set(box.claims()) == {claim for part in parts.values() for claim in part}
    box.check()


def test_a_changed_file_is_noticed(box: Store) -> None:
    add(box, ONE, A)
    table = box.files(".csv")[0]
    table.write_bytes(table.read_bytes() + b"\n")
    with pytest.raises(StoreError, match="is not what was stored"):
        box.check()
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("https://example.com/1", "https://example.com/9", 1), encoding="utf-8")
    with pytest.raises(ClaimsError, match="is not this row's id"):
        box.claims()
    table.unlink()
    with pytest.raises(StoreError, match="is gone"):
        box.claims()


def test_a_claim_that_breaks_the_rules_is_not_stored(box: Store) -> None:
    with pytest.raises(ClaimsError, match="column jurisdiction: 'Korea'"):
        add(box, [*ONE, replace(ONE[0], jurisdiction="Korea")], A)
    assert box.claims() == ()
    with pytest.raises(StoreError, match="not a SHA-256"):
        add(box, ONE, "abc")


@pytest.mark.parametrize(
    "index",
    [
        "",
        "[]",
        "{}",
        '{"resources": [{}]}',
        '{"resources": [{"name": "claims-0123456789abcdef", "path": "../../etc/passwd", "hash": "", '
        '"parquet": {"path": "claims-0123456789abcdef.parquet", "hash": ""}}]}',
    ],
)
def test_a_damaged_index_is_an_error(box: Store, index: str) -> None:
    box.folder.mkdir(parents=True)
    (box.folder / "datapackage.json").write_text(index)
    with pytest.raises(StoreError, match="does not describe a store"):
        box.claims()


def test_a_store_that_is_not_there_is_empty_and_a_file_is_none(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").claims() == ()
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="not a folder"):
        Store(tmp_path / "file").claims()
    with pytest.raises(StoreError, match="cannot be made"):
        add(Store(tmp_path / "file"), ONE, A)
