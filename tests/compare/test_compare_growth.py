"""Twice the claims take twice the work, however they lie: no rule looks at all the others for each figure."""

from collections.abc import Callable
from functools import partial

import pytest

from sagwan.compare import Claim, compare
from tests.support.steps import steps

from .make import claim, own

Make = Callable[[int], list[Claim]]


def _rivals(**names: str) -> Make:
    """Two rivals of each of many figures that differ in one field; some values stand under two of them."""

    def make(count: int) -> list[Claim]:
        claims = []
        for n in range(count // 2):
            fields = {field: form.format(n=n, year=1000 + n) for field, form in names.items()}
            claims += [claim(1000 + n, "Q", **fields), claim(1300 + n, "P", **fields)]
        return claims

    return make


def _joint(count: int) -> list[Claim]:
    own_ones = [own(1000 + n, provider=f"a{n}") for n in range(count // 2)]
    sums = [claim(2000 + n, "P", provider=f"a{n}+a{n + 1}", service="all") for n in range(count // 2)]
    return [*own_ones, *sums]


def _issued(count: int) -> list[Claim]:
    """One paper that calls issued what was requested of many services, and of as many something else."""
    served = [own(1000 + n, service=f"s{n}", metric="requested") for n in range(count // 2)]
    told = [(1000 if n % 2 else 5000) + n for n in range(count // 2)]
    return [*served, *(claim(told[n], "P", service=f"s{n}", metric="issued") for n in range(count // 2))]


SHAPES = {
    "services": _rivals(service="s{n}"),
    "periods": _rivals(period="{year}"),
    "categories": _rivals(category="c{n}"),
    "metrics": _rivals(metric="m{n}"),
    "parts": _rivals(part="authority=a{n}"),
    "joint": _joint,
    "issued": _issued,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_claims(shape: str) -> None:
    make = SHAPES[shape]
    small, large = (steps(partial(compare, make(count))) for count in (800, 3200))
    assert large < 6 * small  # the square would be 16
