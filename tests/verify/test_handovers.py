"""A log's key gives way to another: readers who know only the old one, or the new, and thieves."""

from dataclasses import replace

import pytest

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.handover import Reason, parse_handover
from sagwan.tlog import NO_QUORUM, Policy, PolicyLog, TlogError, verify_checkpoint
from sagwan.verify import Memory, Status, Trust, verify
from tests.support.folder import Keys, Publisher, first_half, second_half
from tests.support.handovers import fresh, hand_over, recovery

from .helpers import failed, failure


@pytest.fixture
def rotated(tmp_path):
    """A half-year under the old key, one under the new; (publisher, old key)."""
    publisher = Publisher(tmp_path / "log", Keys())
    old = publisher.keys.log
    publisher.publish(first_half())
    hand_over(publisher, 1, fresh(old, "second"))
    publisher.publish(second_half())
    return publisher, old


def named(key, keys: Keys | None = None) -> Trust:
    return Trust(key=str(key.verifier))


def test_who_knows_only_the_old_key_follows_to_the_new_one(rotated):
    publisher, old = rotated
    verdict = verify(publisher.root, trust=named(old))
    assert verdict.exit_code == 0 and not failed(verdict)
    text = verdict.checks[0].text
    assert (
        f"key +{old.verifier.key_id.hex()} gave way to +{publisher.keys.log.verifier.key_id.hex()}"
        in text["en"]
    )
    assert "승계" in text["ko"]
    assert verdict.key == str(publisher.keys.log.verifier)


def test_who_knows_only_the_new_key_believes_the_old_for_what_came_before(rotated):
    publisher, _ = rotated
    assert verify(publisher.root, trust=named(publisher.keys.log)).exit_code == 0


def test_with_witnesses_too(rotated):
    publisher, _ = rotated
    policy = Keys().policy()
    verdict = verify(publisher.root, trust=Trust(policy=policy))
    assert verdict.exit_code == 0 and verdict.checks[0].status is Status.HOLDS


def test_a_second_handover_is_followed_too(rotated):
    publisher, old = rotated
    hand_over(publisher, 2, fresh(old, "third"))
    publisher.seal([b"x"])
    assert verify(publisher.root, trust=named(old)).exit_code == 0


def test_memory_keeps_the_new_key(rotated, tmp_path):
    publisher, old = rotated
    memory = Memory(tmp_path / "memory")
    verify(publisher.root, trust=replace(named(old), memory=memory))
    kept = memory.recall(publisher.keys.origin)
    assert str(publisher.keys.log.verifier) in kept.key and str(old.verifier) not in kept.key
    assert verify(publisher.root, trust=Trust(memory=memory)).exit_code == 0


def test_a_reader_that_knows_no_handovers_says_that_another_key_of_the_name_signed(rotated):
    """The verifier before handovers: it reads checkpoints by the one key that it was given."""
    publisher, old = rotated
    note = (publisher.root / paths.CHECKPOINT).read_bytes()
    policy = Policy(logs=(PolicyLog(old.verifier),), witnesses=(), quorum=NO_QUORUM)
    with pytest.raises(TlogError, match="no signature by a known key") as told:
        verify_checkpoint(note, policy)
    for key in (old, publisher.keys.log):
        assert f"{key.name}+{key.verifier.key_id.hex()}" in str(told.value)


def test_without_its_handover_the_new_key_is_a_stranger_and_verify_says_so(rotated):
    publisher, old = rotated
    (publisher.root / paths.handover(1)).unlink()
    verdict = verify(publisher.root, trust=named(old))
    found = failure(verdict, 1)
    assert "signed by another key of the same name" in found.message
    assert "no handover leads to it" in found.message and old.verifier.key_id.hex() in found.expected


def test_the_old_key_still_signing_is_refused_with_the_reason(rotated):
    publisher, old = rotated
    publisher.keys.log = old
    publisher.seal([b"after the handover"])
    found = failure(verify(publisher.root, trust=named(old)), 1)
    assert "which gave way to" in found.message and "rotated" in found.message


@pytest.mark.parametrize("who", ["new alone", "old alone", "a stranger"])
def test_a_handover_that_lacks_a_signature_leads_nowhere(tmp_path, who):
    publisher = Publisher(tmp_path, Keys())
    old, new = publisher.keys.log, fresh(publisher.keys.log, "second")
    publisher.publish(first_half())
    signers = {"new alone": (new,), "old alone": (old,), "a stranger": (new, fresh(old, "thief"))}[who]
    hand_over(publisher, 1, new, signers=signers)
    publisher.publish(second_half())
    assert failed(verify(tmp_path, trust=named(old)))[0] == 1


