"""What a line means for its request, as two numbers: the request, and an event.

An event is `log index << EVENT_BITS | number of the line's shape`, as shapes are numbered within its part.
"""

import secrets
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

EVENT_BITS = 24
"""Bits of an event that number its shape; a part has fewer lines."""

INDEXES = 1 << 64 - EVENT_BITS
"""Log indexes that an event can hold: a million million."""

SHAPE = (1 << EVENT_BITS) - 1

# One is drawn, so that nobody can choose request numbers that all fall into one partition.
_PRIMES = (1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099, 1_000_117, 1_000_121)


def request_number(request: str) -> int:
    """The number of a request, from its 16 hex digits."""
    return int.from_bytes(bytes.fromhex(request), "little")


@dataclass(frozen=True, slots=True)
class Deal:
    """Deals lines out to `count` partitions, all lines of one request to the same."""

    count: int
    prime: int

    @classmethod
    def into(cls, count: int) -> "Deal":
        return cls(count, secrets.choice(_PRIMES))

    def place(self, request: int) -> int:
        """The partition of a request."""
        return request % self.prime % self.count

    def out(self, requests: Iterable[int], events: Iterable[int]) -> list[bytes]:
        """For each partition its lines in order: request and event in turn, 8 bytes each."""
        pairs = zip(requests, events, strict=True)
        count, prime = self.count, self.prime
        dealt: list[list[int]] = [[] for _ in range(count)]
        if count == 1:
            for pair in pairs:
                dealt[0] += pair
        else:
            for pair in pairs:
                dealt[pair[0] % prime % count] += pair
        return [array("Q", flat).tobytes() for flat in dealt]
