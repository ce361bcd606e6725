"""Handovers of a published folder's keys, as a provider (or a thief) makes them."""

import hashlib
from datetime import UTC, datetime

from sagwan.formats import paths
from sagwan.formats.handover import Handover, KeyUse, Reason, recovery_key_name
from sagwan.tlog import KeyType, SigningKey, sign_note
from tests.support.folder import Keys, Publisher


def fresh(old: SigningKey, seed: str) -> SigningKey:
    """Another key of the same name."""
    return SigningKey(old.name, KeyType.ED25519, hashlib.sha256(f"{seed} {old.name}".encode()).digest())


def recovery(keys: Keys) -> SigningKey:
    name = recovery_key_name(keys.origin)
    return SigningKey(name, KeyType.ED25519, hashlib.sha256(name.encode()).digest())


def hand_over(
    publisher: Publisher,
    number: int,
    new: SigningKey,
    *,
    use: KeyUse = KeyUse.LOG,
    reason: Reason = Reason.ROTATED,
    signers: tuple[SigningKey, ...] | None = None,
    **changes: object,
) -> Handover:
    """Write the handover to `new` at the publisher's present size, and let the publisher use the new key.

    `signers` sign it; without: the new key, and the old or the recovery key.
    """
    keys = publisher.keys
    old = keys.log if use is KeyUse.LOG else keys.receipts
    values = {
        "origin": keys.origin,
        "number": number,
        "use": use,
        "old": old.verifier,
        "new": new.verifier,
        "reason": reason,
        "size": len(publisher.entries),
        "root": publisher.root_now(),
        "since": datetime.fromtimestamp(publisher.time, UTC),
    }
    made = Handover(**{**values, **changes})
    other = old if reason is Reason.ROTATED else recovery(keys)
    note = sign_note(made.text(), *(signers or (new, other)))
    publisher.write(paths.handover(number), bytes(note))
    if use is KeyUse.LOG:
        keys.log = new
    else:
        keys.receipts = new
    return made
