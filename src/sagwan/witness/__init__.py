"""A witness of logs, and the way to ask one (C2SP tlog-witness): it cosigns one history of each log, and no
other.

    store = WitnessStore(path); store.follow(log_vkey)
    with WitnessServer((host, port), Witness(store, key)) as server: server.serve_forever()

`cosign_with(url, note, prove, old_size, timeout, keys=...)` is what a sealer calls; `request_cosignature` is
one exchange of it, `latest_checkpoint` reads what a witness saw last. The decision itself,
`core.add_checkpoint`, is pure. Everything raised is a `WitnessError`; a `WitnessAlarm` means: stop sealing.
"""

from sagwan.witness.client import cosign_with, latest_checkpoint, request_cosignature
from sagwan.witness.errors import (
    WitnessAhead,
    WitnessAlarm,
    WitnessAtSize,
    WitnessError,
    WitnessRefused,
    WitnessStoreError,
    WitnessUnavailable,
)
from sagwan.witness.server import WitnessServer
from sagwan.witness.service import Witness
from sagwan.witness.store import WitnessStore, origin_id

__all__ = [
    "Witness",
    "WitnessAhead",
    "WitnessAlarm",
    "WitnessAtSize",
    "WitnessError",
    "WitnessRefused",
    "WitnessServer",
    "WitnessStore",
    "WitnessStoreError",
    "WitnessUnavailable",
    "cosign_with",
    "latest_checkpoint",
    "origin_id",
    "request_cosignature",
]
