"""The zip and its manifest: each time the same bytes, nothing of this machine, only what was checked."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from sagwan.desk.vault import age
from sagwan.desk.vault.productions.package import Entry, manifest, write_zip
from tests.desk.vault.make import sha256, unpacked
from tests.support.home import START

FILES = {"b.txt": b"second" * 1000, "가.txt": "한글".encode(), "a.txt": b""}


def entries() -> list[Entry]:
    return [Entry(name, sha256(data), len(data)) for name, data in FILES.items()]


def written(path: Path, order: int = 1) -> bytes:
    listed = entries()[::order]
    files = [(entry, lambda sink, name=entry.name: sink.write(FILES[name])) for entry in listed]
    write_zip(path, manifest((("request", "0" * 16),), START, listed), files)
    return path.read_bytes()


def test_the_same_files_make_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    assert written(tmp_path / "one") == written(tmp_path / "two", -1)
    with zipfile.ZipFile(tmp_path / "one") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_manifest_lists_every_file_under_its_digest(tmp_path: Path) -> None:
    text = unpacked(written(tmp_path / "zip"))["manifest.txt"].decode()
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert head == [
        "# request: 0000000000000000",
        "# created: 2016-03-02T00:00:00Z",
        "# files: 3",
        "# bytes: 6006",
    ]
    listed = dict(line.split("  ")[::-1] for line in text.splitlines() if not line.startswith("#"))
    assert listed == {f"files/{name}": sha256(data) for name, data in FILES.items()}


def test_a_file_that_is_not_what_was_checked_ends_the_package(tmp_path: Path) -> None:
    with pytest.raises(age.AgeError, match=r"a\.txt is not what was checked"):
        write_zip(tmp_path / "zip", b"", [(Entry("a.txt", "0" * 64, 3), lambda sink: sink.write(b"abc"))])


def test_a_created_instant_is_told_in_utc() -> None:
    later = manifest((), START + timedelta(days=1), [])
    assert b"# created: 2016-03-03T00:00:00Z" in later
