"""The handover: a key of a log (or of its receipts) gives way to another, and the log goes on.

A handover is a C2SP signed note over ten lines of text, published as `log/keys/NNN`. The new key signs it,
and with it the old one where the change was planned, or the offline recovery key where the old one was
stolen.
Authority comes from the key that a reader trusts already, never from the file.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sagwan.formats.errors import FormatError
from sagwan.formats.receipt import instant, parse_instant, receipts_key_name
from sagwan.tlog import KeyType, TlogError, VerifierKey, parse_note, parse_verifier_key, verify_note
from sagwan.tlog.encoding import decode_base64, decode_decimal, encode_base64

FORMAT = "sagwan-handover/1"
_WORDS = ("number", "what", "old", "new", "reason", "size", "root", "since")


class KeyUse(StrEnum):
    """What the key signs."""

    LOG = "log"
    RECEIPTS = "receipts"


class Reason(StrEnum):
    ROTATED = "rotated"
    STOLEN = "stolen"


Word = TypeVar("Word", bound=StrEnum)


def recovery_key_name(origin: str) -> str:
    """The name of the key that is kept off-line and signs only that another was stolen."""
    return f"{origin}/recovery"


@dataclass(frozen=True, slots=True)
class Handover:
    """From `old` to `new`, at a tree of `size` entries and `root` (32 bytes).

    The old log key is believed for checkpoints up to `size`, the old receipts key for promises up to `since`
    (aware): the instant of a planned handover, or the one from which a stolen key is not to be believed.
    `number` counts all handovers of the log, from 1. Raises FormatError where the keys are not of the log.
    """

    origin: str
    number: int
    use: KeyUse
    old: VerifierKey
    new: VerifierKey
    reason: Reason
    size: int
    root: bytes
    since: datetime

    def __post_init__(self) -> None:
        name = self.origin if self.use is KeyUse.LOG else receipts_key_name(self.origin)
        for key in (self.old, self.new):
            if key.name != name or key.type is not KeyType.ED25519:
                raise FormatError(f"the handover is of the key {key.name}, not of {name}")
        if self.old == self.new:
            raise FormatError("the handover is from a key to itself")

    def text(self) -> str:
        """The text of the signed note."""
        values = (
            self.number, self.use, self.old, self.new, self.reason, self.size, encode_base64(self.root),
            instant(self.since),
        )  # fmt: skip
        lines = (f"{word} {value}\n" for word, value in zip(_WORDS, values, strict=True))
        return f"{self.origin}/keys\n{FORMAT}\n{''.join(lines)}"


@dataclass(frozen=True, slots=True)
class SignedHandover:
    """A handover as it was published, and which keys are named among its signatures; none is verified yet."""

    handover: Handover
    data: bytes

    def signed_by(self, *keys: VerifierKey) -> bool:
        """Did every one of those keys sign it? A line of one of them that does not verify spoils the note."""
        try:
            return {one.key for one in verify_note(parse_note(self.data), keys)} == set(keys)
        except TlogError:
            return False


def parse_handover(data: bytes) -> SignedHandover:
    """Read a published handover, strictly; raise FormatError. Proves nothing by itself."""
    try:
        lines = parse_note(data).text.split("\n")
        if len(lines) != 11 or lines[10] or lines[1] != FORMAT or not lines[0].endswith("/keys"):
            raise FormatError(f"the handover is not ten lines of {FORMAT}")
        values = [_value(line, word) for line, word in zip(lines[2:10], _WORDS, strict=True)]
        handover = Handover(
            origin=lines[0].removesuffix("/keys"),
            number=decode_decimal(values[0], "handover: number"),
            use=_one_of(KeyUse, values[1]),
            old=parse_verifier_key(values[2]),
            new=parse_verifier_key(values[3]),
            reason=_one_of(Reason, values[4]),
            size=decode_decimal(values[5], "handover: size"),
            root=decode_base64(values[6], "handover: root", 32),
            since=parse_instant(values[7]),
        )
    except (TlogError, ValueError) as error:
        raise FormatError(f"this is no handover of a key: {error}") from None
    return SignedHandover(handover, data)


def _value(line: str, word: str) -> str:
    found, blank, value = line.partition(" ")
    if found != word or not blank:
        raise FormatError(f"the handover has {line[:80]!r} where '{word} …' must stand")
    return value


def _one_of(kind: type[Word], value: str) -> Word:
    if value not in list(kind):
        raise FormatError(f"the handover has {value[:80]!r}, which is not one of {', '.join(kind)}")
    return kind(value)
