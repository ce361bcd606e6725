"""Reproducible draws: the same numbers on every machine and in every version of Python.

Built on `random.Random.random` alone, whose sequence for a given seed the standard library promises to
keep; what the library derives from it (choice, shuffle, sample) it may change. Only IEEE-exact operations.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


def seed_of(*words: object) -> int:
    """64 bits of SHA-256 over the words that name a purpose: no purpose disturbs another's draws."""
    text = "/".join(map(str, words))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


class Draw:
    """Draws for one purpose, named by the words given."""

    __slots__ = ("_random",)

    def __init__(self, *purpose: object) -> None:
        self._random = Random(seed_of(*purpose)).random  # noqa: S311  a demo that repeats, no secret

    def fraction(self) -> float:
        """From 0 (included) to 1 (excluded)."""
        return self._random()

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random() * (most - least + 1))

    def chance(self, share: float) -> bool:
        return self._random() < share

    def one_of(self, things: Sequence[T]) -> T:
        return things[self.between(0, len(things) - 1)]

    def weighted(self, things: Sequence[T], weights: Sequence[int]) -> T:
        """One of the things, each as often as its weight (a positive whole number) says."""
        sums = list(accumulate(weights))
        return things[bisect_right(sums, int(self._random() * sums[-1]))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The things in a new order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.between(0, last)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def tail_weight(self, heaviest: int) -> float:
        """A weight from 1 to `heaviest`; twice the weight is half as likely to be passed."""
        fraction = 1.0 - self._random()
        return min(float(heaviest), 1.0 / fraction)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total`, as near to the weights as can be; they add up to it exactly.

    Largest remainders; of equal ones the first. Zeroes where there is nothing to share out, and an empty
    list for no weights (then `total` must be 0, else ValueError).
    """
    whole = sum(weights)
    if not weights or whole <= 0:
        if total:
            raise ValueError(f"{total} cannot be shared out among no weights")
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
