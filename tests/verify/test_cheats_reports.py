"""Cheats with reports, manifests and stray files: caught by check 4.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

import hashlib
from dataclasses import replace

import pytest

from sagwan.formats import paths
from sagwan.formats.manifest import digest, encode_manifest, parse_manifest
from sagwan.verify import Memory, verify
from tests.support.folder import (
    H1,
    H2,
    Publisher,
    build,
    first_half,
    second_half,
)

from .helpers import failed, failure


def test_a_second_report_under_the_same_name(tmp_path, keys, trust):
    remembering = replace(trust, memory=Memory(tmp_path / "memory"))
    folder = tmp_path / "folder"
    publisher = build(folder, first_half(), keys=keys)
    assert verify(folder, trust=remembering).exit_code == 0
    first = digest((folder / paths.manifest(H1)).read_bytes())
    report = folder / paths.report_json(H1)
    report.write_bytes(report.read_bytes().replace(b'"median-days": 3', b'"median-days": 1'))
    manifest = folder / paths.manifest(H1)
    listed = parse_manifest(manifest.read_bytes()) | {paths.report_json(H1): digest(report.read_bytes())}
    manifest.write_bytes(encode_manifest(listed))
    publisher.bind(H1, manifest.read_bytes(), H1)
    verdict = verify(folder, trust=remembering)
    found = failure(verdict, 4)
    assert failed(verdict) == [4]
    assert (found.file, found.expected) == (paths.manifest(H1), first)
    assert found.found == digest(manifest.read_bytes())


def test_a_second_report_sealed_and_not_shown(tmp_path, trust):
    publisher = Publisher(tmp_path)
    publisher.publish(first_half())
    other = (tmp_path / paths.manifest(H1)).read_bytes().replace(b"0", b"1")
    shown = {
        name: (tmp_path / name).read_bytes() for name in (paths.report_line(H1), paths.report_checkpoint(H1))
    }
    publisher.bind(H1, other, H1)
    for name, data in shown.items():
        (tmp_path / name).write_bytes(data)
    publisher.publish(second_half())
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [4]
    found = failure(verdict, 4)
    assert (found.file, found.index) == ("openings/2016H2/12.tsv", 13)
    assert (found.expected, found.found) == ("entry 12 alone", "entry 13 too")


def test_a_report_sealed_that_is_not_the_one_published(tmp_path, trust):
    publisher = Publisher(tmp_path)
    publisher.publish(first_half())
    file = tmp_path / paths.manifest(H1)
    real = file.read_bytes()
    listed = parse_manifest(real)
    file.write_bytes(encode_manifest(listed | {paths.report_csv(H1): "0" * 64}))
    publisher.publish(second_half())
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [4]
    bound = (paths.manifest(H1), digest(real), digest(file.read_bytes()))
    assert bound in [(f.file, f.expected, f.found) for f in verdict.checks[3].failures]
    assert any(f.index == 12 for f in verdict.checks[3].failures)


@pytest.mark.parametrize("path", ["report/2016H1-final.json", "openings/2016H1/7.tsv", "report/2015H2.json"])
def test_a_file_that_no_manifest_lists(tmp_path, trust, path):
    build(tmp_path, first_half())
    publisher_file = tmp_path / path
    publisher_file.write_bytes((tmp_path / paths.report_json(H1)).read_bytes())
    verdict = verify(tmp_path, trust=trust)
    assert any(f.file == path and f.found == "there" for f in verdict.checks[3].failures)
    assert verdict.exit_code == 1


def test_a_manifest_that_leaves_a_file_out(tmp_path, trust):
    build(tmp_path, first_half(files=lambda files: {k: v for k, v in files.items() if "restated" not in k}))
    (tmp_path / paths.restated_csv(H1)).write_bytes(b"")
    verdict = verify(tmp_path, trust=trust)
    assert failure(verdict, 4).file == paths.restated_csv(H1)


def test_a_report_line_that_is_not_in_the_log(tmp_path, trust):
    build(tmp_path, first_half())
    file = tmp_path / paths.report_line(H1)
    fields = file.read_bytes().split(b"\t")
    fields[1] = b"0" * 32
    file.write_bytes(b"\t".join(fields))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [4]
    found = failure(verdict, 4)
    assert (found.file, found.expected) == (paths.report_line(H1), "one of entries 12 to 12")
    assert found.found == hashlib.sha256(file.read_bytes()[:-1]).hexdigest()


def test_a_report_line_of_another_half_year(tmp_path, trust):
    build(tmp_path, first_half(report_period=H2))
    found = failure(verify(tmp_path, trust=trust), 4)
    assert (found.file, found.expected, found.found) == (
        paths.report_line(H1),
        "report 2016h1",
        "report 2016h2",
    )


def test_more_withheld_than_the_reader_allows(tmp_path, trust):
    build(tmp_path, first_half(withheld={10: "banded", 11: "lost"}))
    assert verify(tmp_path, trust=replace(trust, max_withheld=0.2)).exit_code == 0
    found = failure(verify(tmp_path, trust=replace(trust, max_withheld=0.1)), 6)
    assert (found.expected, found.found) == ("at most 10.00%", "16.67%")
