"""A ratio of two figures. Exact fractions; bands stay intervals, and missing stays missing.

Nothing here rounds but `display`, which is the one place where numbers are made short for people.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from sagwan.compare.value import Missing, MissingState, Value, bounds


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio known to lie from `low` to `high`, both included; equal where it is known exactly."""

    low: Fraction
    high: Fraction

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def divide(part: Value, whole: Value) -> Ratio | Missing:
    """part / whole as an interval.

    Missing where either is missing (the first one's state), and not applicable where the whole may be 0.
    """
    if isinstance(part, Missing):
        return Missing(part.state)
    if isinstance(whole, Missing):
        return Missing(whole.state)
    (low, high), (least, most) = bounds(part), bounds(whole)
    if least == 0:
        return Missing(MissingState.NOT_APPLICABLE)
    return Ratio(Fraction(low) / Fraction(most), Fraction(high) / Fraction(least))


def display(number: Fraction, *, places: int = 0, percent: bool = False) -> str:
    """A number for people, with thousands commas: `places` digits after the point, halves away from 0."""
    if places < 0:
        raise ValueError(f"places is {places}: digits after the point cannot be fewer than 0")
    # Whole numbers all the way: no Decimal precision can lose the half that decides.
    unit: int = 10**places
    scaled = number * unit * (100 if percent else 1)
    whole, rest = divmod(floor(abs(scaled) + Fraction(1, 2)), unit)
    sign = "-" if number < 0 and (whole or rest) else ""
    fraction = f".{rest:0{places}}" if places else ""
    return f"{sign}{whole:,}{fraction}" + ("%" if percent else "")


def display_ratio(ratio: Ratio | Missing, *, places: int = 0, percent: bool = False) -> str:
    """A ratio for people: one number where it is exact, else both ends; a dash where there is none."""
    if isinstance(ratio, Missing):
        return "–"
    low = display(ratio.low, places=places, percent=percent)
    return low if ratio.is_exact else f"{low}–{display(ratio.high, places=places, percent=percent)}"
