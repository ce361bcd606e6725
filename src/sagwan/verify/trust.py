"""Whom the reader trusts, and what that comes to for one log."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sagwan.formats.handover import KeyUse, SignedHandover, recovery_key_name
from sagwan.formats.receipt import receipts_key_name
from sagwan.record.errors import SagwanError
from sagwan.tlog import (
    NO_QUORUM,
    KeyType,
    Policy,
    PolicyLog,
    TlogError,
    VerifierKey,
    parse_policy,
    parse_verifier_key,
)
from sagwan.verify.keychain import Chain, follow
from sagwan.verify.memory import Memory, Remembered
from sagwan.verify.verdict import Anchor


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader brings along; everything is optional.

    `key`: verifier keys of the log and of its receipts, one a line, `#` comments (the form of a folder's
    `key` file). `policy`: a C2SP tlog-policy text, for witnesses and quorum (its `log` lines count as keys).
    `memory`: what earlier visits left; None reads and writes none. `max_withheld`: the share of withheld
    entries (0 to 1) above which a half-year fails. `now`: aware; the clock's where None; only receipts need
    it.
    """

    key: str = ""
    policy: str = ""
    memory: Memory | None = None
    max_withheld: float | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """What checkpoints and receipts of one origin are held against, and who vouches for the log's key."""

    origin: str
    policy: Policy
    anchor: Anchor
    remembered: Remembered | None
    chain: Chain = field(default_factory=Chain)
    recovery: tuple[VerifierKey, ...] = ()

    def policy_at(self, size: int) -> Policy:
        """The policy for a checkpoint of that size: without the keys that had given way by then."""
        logs = tuple(PolicyLog(key) for key in self.chain.at(size))
        return replace(self.policy, logs=logs)

    @property
    def witnessed(self) -> bool:
        return self.policy.quorum != NO_QUORUM

    @property
    def key(self) -> str:
        """The log's verifier key, the newest where it gave way; empty where none was found."""
        return next((str(key) for key in self.chain.newest if key.name == self.origin), "")

    @property
    def memo(self) -> str:
        """What to remember: the log's key, and on further lines the recovery keys."""
        return "\n".join([self.key, *map(str, self.recovery)])


def parse_keys(text: str) -> list[VerifierKey]:
    """The verifier keys of a `key` file, one a line, `#` comments; raise SagwanError naming the line."""
    keys = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                keys.append(parse_verifier_key(line.strip()))
            except TlogError as error:
                raise SagwanError(f"line {number} is not a verifier key: {error}") from None
    return keys


def settle(trust: Trust, origin: str, published: str, handovers: Sequence[SignedHandover] = ()) -> Anchors:
    """Choose the keys for a log: the reader's own, else the remembered one, else those the folder publishes.

    `published` is the text of the folder's `key` file; `handovers` are followed from the chosen keys. Raises
    SagwanError where what the reader brought is ill-formed.
    """
    remembered = trust.memory.recall(origin) if trust.memory else None
    policy = _policy(trust.policy)
    named = _named(trust.key)
    logs = [key for key in named if _signs_log(key)] + [log.key for log in policy.logs]
    anchor = Anchor.READER
    if not logs and remembered:
        logs = [key for key in _named(remembered.key) if _signs_log(key)]
        anchor = Anchor.MEMORY
    if not logs:
        logs = [key for key in _hints(published) if key.name == origin and _signs_log(key)]
        anchor = Anchor.FOLDER
    recovery = _recovery(trust, origin, published if anchor is Anchor.FOLDER else "", remembered)
    chain = follow(handovers, KeyUse.LOG, logs, recovery)
    unique = tuple(PolicyLog(key) for key in chain.keys)
    try:
        settled = replace(policy, logs=unique)
    except TlogError as error:
        raise SagwanError(f"the keys that you named do not go together: {error}") from None
    return Anchors(origin, settled, anchor, remembered, chain, recovery)


def _recovery(
    trust: Trust, origin: str, published: str, remembered: Remembered | None
) -> tuple[VerifierKey, ...]:
    """The recovery keys of a log that the reader names, else remembers, else finds in `published`."""
    name = recovery_key_name(origin)
    for keys in (_named(trust.key), _named(remembered.key) if remembered else [], _hints(published)):
        found = tuple(key for key in keys if key.name == name)
        if found:
            return found
    return ()


def receipts_keys(
    trust: Trust, origin: str, published: str, handovers: Sequence[SignedHandover] = ()
) -> tuple[Chain, Anchor]:
    """The keys that may sign a log's promises, and who names them: the reader, or the `key` file."""
    name = receipts_key_name(origin)
    named = [key for key in _named(trust.key) if key.name == name]
    anchor = Anchor.READER if named else Anchor.FOLDER
    trusted = named or [key for key in _hints(published) if key.name == name]
    remembered = trust.memory.recall(origin) if trust.memory else None
    recovery = _recovery(trust, origin, "" if named else published, remembered)
    return follow(handovers, KeyUse.RECEIPTS, trusted, recovery), anchor


def _hints(published: str) -> list[VerifierKey]:
    """The keys of a folder's `key` file; a hint that cannot be read is no hint."""
    try:
        return parse_keys(published)
    except SagwanError:
        return []


def _signs_log(key: VerifierKey) -> bool:
    return key.type is KeyType.ED25519 and not key.name.endswith(("/receipts", "/recovery"))


def _named(text: str) -> list[VerifierKey]:
    try:
        return parse_keys(text)
    except SagwanError as error:
        raise SagwanError(
            f"the key that you named: {error.message}", hint="it looks like name+1a2b3c4d+base64"
        ) from None


def _policy(text: str) -> Policy:
    try:
        return parse_policy(text.encode("utf-8", "surrogateescape")) if text else Policy()
    except TlogError as error:
        raise SagwanError(f"the policy that you named: {error}") from None
