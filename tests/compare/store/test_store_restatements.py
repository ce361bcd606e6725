"""The store's table of restatements, and additions that are stopped, doubled or made at once."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sagwan.compare import ClaimsError
from sagwan.compare.claim import Claim
from sagwan.compare.edition import Edition
from sagwan.compare.editions import Cause
from sagwan.compare.store import Batch, Store, restated
from sagwan.compare.store.files import locked
from tests.compare.make import claim

KEY = "google/google/US/2017H1/wiretap-orders/requested"


def edition(number: int, *values: tuple[str, str]) -> Batch:
    """A table of wiretap orders by half-year, as a provider's file of one year gives it."""
    checksum = f"{number:x}" * 64
    claims = [
        claim(
            value, "Google", provider="google", service="google", jurisdiction="US", period=period,
            category="wiretap-orders", metric="requested", kind="company-report",
            source_url="https://example.com/g", source_date=f"202{number}-10-01",
            edition=str(Edition("Google", "https://example.com/g", "", checksum)),
        )
        for period, value in values
    ]  # fmt: skip
    return Batch(tuple(claims), checksum, f"{number}.csv", "google")


EARLIER = edition(1, ("2017H1", "10"), ("2017H2", ""), ("2018H1", "3"))
LATER = edition(2, ("2017H1", "1"), ("2017H2", "0"), ("2018H1", "3"))


@pytest.fixture
def box(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def tables(box: Store) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """The table of restatements as the index names it: the CSV's rows and the Parquet's."""
    index = json.loads((box.folder / "datapackage.json").read_bytes())["resources"]
    entry = next(one for one in index if one["name"] == "restatements")
    text = (box.folder / entry["path"]).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text))), pq.read_table(
        box.folder / entry["parquet"]["path"]
    ).to_pylist()


def test_a_later_edition_writes_down_what_it_changes_and_why(box: Store) -> None:
    box.add_all([EARLIER])
    assert tables(box) == ([], [])
    box.add_all([LATER])
    people, engines = tables(box)
    assert [(row["figure"], row["before_value"], row["after_value"], row["cause"]) for row in people] == [
        (KEY, "10", "1", "correction"),
        (KEY.replace("2017H1", "2017H2"), "", "0", "formatting"),
    ]
    first = people[0]
    assert first["before_date"] == "2021-10-01" and first["after_edition"].endswith("2" * 64)
    assert first["before_id"] == EARLIER.claims[0].id and first["after_id"] == LATER.claims[0].id
    assert "10" in first["en"] and "정정" in first["ko"]
    assert [(row["before_high"], row["after_low"]) for row in engines] == [(10, 1), (None, 0)]
    assert [row["en"] for row in engines] == [row["en"] for row in people]
    assert {change.cause for change in box.restatements()} == {Cause.CORRECTION, Cause.FORMATTING}


def test_the_order_of_import_does_not_matter_and_the_table_before_is_gone(box: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    box.add_all([EARLIER])
    box.add_all([LATER])
    other.add_all([LATER, EARLIER])
    assert tables(box) == tables(other)
    assert len(list((box.folder / "restatements").iterdir())) == 2
    before = (box.folder / "datapackage.json").read_bytes()
    assert [one.claims for one in box.add_all([LATER, EARLIER])] == [(), ()]
    assert (box.folder / "datapackage.json").read_bytes() == before


def test_every_column_is_described_and_frictionless_would_notice_another_cause(box: Store) -> None:
    box.add_all([EARLIER, LATER])
    fields = {field["name"]: field for field in restated.schema()["fields"]}
    assert tuple(fields) == restated.COLUMNS and all(field["description"] for field in fields.values())

    def valid() -> bool:
        command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
        return subprocess.run(command, cwd=box.folder, capture_output=True, check=False).returncode == 0

    assert valid()
    index = box.folder / "datapackage.json"
    [table] = (box.folder / "restatements").glob("*.csv")
    table.write_text(table.read_text().replace(",correction,", ",whim,"))
    # Without the checksum, which would notice any change at all, so that the cause alone is judged.
    described = json.loads(index.read_text())
    for entry in described["resources"]:
        entry.pop("hash")
        entry.pop("bytes")
    index.write_text(json.dumps(described))
    assert not valid()


def test_several_files_are_added_together_or_not_at_all(box: Store) -> None:
    broken: Claim = replace(LATER.claims[0], jurisdiction="Korea")
    with pytest.raises(ClaimsError, match="Korea"):
        box.add_all([EARLIER, replace(LATER, claims=(broken,))])
    assert box.claims() == ()
    added = box.add_all([EARLIER, LATER, LATER])
    assert [len(one.claims) for one in added] == [3, 3, 0]
    assert set(box.claims()) == {*EARLIER.claims, *LATER.claims}


def test_the_same_bytes_are_added_once_whatever_is_said_of_them(box: Store) -> None:
    redated = tuple(replace(one, source_date="2022") for one in EARLIER.claims)
    box.add_all([EARLIER])
    assert [one.claims for one in box.add_all([replace(EARLIER, claims=redated)])] == [()]
    assert box.claims() == EARLIER.claims


_DIES = """
import os, signal, sys
from pathlib import Path
from sagwan.compare.store import Store, store
from tests.compare.store.test_store_restatements import LATER
write, steps = store.write, iter(range(1, 20))
def dies(path, fill):
    def half(where):
        fill(where)
        if next(steps) == int(sys.argv[2]):
            where.write_bytes(where.read_bytes()[:-5])
            os.kill(os.getpid(), signal.SIGKILL)
    write(path, half)
store.write = dies
Store(Path(sys.argv[1])).add_all([LATER])
"""


@pytest.mark.parametrize("step", [1, 3, 5])
def test_killed_half_way_the_store_reads_as_before(box: Store, step: int) -> None:
    box.add_all([EARLIER])
    before = (box.folder / "datapackage.json").read_bytes()
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", _DIES, str(box.folder), str(step)]
    done = subprocess.run(command, cwd=root, env=dict(os.environ), check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (box.folder / "datapackage.json").read_bytes() == before
    assert set(box.claims()) == set(EARLIER.claims)
    box.check()
    box.add_all([LATER])
    assert len(tables(box)[0]) == 2
    box.check()


def test_a_second_writer_is_told_that_it_waits_and_loses_nothing(box: Store) -> None:
    box.add_all([EARLIER])
    told = threading.Event()
    with locked(box.folder):
        second = threading.Thread(target=lambda: box.add_all([LATER], waiting=told.set))
        second.start()
        assert told.wait(timeout=60)
        assert len(box.claims()) == 3  # the first still holds the store
    second.join()
    assert len(box.claims()) == 6
