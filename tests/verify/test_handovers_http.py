"""Handovers are followed from an address as from a folder."""

from sagwan.verify import Trust, verify
from tests.support.folder import Keys, Publisher, first_half, second_half
from tests.support.handovers import fresh, hand_over
from tests.verify.test_http import announce, serve

__all__ = ["serve"]


def test_the_old_key_is_enough_over_http_too(tmp_path, serve):
    publisher = Publisher(tmp_path, Keys())
    old = publisher.keys.log
    publisher.publish(first_half())
    hand_over(publisher, 1, fresh(old, "second"))
    publisher.publish(second_half())
    hand_over(publisher, 2, fresh(old, "third"))
    publisher.seal([b"x"])
    announce(tmp_path, "2016H1", "2016H2")
    verdict = verify(serve(), trust=Trust(key=str(old.verifier)))
    assert verdict.exit_code == 0 and verdict.key == str(publisher.keys.log.verifier)
    assert "handover 2" in verdict.checks[0].text["en"]