def test_a_handover_names_the_tree_at_its_size(tmp_path):
    publisher = Publisher(tmp_path, Keys())
    old = publisher.keys.log
    publisher.publish(first_half())
    hand_over(publisher, 1, fresh(old, "second"), root=bytes(32))
    publisher.publish(second_half())
    found = failure(verify(tmp_path, trust=named(old)), 2)
    assert found.file == "log/keys/001" and "handover" in found.message


def stolen(root, **changes):
    """(publisher, stolen key): the theft is declared by the recovery key, and the log goes on."""
    publisher = Publisher(root, Keys())
    old = publisher.keys.log
    publisher.publish(first_half())
    hand_over(publisher, 1, fresh(old, "second"), reason=Reason.STOLEN, **changes)
    publisher.publish(second_half())
    return publisher, old


def test_a_theft_is_followed_by_who_knows_the_recovery_key(tmp_path):
    publisher, old = stolen(tmp_path)
    trust = Trust(key=f"{old.verifier}\n{recovery(publisher.keys).verifier}")
    verdict = verify(tmp_path, trust=trust)
    assert verdict.exit_code == 0 and "was stolen and gave way" in verdict.checks[0].text["en"]


def test_who_knows_only_the_stolen_key_is_told_and_must_ask(tmp_path):
    _, old = stolen(tmp_path)
    found = failure(verify(tmp_path, trust=named(old)), 1)
    assert "was stolen, but not by a key that you trust" in found.message
    assert "recovery key" in found.message


def test_a_recovery_key_that_only_the_folder_names_moves_no_named_key(tmp_path):
    publisher, old = stolen(tmp_path)
    text = publisher.keys.key_file + f"{recovery(publisher.keys).verifier}\n"
    publisher.write(paths.KEY, text.encode())
    assert failed(verify(tmp_path, trust=named(old)))[0] == 1


def test_a_recovery_key_remembered_from_before_the_theft_is_enough(tmp_path):
    publisher = Publisher(tmp_path / "log", Keys())
    old = publisher.keys.log
    publisher.publish(first_half())
    text = publisher.keys.key_file + f"{recovery(publisher.keys).verifier}\n"
    publisher.write(paths.KEY, text.encode())
    trust = Trust(memory=Memory(tmp_path / "memory"))
    assert verify(publisher.root, trust=trust).exit_code == 3
    hand_over(publisher, 1, fresh(old, "second"), reason=Reason.STOLEN)
    publisher.publish(second_half())
    assert verify(publisher.root, trust=trust).exit_code == 0


def test_a_thief_cannot_hand_over_what_was_declared_stolen(tmp_path):
    """The thief's own handover, rightly signed by the stolen key, has the lower number and yet gives way."""
    publisher = Publisher(tmp_path, Keys())
    old, thief = publisher.keys.log, fresh(publisher.keys.log, "thief")
    publisher.publish(first_half())
    hand_over(publisher, 1, thief)
    publisher.keys.log = old
    hand_over(publisher, 2, fresh(old, "second"), reason=Reason.STOLEN)
    publisher.publish(second_half())
    trust = Trust(key=f"{old.verifier}\n{recovery(publisher.keys).verifier}")
    assert verify(tmp_path, trust=trust).exit_code == 0
    publisher.keys.log = thief
    publisher.seal([b"the thief's"])
    assert failed(verify(tmp_path, trust=trust))[0] == 1


@pytest.mark.parametrize(
    "old, new",
    [
        ("number 1", "number 01"),
        ("number 1", "number 2"),
        ("reason rotated", "reason lost"),
        ("what log", "what receipts"),
        ("sagwan-handover/1", "sagwan-handover/2"),
        ("size ", "size -"),
    ],
)
def test_a_handover_that_is_ill_formed_or_anothers_fails_check_1(rotated, old, new):
    publisher, key = rotated
    file = publisher.root / paths.handover(1)
    file.write_text(file.read_text().replace(old, new, 1))
    found = failure(verify(publisher.root, trust=named(key)), 1)
    assert found.file in (paths.handover(1), paths.CHECKPOINT)


def test_the_text_is_read_as_it_was_written(rotated):
    publisher, _ = rotated
    data = (publisher.root / paths.handover(1)).read_bytes()
    made = parse_handover(data).handover
    assert data.decode().startswith(made.text())
    with pytest.raises(FormatError, match="itself"):
        replace(made, new=made.old)
    with pytest.raises(FormatError, match="not of"):
        replace(made, origin="demo.invalid/naver")
