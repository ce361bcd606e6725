"""While the receipts key is being changed, no promise is signed, and the portal says there is none."""

import pytest

from sagwan.desk.casework.receipts import receipts_key
from sagwan.desk.setup import Desk
from sagwan.desk.vault.master import KeyMissing
from sagwan.formats.handover import KeyUse, Reason
from sagwan.seal.hand_over import KeyFiles, hand_over
from tests.desk.portal.test_after_the_answer import Official, filed
from tests.support.home import START, log


def test_a_change_that_stopped_half_way_stops_new_promises(desk: Desk, official: Official) -> None:
    number = filed(desk)
    where = f"/portal/requests/{number}/receipts/0/file/"
    assert official().get(where).status_code == 200

    def crash(step: str) -> None:
        if step == "published":
            raise KeyboardInterrupt

    files = KeyFiles(desk.home.keys, KeyUse.RECEIPTS)
    with pytest.raises(KeyboardInterrupt):
        hand_over(log(desk), files, receipts_key(desk), reason=Reason.ROTATED, since=START, step=crash)
    assert official().get(where).status_code == 404
    with pytest.raises(KeyMissing, match="gave way"):
        receipts_key(desk)
