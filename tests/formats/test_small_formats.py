"""Withheld and late lines, the manifest, paths, private items and receipts."""

import dataclasses
import hashlib
import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.items import Item, items_root, prove, salted
from sagwan.formats.manifest import digest, encode_manifest, parse_manifest
from sagwan.formats.receipt import (
    Promise,
    Receipt,
    decode_receipt,
    encode_receipt,
    parse_instant,
    parse_promise,
)
from sagwan.formats.withheld import Withheld, parse_late, parse_withheld
from sagwan.record.period import Period
from sagwan.record.vocabulary import WithheldReason


@given(st.sampled_from(WithheldReason), st.binary(min_size=32, max_size=32))
def test_withheld_round_trip(reason, commitment):
    notice = Withheld(reason, commitment)
    assert parse_withheld(notice.line()) == notice


@pytest.mark.parametrize(
    "line",
    [
        b"withheld\t\t" + b"ab" * 32,
        b"withheld\tbecause\t" + b"ab" * 32,
        b"withheld\tbanded\t" + b"AB" * 32,
        b"withheld\tbanded\t" + b"ab" * 32 + b"\n",
        b"withheld\tbanded",
    ],
)
def test_withholding_without_a_listed_reason_or_commitment_is_refused(line):
    with pytest.raises(FormatError):
        parse_withheld(line)


def test_late_lines_begin_with_an_index():
    assert parse_late(b"17\tsagwan/1\t00") == (17, b"sagwan/1\t00")
    for line in (b"sagwan/1\t00", b"017\tx", b"-1\tx", b"17"):
        with pytest.raises(FormatError):
            parse_late(line)


@given(st.dictionaries(st.from_regex(r"report/[a-z0-9]{1,8}\.tsv", fullmatch=True), st.binary(), min_size=1))
def test_manifest_round_trip(files):
    digests = {path: digest(data) for path, data in files.items()}
    assert parse_manifest(encode_manifest(digests)) == digests


def test_sha256sum_reads_the_manifest(tmp_path):
    (tmp_path / "report").mkdir()
    (tmp_path / "report/a.csv").write_bytes(b"1\n")
    (tmp_path / "manifest").write_bytes(encode_manifest({"report/a.csv": digest(b"1\n")}))
    subprocess.run(["sha256sum", "--strict", "-c", "manifest"], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{0}  a",
        "{0} a\n",
        "{0}  ../a\n",
        "{0}  a//b\n",
        "{0}  /a\n",
        "{0}  b\n{0}  a\n",
        "{0}  a\n{0}  a\n",
    ],
)
def test_a_manifest_of_another_shape_is_refused(text):
    with pytest.raises(FormatError):
        parse_manifest(text.format("0" * 64).encode())


def test_openings_are_split_at_multiples_of_1048576():
    split = paths.OPENINGS_SPLIT
    assert paths.openings_starts(5, 5) == []
    assert paths.openings_starts(5, split) == [5]
    assert paths.openings_starts(split, split + 1) == [split]
    assert paths.openings_starts(5, 2 * split + 1) == [5, split, 2 * split]
    assert paths.openings(Period(2016, 1), 5) == "openings/2016H1/5.tsv"


facts = st.lists(
    st.tuples(st.sampled_from(["authority", "target"]), st.text(max_size=9)), min_size=1, max_size=9
)


@given(st.binary(min_size=32, max_size=32), facts, st.data())
def test_one_item_is_proved_without_the_others(seed, pairs, data):
    items = salted(seed, [(n, v.replace("\ud800", "")) for n, v in pairs])
    root = items_root(items)
    index = data.draw(st.integers(0, len(items) - 1))
    (proven,) = prove(items, [index])
    proven.verify(root)
    forged = dataclasses.replace(proven.item, value=proven.item.value + "x")
    with pytest.raises(FormatError):
        dataclasses.replace(proven, item=forged).verify(root)
    assert len({item.salt for item in items}) == len(items)


MADE = datetime(2016, 3, 1, 9, tzinfo=UTC)
PROMISE = Promise("demo.invalid/kakao", hashlib.sha256(b"line").digest(), MADE, MADE + timedelta(hours=48))


def test_a_promise_reads_as_it_is_written():
    assert parse_promise(PROMISE.text()) == PROMISE
    assert PROMISE.text().startswith("demo.invalid/kakao/receipts\nsagwan-promise/1\n")
    for bad in (
        PROMISE.text() + "more\n",
        PROMISE.text().replace("due", "by"),
        PROMISE.text().replace("/receipts", ""),
    ):
        with pytest.raises(FormatError):
            parse_promise(bad)


@pytest.mark.parametrize(
    "text", ["2016-3-1T09:00:00Z", "2016-13-01T09:00:00Z", "2016-03-01T09:00:00+09:00", ""]
)
def test_an_instant_has_one_form(text):
    with pytest.raises(FormatError):
        parse_instant(text)


def test_receipt_round_trip_and_refusals():
    items = [Item("0" * 32, "authority", "서울중앙지방검찰청"), Item("1" * 32, "case-number", "2016-1")]
    receipt = Receipt(b"line", prove(items, [0, 1]), PROMISE.text(), True, {"en": "a receipt"})
    data = encode_receipt(receipt)
    assert decode_receipt(data) == receipt
    for name in json.loads(data):
        document = json.loads(data)
        del document[name]
        with pytest.raises(FormatError, match=name):
            decode_receipt(json.dumps(document).encode())
    for bad in (
        b"",
        b"[]",
        data.replace(b'"index": 0', b'"index": "0"'),
        data.replace(b'"line": "line"', b'"line": 1'),
    ):
        with pytest.raises(FormatError):
            decode_receipt(bad)
