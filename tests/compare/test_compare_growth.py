"""Twice the claims take twice the time, however they lie: no rule looks at all the others for each figure."""

import time
from collections.abc import Callable

import pytest

from sagwan.compare import Claim, compare

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


SHAPES = {
    "services": _rivals(service="s{n}"),
    "periods": _rivals(period="{year}"),
    "categories": _rivals(category="c{n}"),
    "metrics": _rivals(metric="m{n}"),
    "parts": _rivals(part="authority=a{n}"),
    "joint": _joint,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_claims(shape: str) -> None:
    small, large = SHAPES[shape](1000), SHAPES[shape](8000)
    took = []
    for claims in (small, large):
        start = time.process_time()
        compare(claims)
        took.append(time.process_time() - start)
    assert took[1] < 24 * took[0] + 0.5  # the square would be 64
