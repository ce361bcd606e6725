"""Tables made to hurt: each gets a clear error, and memory stays bounded."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from sagwan.compare import ClaimsError, load
from sagwan.compare.lines import Limits
from sagwan.compare.load import parse

from .test_compare_load import GOOD, table

HEAD = table()
ROW = table(GOOD).removeprefix(HEAD)
SMALL = Limits(size=4 * 2**20, rows=50, line=4096, lines=20)
MIB = 2**20


def refused(tmp_path: Path, data: bytes, limits: Limits = SMALL) -> str:
    path = tmp_path / "hostile.csv"
    path.write_bytes(data)
    with pytest.raises(ClaimsError) as caught:
        load(path, limits=limits)
    assert len(str(caught.value)) < 1000
    return str(caught.value)


def test_a_file_of_two_gigabytes_is_not_opened_up(tmp_path: Path) -> None:
    """A sparse file: nothing of it is read, so that it costs neither disk nor time."""
    path = tmp_path / "huge.csv"
    with path.open("wb") as sink:
        sink.write(HEAD.encode())
        sink.truncate(2 * 2**30)
    with pytest.raises(ClaimsError, match=r"huge\.csv is larger than 1024 MiB \(split the table\)"):
        load(path)


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    """8 MB of the same row make one claim: what is kept are claims, not the file."""
    path = tmp_path / "large.csv"
    row = (ROW.rstrip("\n") + "x" * 900 + "\n").encode()
    with path.open("wb") as sink:
        sink.write(HEAD.encode())
        for _ in range(8):
            sink.write(row * (MIB // len(row)))
    tracemalloc.start()
    claims = load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(claims) == 1
    assert peak < 4 * MIB


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (HEAD.encode() + b"x" * 5000, "line 2: longer than 4,096 bytes"),
        (b"x" * 100_000, "line 1: longer than"),
        (HEAD.encode() + ROW.replace("1295", "9" * 3000).encode() * 60, "more than 50 rows"),
        (HEAD.encode() + b'"' + b"\n" * 100, "line 2: a row of more than 20 lines"),
        (HEAD.encode() + b'"\n' + b'","\n' * 100, "line 2: a row of more than 20 lines"),
        (HEAD.replace("\n", "\r").encode() + ROW.replace("\n", "\r").encode() * 9, "new-line character"),
        (HEAD.encode() + b"a\0b\n", "line 2: holds a NUL byte"),
        ((HEAD + ROW).encode("utf-16"), "is in UTF-16"),
        ((HEAD + ROW.replace("Paper", "한겨레")).encode("cp949"), "is not UTF-8 (line 2)"),
        ((HEAD + ROW).encode() + ROW.replace("Paper", "é").encode("latin-1"), "is not UTF-8 (line 3)"),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD.encode(), "not the header"),
        ((",".join(["provider"] * 300) + "\n").encode(), "not the header"),
        ((",".join(f"c{n}" for n in range(700)) + "\n").encode(), "not the header"),
    ],
)
def test_what_is_beyond_a_limit_or_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in refused(tmp_path, data)


def test_the_byte_that_is_wrong_is_named(tmp_path: Path) -> None:
    good = (HEAD + ROW).encode()
    assert f"byte {len(good) + 3} is not UTF-8" in refused(tmp_path, good + b"abc\xff")
    assert f"byte {len(good) + 6} is not UTF-8" in refused(tmp_path, b"\xef\xbb\xbf" + good + b"abc\xff")


def test_a_megabyte_in_a_cell() -> None:
    with pytest.raises(ClaimsError, match="line 2"):
        parse(table(GOOD | {"note": "x" * 2 * MIB}))
    with pytest.raises(ClaimsError, match="field larger than field limit"):
        parse(table(GOOD | {"note": "x" * 500_000}))


def test_a_special_file_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match="neither a file nor a folder"):
        load(Path("/dev/zero"))


def test_ten_thousand_claims_fit_in_a_few_megabytes(tmp_path: Path) -> None:
    """Measured in a process of its own: at most 4 kB a claim."""
    path = tmp_path / "many.csv"
    with path.open("w") as sink:
        sink.write(HEAD)
        for number in range(10_000):
            sink.write(ROW.replace("1295", str(number)))
    code = (
        "import resource, sys; from pathlib import Path; from sagwan.compare import load;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "claims = load(Path(sys.argv[1]));"
        "print(len(claims), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    count, grown = map(int, done.stdout.split())
    assert count == 10_000
    assert grown * 1024 / count < 4096
