"""Folders that are broken rather than false: a failure that names the file, soon and without a crash."""

from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.formats import paths
from sagwan.tlog import Checkpoint, parse_checkpoint, parse_note, sign_note
from sagwan.verify import Status, Trust, Verdict, verify
from tests.support.folder import H1, H2, Half, build, first_half, received, second_half
from tests.support.steps import steps

from .helpers import OPENINGS, failed, failure, status

HUGE = 2**62


def soon(folder: Path, trust: Trust) -> Verdict:
    """The verdict, which must not take a step for each of the entries that the log claims to have."""
    found: list[Verdict] = []
    assert steps(lambda: found.append(verify(folder, trust=trust))) < 1_000_000
    return found[0]


def test_a_log_that_claims_an_absurd_size(tmp_path, keys):
    build(tmp_path, first_half())
    note = sign_note(str(Checkpoint(keys.origin, HUGE, bytes(32))), keys.log)
    (tmp_path / paths.CHECKPOINT).write_bytes(bytes(note))
    verdict = soon(tmp_path, Trust(key=keys.vkey))
    found = failure(verdict, 2)
    assert found.found == "none" and found.index == HUGE - 256
    assert status(verdict, 5) is Status.NOT_CHECKED


def test_a_report_that_claims_an_absurd_cut(tmp_path, trust):
    build(tmp_path, first_half(report=lambda r: replace(r, cut=HUGE)))
    verdict = soon(tmp_path, trust)
    assert failed(verdict)[0] == 2
    assert any(f.file == OPENINGS and f.expected == str(HUGE) for f in verdict.checks[5].failures)


@pytest.mark.parametrize(
    ("file", "check"),
    [
        (paths.CHECKPOINT, 1),
        (paths.report_checkpoint(H1), 1),
        (paths.manifest(H1), 4),
        (paths.report_line(H1), 4),
        (paths.report_json(H1), 4),
        (paths.report_csv(H1), 4),
        (OPENINGS, 4),
    ],
)
@pytest.mark.parametrize("content", [None, b"", b"\xff\x00 nonsense", b"\n" * 10])
def test_a_file_that_is_gone_or_nonsense(tmp_path, trust, file, check, content):
    build(tmp_path, first_half(), second_half())
    path = tmp_path / file
    path.unlink() if content is None else path.write_bytes(content)
    verdict = verify(tmp_path, trust=trust)
    assert verdict.exit_code == 1
    everything = [f for each in verdict.checks for f in each.failures]
    assert any(f.file == file for f in everything)
    assert status(verdict, check) is Status.FAILED


def test_a_folder_where_a_file_must_be(tmp_path, trust):
    build(tmp_path, first_half())
    (tmp_path / paths.report_csv(H1)).unlink()
    (tmp_path / paths.report_csv(H1)).mkdir()
    assert failed(verify(tmp_path, trust=trust)) == [4, 7]


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_lines_that_do_not_end_in_one_line_feed(tmp_path, trust, end):
    def spoil(files):
        return {**files, OPENINGS: files[OPENINGS][:-1] + end}

    build(tmp_path, first_half(files=spoil))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 5)
    assert (found.file, found.index) == (OPENINGS, 11)


def test_a_log_of_which_nothing_can_be_read(tmp_path, trust):
    build(tmp_path, first_half())
    for file in (
        paths.CHECKPOINT,
        paths.report_checkpoint(H1),
        paths.checkpoint(H1, 0),
        paths.checkpoint(H1, 1),
    ):
        (tmp_path / file).write_bytes(b"")
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict)[0] == 1
    assert status(verdict, 5) is Status.NOT_CHECKED


def test_checkpoints_that_shrink(tmp_path, keys):
    build(tmp_path, first_half())
    first, second = (tmp_path / paths.checkpoint(H1, n) for n in (0, 1))
    swapped = second.read_bytes(), first.read_bytes()
    first.write_bytes(swapped[0])
    second.write_bytes(swapped[1])
    found = failure(verify(tmp_path, trust=Trust(key=keys.vkey)), 2)
    assert (found.file, found.expected, found.found) == (
        paths.checkpoint(H1, 1),
        "a size of at least 12",
        "6",
    )


def test_a_root_that_is_not_the_trees(tmp_path, keys):
    build(tmp_path, first_half())
    file = tmp_path / paths.report_checkpoint(H1)
    checkpoint = parse_checkpoint(parse_note(file.read_bytes()).text)
    file.write_bytes(bytes(sign_note(str(replace(checkpoint, root=bytes(32))), keys.log)))
    verdict = verify(tmp_path, trust=Trust(key=keys.vkey))
    found = failure(verdict, 2)
    assert failed(verdict) == [2]
    assert (found.file, found.index, found.expected) == (paths.report_checkpoint(H1), 13, "0" * 64)
    assert found.found == checkpoint.root.hex()


def test_many_failures_are_counted_and_some_are_shown(tmp_path, trust):
    lines = [received(f"r{n}") for n in range(100)]
    build(tmp_path, Half(H1, lines, published=lambda old: old[::-1]))
    check = verify(tmp_path, trust=trust).checks[4]
    assert (len(check.failures), check.more) == (20, 80)
    assert check.text["en"].startswith("100 failures: ")


def test_openings_that_begin_at_an_absurd_entry(tmp_path, trust):
    later = second_half(report=lambda r: replace(r, first=HUGE, cut=HUGE + 3))
    build(tmp_path, first_half(report=lambda r: replace(r, cut=HUGE)), later)
    (own,) = (tmp_path / "openings" / str(H2)).glob("[0-9]*.tsv")
    own.rename(tmp_path / paths.openings(H2, HUGE))
    found = verify(tmp_path, trust=trust).checks[5].failures
    assert {f.file for f in found} == {OPENINGS, paths.openings(H2, HUGE)}
