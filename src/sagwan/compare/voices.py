"""Counting sources: copies of one text count once."""

from collections.abc import Iterable

from sagwan.compare.claim import Claim


def voices(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset(claim.voice for claim in claims)


def by_others(claims: Iterable[Claim], speakers: frozenset[str]) -> tuple[Claim, ...]:
    """The claims that none of these voices makes."""
    return tuple(claim for claim in claims if claim.voice not in speakers)
