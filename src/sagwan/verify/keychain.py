"""From the keys that a reader trusts to the keys of a log at each time, along the published handovers.

A handover is followed forward from an old key that is trusted, or backward from a new one: then the old key
is believed for what it signed before. Nothing else in a folder adds to what the reader trusts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.handover import Handover, KeyUse, Reason, SignedHandover, parse_handover
from sagwan.tlog import Signature, VerifierKey
from sagwan.verify.errors import Unreadable
from sagwan.verify.findings import Findings
from sagwan.verify.source import NOTE_LIMIT, Source, read_file


@dataclass(frozen=True, slots=True)
class Chain:
    """The keys of one use that are believed, oldest trust first, and what ended each one that has ended.

    `followed` are the handovers in the order of their numbers, `refused` those of this use that start at a
    believed key and lack a signature that the reader can rely on.
    """

    keys: tuple[VerifierKey, ...] = ()
    followed: tuple[Handover, ...] = ()
    refused: tuple[Handover, ...] = ()

    def ended(self, key: VerifierKey) -> Handover | None:
        """The handover by which the key gave way; None for one that still signs."""
        return next((one for one in self.followed if one.old == key), None)

    @property
    def newest(self) -> tuple[VerifierKey, ...]:
        """The keys that have not given way."""
        return tuple(key for key in self.keys if self.ended(key) is None)

    def at(self, size: int) -> tuple[VerifierKey, ...]:
        """The log keys that are believed for a checkpoint of that size."""
        return tuple(key for key in self.keys if (end := self.ended(key)) is None or size <= end.size)

    def explain(self, signatures: Iterable[Signature], name: str) -> str:
        """Why a signature of that name is not believed, in words; empty where none bears the name."""
        for one in signatures:
            if one.name != name:
                continue
            key = next((k for k in self.keys if k.key_id == one.key_id), None)
            end = self.ended(key) if key else None
            if end:
                return (
                    f"signed by {name}+{one.key_id.hex()}, which gave way to +{end.new.key_id.hex()} at "
                    f"{end.size:,} entries ({end.reason}): what it signs after that is not believed"
                )
            if key is None:
                return f"signed by another key of the same name, +{one.key_id.hex()}; {self._missing()}"
        return ""

    def _missing(self) -> str:
        if self.refused:
            one = self.refused[0]
            return (
                f"handover {one.number} says that +{one.old.key_id.hex()} was {one.reason}, but not by a key "
                "that you trust: ask the provider in another way, and name its new key or its recovery key"
            )
        return "no handover leads to it from the key that you trust: ask the provider in another way"


def read_handovers(source: Source, origin: str, findings: Findings) -> tuple[SignedHandover, ...]:
    """The published handovers of a log, from 1 until one is not there; what is ill-formed goes to check 1."""
    found: list[SignedHandover] = []
    for number in count(1):
        file = paths.handover(number)
        source.fetch([file], NOTE_LIMIT)
        if not (source.root / file).exists():
            return tuple(found)
        try:
            one = parse_handover(read_file(source.root, file, NOTE_LIMIT))
        except (Unreadable, FormatError) as error:
            findings.add(1, file, str(error), "a signed handover", "none")
            continue
        if (one.handover.origin, one.handover.number) != (origin, number):
            said = f"{one.handover.origin} {one.handover.number}"
            findings.add(1, file, "the handover is another one's", f"{origin} {number}", said)
            continue
        found.append(one)
    raise AssertionError("unreachable")


def follow(
    handovers: Sequence[SignedHandover],
    use: KeyUse,
    trusted: Iterable[VerifierKey],
    recovery: Sequence[VerifierKey] = (),
) -> Chain:
    """Follow the handovers of that use from the trusted keys; `recovery` are the trusted recovery keys.

    One that says that a key was stolen goes before all others of that key: whoever stole it can sign those.
    """
    of_use = [one for one in handovers if one.handover.use is use]
    order = sorted(of_use, key=lambda one: (one.handover.reason is not Reason.STOLEN, one.handover.number))
    keys = list(dict.fromkeys(trusted))
    followed: list[Handover] = []
    while step := next((one for one in order if _leads(one, keys, followed, recovery)), None):
        followed.append(step.handover)
        keys += [key for key in (step.handover.old, step.handover.new) if key not in keys]
    refused = tuple(
        one.handover
        for one in of_use
        if one.handover.old in keys and not any(done.old == one.handover.old for done in followed)
    )
    return Chain(tuple(keys), tuple(sorted(followed, key=lambda one: one.number)), refused)


def _leads(
    one: SignedHandover,
    keys: Sequence[VerifierKey],
    followed: Sequence[Handover],
    recovery: Sequence[VerifierKey],
) -> bool:
    """Can this handover be followed next?"""
    handover = one.handover
    if any(done.old == handover.old for done in followed):
        return False
    if handover.reason is Reason.ROTATED:
        known = handover.old in keys or handover.new in keys
        return known and one.signed_by(handover.old, handover.new)
    if handover.new in keys:
        return one.signed_by(handover.new)
    return handover.old in keys and any(one.signed_by(handover.new, key) for key in recovery)
