"""One number in two forms: a count and the same made round, a percentage and the same as a fraction."""

from sagwan.compare.value import Exact, Stated

MIN_ZEROS = 2


def is_rounding(value: Stated, of: Stated) -> bool:
    """True where `value` is `of` rounded half up, or cut off, to one of its own trailing zeros.

    At least two zeros and two other digits must stand, so that 260,000 is 261,884 made round, 3,540 is not
    3,549 made round, and 300 says nothing about 342.
    """
    if not (isinstance(value, Exact) and isinstance(of, Exact)) or value == of:
        return False
    if not (isinstance(value.number, int) and isinstance(of.number, int)):
        return False
    unit = 10**MIN_ZEROS
    while value.number and value.number % unit == 0 and value.number // unit >= 10:
        cut = of.number // unit * unit
        if value.number in (cut, (of.number + unit // 2) // unit * unit):
            return True
        unit *= 10
    return False


def is_fraction(value: Stated, of: Stated) -> bool:
    """True where `value` is a fraction of 1 and `of` the same share as a percentage: 0.33 and 33.

    Counts are whole, so that none of them is ever a fraction of another in this sense.
    """
    if not (isinstance(value, Exact) and isinstance(of, Exact)):
        return False
    return 0 < value.number < 1 and value.number * 100 == of.number


def same_number(a: Stated, b: Stated) -> bool:
    """True where the two say the same in different forms."""
    return is_rounding(a, b) or is_rounding(b, a) or is_fraction(a, b) or is_fraction(b, a)
