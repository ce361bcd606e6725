"""Whom a reader trusts: logs, witnesses, and how many of those must have cosigned (C2SP tlog-policy)."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from sagwan.tlog.errors import FormatError
from sagwan.tlog.keys import KeyType, VerifierKey

NO_QUORUM = "none"
"""The quorum of a reader who asks for no cosignature; never the name of a witness or group."""


LOG_KEYS = (KeyType.ED25519,)
WITNESS_KEYS = (KeyType.COSIGNATURE_V1, KeyType.ML_DSA_44)


@dataclass(frozen=True, slots=True)
class PolicyLog:
    """A log that is accepted. Its key's name is its origin. `url` is empty if none is given."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class PolicyWitness:
    """A witness, under a name for this policy only. `url` is its submission prefix, empty if not given."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class PolicyGroup:
    """Has witnessed a checkpoint once `threshold` of its members (witnesses or groups) have."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, witnesses, groups and a quorum: the name of a witness or group, or `none`.

    Groups stand after what they are made of. Raises FormatError if a rule of the specification is broken; a
    name is compared as the octets it was, whatever their encoding.
    """

    logs: tuple[PolicyLog, ...] = ()
    witnesses: tuple[PolicyWitness, ...] = ()
    groups: tuple[PolicyGroup, ...] = ()
    quorum: str = NO_QUORUM

    def __post_init__(self) -> None:
        _check_keys("log", [log.key for log in self.logs], LOG_KEYS)
        _check_keys("witness", [witness.key for witness in self.witnesses], WITNESS_KEYS)
        _check_names(self)

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """All keys, the logs' before the witnesses'."""
        return (*(log.key for log in self.logs), *(witness.key for witness in self.witnesses))

    def witness_names(self, keys: Iterable[VerifierKey]) -> frozenset[str]:
        """The names, in this policy, of the witnesses among those keys."""
        wanted = set(keys)
        return frozenset(witness.name for witness in self.witnesses if witness.key in wanted)

    def quorum_met(self, cosigned: Set[str]) -> bool:
        """Do the witnesses of those names suffice?"""
        if self.quorum == NO_QUORUM:
            return True
        met = {witness.name for witness in self.witnesses if witness.name in cosigned}
        for group in self.groups:
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(group.name)
        return self.quorum in met

    def __bytes__(self) -> bytes:
        """The policy file; `parse_policy` reads the same policy from it."""
        lines = [_words("log", log.key, log.url) for log in self.logs]
        lines += [_words("witness", witness.name, witness.key, witness.url) for witness in self.witnesses]
        lines += [_words("group", group.name, group.threshold, *group.members) for group in self.groups]
        lines.append(_words("quorum", self.quorum))
        return "".join(lines).encode("utf-8", "surrogateescape")


def _check_keys(what: str, keys: list[VerifierKey], types: tuple[KeyType, ...]) -> None:
    seen: set[bytes] = set()
    for key in keys:
        if key.type not in types:
            allowed = " or ".join(f"{one:#04x}" for one in types)
            raise FormatError(f"{what} {key.name!r}: key type is {key.type:#04x}, must be {allowed}")
        if key.public in seen:
            raise FormatError(f"{what} {key.name!r}: its key is there twice")
        seen.add(key.public)


def _check_names(policy: Policy) -> None:
    defined: set[str] = set()
    grouped: set[str] = set()
    for witness in policy.witnesses:
        _define(witness.name, defined)
    for group in policy.groups:
        _check_group(group, defined, grouped)
        _define(group.name, defined)
    if policy.quorum != NO_QUORUM and policy.quorum not in defined:
        raise FormatError(f"quorum {policy.quorum!r}: no witness or group of that name")


def _check_group(group: PolicyGroup, defined: set[str], grouped: set[str]) -> None:
    if not 1 <= group.threshold <= len(group.members):
        raise FormatError(
            f"group {group.name!r}: asks for {group.threshold} of its {len(group.members)} members, "
            "must be between 1 and all"
        )
    for member in group.members:
        if member not in defined:
            raise FormatError(f"group {group.name!r}: {member!r} is no witness or group defined before")
        if member in grouped:
            raise FormatError(f"group {group.name!r}: {member!r} is a member of a group already")
        grouped.add(member)


def _define(name: str, defined: set[str]) -> None:
    if name == NO_QUORUM or not name or any(octet in name for octet in " \t\n") or name.startswith("#"):
        raise FormatError(f"{name!r} cannot name a witness or group")
    if name in defined:
        raise FormatError(f"{name!r} names two witnesses or groups")
    defined.add(name)


def _words(*words: object) -> str:
    return " ".join(text for word in words if (text := str(word))) + "\n"
