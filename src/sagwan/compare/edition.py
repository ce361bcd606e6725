"""An edition: one state of one source's file, by its bytes. Editions are kept side by side, never merged."""

from dataclasses import dataclass
from urllib.parse import unquote

_FIELDS = 4


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """Who published a file, where, when it was fetched (`2026-07-01`), and the SHA-256 of its bytes in hex.

    For a table within an archive: of the table's bytes, so that an archive packed anew is the same edition.
    """

    publisher: str
    address: str
    retrieved: str
    sha256: str

    @classmethod
    def parse(cls, text: str) -> "Edition":
        """Read what `str` wrote; raises ValueError."""
        fields = text.split("|")
        if len(fields) != _FIELDS:
            raise ValueError(f"{text!r} is not an edition: publisher|address|retrieved|sha256")
        return cls(*(unquote(field) for field in fields))

    def __str__(self) -> str:
        """`publisher|address|retrieved|sha256`; a bar or percent sign within a field is percent-encoded."""
        fields = (self.publisher, self.address, self.retrieved, self.sha256)
        return "|".join(field.replace("%", "%25").replace("|", "%7C") for field in fields)


def checksum(edition: str) -> str:
    """The checksum of an edition's text, or nothing where there is none."""
    return edition.rpartition("|")[2]
