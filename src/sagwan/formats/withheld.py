"""The lines of an openings file: an opened line, or the notice that an entry is withheld."""

import re
from dataclasses import dataclass

from sagwan.formats.errors import FormatError
from sagwan.record.vocabulary import WithheldReason

PREFIX = b"withheld\t"
_LINE = re.compile(rb"withheld\t([a-z-]+)\t([0-9a-f]{64})\Z")


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry that is not opened: why, and the commitment that keeps its place in the tree."""

    reason: WithheldReason
    commitment: bytes

    def line(self) -> bytes:
        return b"withheld\t%s\t%s" % (self.reason.encode(), self.commitment.hex().encode())


def parse_withheld(line: bytes) -> Withheld:
    """Read `withheld TAB reason TAB commitment` (64 hex digits), or raise FormatError."""
    found = _LINE.match(line)
    if not found:
        raise FormatError(f"{line[:120]!r} is not 'withheld TAB reason TAB 64 hex digits'")
    reason = found[1].decode()
    if reason not in frozenset(WithheldReason):
        raise FormatError(f"withheld for {reason!r}, which is not one of {', '.join(WithheldReason)}")
    return Withheld(WithheldReason(reason), bytes.fromhex(found[2].decode()))


def parse_late(line: bytes) -> tuple[int, bytes]:
    """Read `index TAB opening line`: an entry withheld before and opened now."""
    index, tab, opening = line.partition(b"\t")
    if not tab or not re.fullmatch(rb"0|[1-9][0-9]{0,17}", index):
        raise FormatError(f"{line[:60]!r} does not begin with a log index and a TAB")
    return int(index), opening
