"""Sums of figures: bands add up to an interval, and a missing part leaves the sum open above, never short."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sagwan.compare.value import Missing, Number, Value, bounds


@dataclass(frozen=True, slots=True)
class Sum:
    """At least `low`; at most `high`, or open (None) where a part is missing. `gaps` counts those."""

    low: Number
    high: Number | None
    gaps: int = 0

    @property
    def is_exact(self) -> bool:
        return self.high == self.low

    @property
    def is_floor(self) -> bool:
        return self.high is None


def add_up(values: Iterable[Value | None]) -> Sum | None:
    """The sum of counts; None where none of them is known, since a sum of nothing known says nothing."""
    low, high, gaps, known = Decimal(0), Decimal(0), 0, 0
    for value in values:
        if value is None or isinstance(value, Missing):
            gaps += 1
            continue
        known += 1
        least, most = bounds(value)
        low, high = low + least, high + most
    if not known:
        return None
    return Sum(_plain(low), None if gaps else _plain(high), gaps)


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number
