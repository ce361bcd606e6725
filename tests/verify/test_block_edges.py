"""Wherever a block, a part or a run of hashes ends, the verdict is the same word by word."""

import hashlib
from itertools import pairwise

import pytest

from sagwan.tlog import leaf_hash, root_of
from sagwan.verify import lines, verify
from sagwan.verify.block_hashes import hash_blocks
from tests.support.folder import build, first_half, second_half

from .helpers import OPENINGS, failed

SPOILT = {
    "sound": lambda data: data,
    "no last line feed": lambda data: data[:-1],
    "a carriage return": lambda data: data[:-1] + b"\r\n",
    "an empty line at the end": lambda data: data + b"\n",
    "an empty line within": lambda data: data.replace(b"\n", b"\n\n", 1),
    "a line twice": lambda data: data[: data.index(b"\n") + 1] + data,
    "a line too few": lambda data: data[data.index(b"\n") + 1 :],
    "a byte changed": lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:],
    "no line feed at all": lambda data: data.replace(b"\n", b" "),
    "nothing": lambda data: b"",
}


def sizes(data: bytes) -> list[int]:
    """Sizes of blocks that end within a line, at its end, one byte before and after it, at powers of two."""
    first, second = data.index(b"\n") + 1, data.index(b"\n", data.index(b"\n") + 1) + 1
    around = [end + more for end in (first, second, len(data)) for more in (-1, 0, 1)]
    return sorted({1, 2, 64, 128, 256, 512, 1024, 2048, 4096, *around})


@pytest.mark.parametrize("unit", ["BLOCK", "PART"])
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_verdict_does_not_depend_on_where_a_block_or_a_part_ends(
    tmp_path, trust, monkeypatch, spoil, unit
):
    kept: list[bytes] = []

    def files(found):
        kept.append(found[OPENINGS])
        return {**found, OPENINGS: spoil(found[OPENINGS])}

    build(tmp_path, first_half(files=files), second_half())
    wanted = verify(tmp_path, trust=trust)
    assert bool(failed(wanted)) == (spoil(kept[0]) != kept[0])
    for size in sizes(kept[0]):
        monkeypatch.setattr(lines, unit, size)
        assert verify(tmp_path, trust=trust) == wanted, f"{unit} of {size} bytes"


@pytest.mark.parametrize("size", [1, 150, 8192])
def test_a_file_is_divided_into_all_its_lines(tmp_path, monkeypatch, size):
    data = b"".join(b"x" * (number % 211) + b"\n" for number in range(1000)) + b"no end"
    (tmp_path / "file").write_bytes(data)
    monkeypatch.setattr(lines, "PART", size)
    parts = list(lines.parts_of(tmp_path, "file", 7))
    assert sum(part.lines for part in parts) == 1001 and parts[0].first == 7
    assert (
        b"\n".join(b"\n".join(lines.read_lines(tmp_path, part)).removesuffix(b"\n") for part in parts) == data
    )
    for part, after in pairwise(parts):
        assert (after.offset, after.first) == (part.offset + part.size, part.first + part.lines)


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 4095, 4096, 4097, 4096 + 256, 3 * 4096 + 300])
def test_many_hashes_at_a_time_are_those_of_the_tree(count):
    entries = [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(count)]
    leaves, roots = hash_blocks(b"".join(b"\x00\x20" + entry for entry in entries))
    wanted = [leaf_hash(entry) for entry in entries]
    assert leaves == b"".join(wanted)
    blocks = [wanted[at : at + 256] for at in range(0, count - 255, 256)]
    assert roots == b"".join(map(root_of, blocks))


def test_compiled_loops_count_line_feeds_up_to_any_place():
    pytest.importorskip("numba")
    from sagwan.verify.fast import work  # noqa: PLC0415 - an extra

    data = bytearray(b"\n\n\x0b\x8a\x09 a\n\n\n\n\n\n\n\n\n\xff\x0a\x00b\n\n" * 3)
    for end in range(len(data) + 1):
        assert work.count_lines(data, end) == lines.count_lines(data, end) == bytes(data[:end]).count(10)
