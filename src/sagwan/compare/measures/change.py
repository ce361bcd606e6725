"""Change from one period to another: on the year (the same half a year before) or on the half before."""

from dataclasses import dataclass
from fractions import Fraction

from sagwan.compare.measures.ratio import Ratio
from sagwan.compare.period import is_half
from sagwan.compare.value import Missing, Value, bounds


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure changed: the difference and, where what was before cannot be 0, the relative change
    (-1/2 where it halved). Both are intervals; `grew` is None where the bands leave the direction open."""

    difference: Ratio
    relative: Ratio | None

    @property
    def grew(self) -> bool | None:
        """True for a rise, False for a fall; None where neither is certain."""
        if self.difference.low > 0:
            return True
        return False if self.difference.high < 0 else None

    @property
    def unchanged(self) -> bool:
        return self.difference.is_exact and self.difference.low == 0


def change(before: Value, after: Value) -> Change | Missing:
    """The change from `before` to `after`; missing where either is, with the first one's state."""
    for value in (before, after):
        if isinstance(value, Missing):
            return Missing(value.state)
    # Told apart above; a type checker does not see it through the loop.
    assert not isinstance(before, Missing) and not isinstance(after, Missing)  # noqa: S101
    (least, most), (low, high) = bounds(before), bounds(after)
    difference = Ratio(Fraction(low) - Fraction(most), Fraction(high) - Fraction(least))
    if least == 0:
        return Change(difference, None)
    return Change(difference, Ratio(Fraction(low) / Fraction(most) - 1, Fraction(high) / Fraction(least) - 1))


def year_before(period: str) -> str:
    """The same half, or the year, one year before: `2016H1` -> `2015H1`, `2016` -> `2015`."""
    return f"{int(period[:4]) - 1:04}{period[4:]}"


def half_before(period: str) -> str | None:
    """The half-year before: `2016H1` -> `2015H2`; None for a year."""
    if not is_half(period):
        return None
    year, half = int(period[:4]), period[4:]
    return f"{year:04}H1" if half == "H2" else f"{year - 1:04}H2"
