"""Checkpoints: a log's statement of how large it is and what it holds (C2SP tlog-checkpoint)."""

from dataclasses import dataclass

from sagwan.tlog.encoding import MAX_INTEGER, check_no_controls, decode_base64, decode_decimal, encode_base64
from sagwan.tlog.errors import FormatError
from sagwan.tlog.hashing import HASH_SIZE


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`size` entries under `root` (32 bytes), in the log named `origin`. `str()` gives the note text.

    Extension lines are opaque, non-empty, and better avoided. Raises FormatError if a part cannot be written.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line, what in ((self.origin, "origin"), *((line, "extension line") for line in self.extensions)):
            if not line or "\n" in line:
                raise FormatError(f"checkpoint: {what} {line!r} is not one non-empty line")
            check_no_controls(line, f"checkpoint: {what}")
        if not 0 <= self.size <= MAX_INTEGER:
            raise FormatError(f"checkpoint of {self.origin!r}: size {self.size} is not in 0..{MAX_INTEGER}")
        if len(self.root) != HASH_SIZE:
            raise FormatError(
                f"checkpoint of {self.origin!r}: root has {len(self.root)} bytes, not {HASH_SIZE}"
            )

    def __str__(self) -> str:
        return "\n".join((self.origin, str(self.size), encode_base64(self.root), *self.extensions, ""))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint's note: origin, size, root, extensions, a line each.

    Raises FormatError. What it says is worth nothing until the note's signatures are verified.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1]:
        raise FormatError("checkpoint: must be three lines or more, the last ended by a line feed")
    origin, size, root, *extensions = lines[:-1]
    return Checkpoint(
        origin,
        decode_decimal(size, f"checkpoint of {origin!r}: size"),
        decode_base64(root, f"checkpoint of {origin!r}: root", HASH_SIZE),
        tuple(extensions),
    )
