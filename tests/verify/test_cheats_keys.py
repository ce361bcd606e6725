"""Cheats with keys, witnesses and times.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

from dataclasses import replace

from sagwan.formats import paths
from sagwan.tlog import parse_checkpoint, parse_note, sign_note
from sagwan.verify import Memory, Trust, verify
from tests.support.folder import (
    DAY,
    H1,
    ORIGIN,
    Keys,
    Publisher,
    build,
    first_half,
)

from .helpers import failed, failure


def test_another_key_in_the_folder_too(tmp_path, trust):
    thief = Keys("thief")
    build(tmp_path, first_half(), keys=thief)
    assert verify(tmp_path).exit_code == 3
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [1]
    found = failure(verdict, 1)
    assert found.file == paths.CHECKPOINT
    assert str(Keys().log.verifier) in found.expected
    assert thief.log.verifier.key_id.hex() in found.found


def test_another_key_than_the_remembered_one(tmp_path, keys):
    memory = Trust(memory=Memory(tmp_path / "memory"))
    build(tmp_path / "honest", first_half(), keys=keys)
    build(tmp_path / "thief", first_half(), keys=Keys("thief"))
    assert verify(tmp_path / "honest", trust=memory).exit_code == 3
    assert verify(tmp_path / "honest", trust=memory).exit_code == 0
    found = failure(verify(tmp_path / "thief", trust=memory), 1)
    assert keys.vkey in found.expected


def test_a_forged_cosignature(tmp_path, keys, trust):
    build(tmp_path, first_half())
    file = tmp_path / paths.checkpoint(H1, 0)
    note = parse_note(file.read_bytes())
    *others, last = note.signatures
    forged = replace(last, value=last.value[:-1] + bytes([last.value[-1] ^ 1]))
    file.write_bytes(bytes(replace(note, signatures=(*others, forged))))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [1]
    found = failure(verdict, 1)
    assert (found.file, found.index) == (paths.checkpoint(H1, 0), 6)
    assert "witness-2.invalid" in found.message


def test_a_quorum_that_is_not_met(tmp_path, keys, trust):
    build(tmp_path, first_half())
    file = tmp_path / paths.report_checkpoint(H1)
    note = parse_note(file.read_bytes())
    file.write_bytes(bytes(replace(note, signatures=note.signatures[:-1])))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [1]
    found = failure(verdict, 1)
    assert (found.file, found.index) == (paths.report_checkpoint(H1), 13)
    assert (found.expected, found.found) == ("quorum g", "not met")
    assert verify(tmp_path, trust=Trust(key=keys.vkey, policy=keys.policy("any"))).exit_code == 0


def test_a_checkpoint_of_another_log(tmp_path, keys):
    build(tmp_path, first_half())
    naver = Keys(origin="demo.invalid/naver")
    both = Trust(key=f"{keys.vkey}\n{naver.vkey}")
    file = tmp_path / paths.report_checkpoint(H1)
    checkpoint = parse_checkpoint(parse_note(file.read_bytes()).text)
    file.write_bytes(bytes(sign_note(str(replace(checkpoint, origin=naver.origin)), naver.log)))
    found = failure(verify(tmp_path, trust=both), 1)
    assert (found.file, found.expected, found.found) == (
        str(file.relative_to(tmp_path)),
        ORIGIN,
        naver.origin,
    )


def test_a_gap_longer_than_the_announced_clock(tmp_path, keys, trust):
    publisher = Publisher(tmp_path, keys, interval=3 * DAY)
    publisher.publish(first_half())
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    assert (found.file, found.index) == (paths.checkpoint(H1, 1), 12)
    assert found.found == "72.0 hours" and "24 hours" in found.expected
    undated = verify(tmp_path, trust=Trust(key=keys.vkey))
    assert undated.checks[1].status == "undated" and undated.exit_code == 0


def test_times_that_fall(tmp_path, keys, trust):
    publisher = Publisher(tmp_path, keys, interval=-DAY)
    publisher.publish(first_half())
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [2]
    found = failure(verdict, 2)
    assert (found.file, found.index) == (paths.checkpoint(H1, 1), 12)
    assert int(found.found) < int(found.expected.split()[-1])
