"""What a check finds."""

from dataclasses import dataclass

CHUNK = 1000
"""How many rows are looked at together."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
