"""Giving a key over to a new one, so that a crash at any step is mended by doing it again.

The new private key is on disk before the handover is published, the handover before the new key is put in the
old one's place, and the old key's file is kept. Between the last two, nothing signs (`require_current`).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sagwan.formats.handover import Handover, KeyUse, Reason, SignedHandover
from sagwan.seal.errors import SealError
from sagwan.seal.files import read_if_there, write_whole
from sagwan.seal.handovers import handover_file, handovers_of
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import KeyType, SigningKey, parse_checkpoint, parse_note, parse_signing_key, sign_note

_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where a home keeps a private key: `log.key`, on its way `log.next`, an earlier one `log.key.001`."""

    folder: Path
    use: KeyUse

    @property
    def present(self) -> Path:
        return self.folder / f"{self.use}.key"

    @property
    def coming(self) -> Path:
        return self.folder / f"{self.use}.next"

    def earlier(self, number: int) -> Path:
        """The key that handover `number` ended."""
        return self.folder / f"{self.use}.key.{number:03d}"


def hand_over(
    log: LogFolder,
    files: KeyFiles,
    old: SigningKey,
    *,
    reason: Reason,
    since: datetime,
    recovery: SigningKey | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> Handover:
    """Let `old` (the key in `files.present`) give way to a new key, or end what a crash left of that.

    `recovery` signs where the key was stolen. Nothing else may seal meanwhile. Raise SealError.
    """
    new = _coming(files, old)
    step("coming")
    # crash here: a key that nobody knows of lies beside; the next run takes it
    done = handovers_of(log)
    begun = next((one for one in done if one.handover.old == old.verifier), None)
    if begun is None:
        begun = _publish(log, len(done) + 1, files.use, old, new, reason, since, recovery)
    elif begun.handover.new != new.verifier:
        raise SealError(
            f"handover {begun.handover.number} names another new key than {files.coming}",
            hint="restore that key from where you keep it",
        )
    elif begun.handover.reason is not reason:
        raise SealError(
            f"handover {begun.handover.number} was begun because the key was {begun.handover.reason}",
            hint="end it by the same command; then give the new key over for the other reason",
        )
    step("published")
    # crash here: everyone may know the handover, and the old key signs nothing any more
    write_whole(files.earlier(begun.handover.number), _text(old), mode=_PRIVATE)
    step("kept")
    write_whole(files.present, _text(new), mode=_PRIVATE)
    step("present")
    # crash here: done but for the copy, which the next change of this key takes away
    files.coming.unlink()
    return begun.handover


def _coming(files: KeyFiles, old: SigningKey) -> SigningKey:
    """The new key: that of a run that stopped, or one made now."""
    data = read_if_there(files.coming)
    if data is not None:
        new = parse_signing_key(data.decode("ascii").strip())
        if new.verifier != old.verifier:
            return new
    new = SigningKey(old.name, KeyType.ED25519, os.urandom(32))
    write_whole(files.coming, _text(new), mode=_PRIVATE)
    return new


def _publish(
    log: LogFolder,
    number: int,
    use: KeyUse,
    old: SigningKey,
    new: SigningKey,
    reason: Reason,
    since: datetime,
    recovery: SigningKey | None,
) -> SignedHandover:
    note = log.checkpoint()
    size = 0 if note is None else parse_checkpoint(parse_note(note).text).size
    handover = Handover(
        origin=old.name.removesuffix("/receipts") if use is KeyUse.RECEIPTS else old.name,
        number=number,
        use=use,
        old=old.verifier,
        new=new.verifier,
        reason=reason,
        size=size,
        root=log.frontier(size).root(),
        since=since,
    )
    other = recovery if reason is Reason.STOLEN else old
    if other is None:
        raise SealError("only the recovery key can say that a key was stolen", hint="name its file")
    data = bytes(sign_note(handover.text(), new, other))
    write_whole(log.folder / handover_file(number), data)
    return SignedHandover(handover, data)


def _text(key: SigningKey) -> bytes:
    return f"{key.private_text()}\n".encode()
